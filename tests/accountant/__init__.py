"""What an accountant is shown: verklaringen, totals, samples and what aanbieders account for."""
