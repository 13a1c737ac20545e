"""What people read of all that, and nothing is changed by it."""
