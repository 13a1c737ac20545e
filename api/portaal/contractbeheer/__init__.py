"""Pages for who decides on held lines."""
