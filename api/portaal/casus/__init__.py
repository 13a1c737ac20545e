"""Pages of casework: what stands out in the care of families, and what of decisions and evaluations is not in order."""
