"""Every level of a JW303: care from before 2021."""
