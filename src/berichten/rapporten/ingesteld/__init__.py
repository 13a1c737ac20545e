"""What a gemeente may set for its steering, and what of it held on a day."""
