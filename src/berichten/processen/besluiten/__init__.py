"""Decide on held lines, records that come later."""
