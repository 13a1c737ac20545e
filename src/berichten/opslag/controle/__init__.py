"""What an accountant asks: awarded lines with all that they rest on, samples, and what aanbieders account for."""
