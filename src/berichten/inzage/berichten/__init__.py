"""Messages with what was found in them, and allocations."""
