"""What comes in at the door: one file, or a ZIP of them."""
