"""Tables of steering, defined as the others are."""
