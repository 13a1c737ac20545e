"""Signals and measures."""
