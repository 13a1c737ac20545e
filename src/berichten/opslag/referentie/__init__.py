"""Reference rows and delivery records on their way in."""
