"""Pages for who runs the service: people, and how it stands after the night."""
