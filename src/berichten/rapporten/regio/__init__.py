"""Figures of a region: its cost by member, and its clients together."""
