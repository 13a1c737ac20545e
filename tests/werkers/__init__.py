"""Processes of the service, and how they hear of work."""
