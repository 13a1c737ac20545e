"""Level 2: what a message shows by itself."""
