"""Books, payments, the monitor, what a gemeente sets for its steering, and its region."""
