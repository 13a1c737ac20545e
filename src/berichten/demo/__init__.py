"""The town at the counter of the running service."""
