"""Notices by mail that something is ready in the portal, and nothing of what it is."""
