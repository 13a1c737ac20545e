"""Level 3: the header of any message."""
