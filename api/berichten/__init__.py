"""Messages, lines and allocations."""
