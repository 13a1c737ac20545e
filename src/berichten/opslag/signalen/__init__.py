"""Signals per aanbieder: what they are reckoned from, how each stands, and measures."""
