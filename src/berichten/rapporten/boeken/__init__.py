"""Totals, tie-out, journal, payment files."""
