"""Pages for people, in Dutch and without a line of business logic."""
