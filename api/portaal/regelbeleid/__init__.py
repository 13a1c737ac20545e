"""Pages of one rule: what it says, what follows from it here, and how that is changed."""
