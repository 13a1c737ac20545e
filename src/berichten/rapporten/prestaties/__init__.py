"""Billed lines with all that was found in them, also since they are held."""
