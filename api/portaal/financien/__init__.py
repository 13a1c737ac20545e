"""Pages for finance."""
