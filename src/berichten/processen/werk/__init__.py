"""One message at work: what its handling has at hand, and how its answer is composed."""
