"""Pages for who runs the service: people, keys, settings, who looked at what, and how it stands after the night."""
