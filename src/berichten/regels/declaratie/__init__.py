"""Levels 3 and 4: a JW323, its clients and its lines."""
