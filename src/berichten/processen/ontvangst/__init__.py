"""Let a message in, or refuse it."""
