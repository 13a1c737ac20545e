"""Books, payments and the monitor."""
