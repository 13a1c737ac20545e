"""Loads what rules are held against, a fixed number of queries a message."""
