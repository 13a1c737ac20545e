"""What is done for an accountant: samples drawn, their years given, and what aanbieders account for loaded."""
