"""Held lines, decisions, what is checked once more."""
