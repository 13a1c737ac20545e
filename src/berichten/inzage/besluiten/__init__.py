"""Billed lines with what was decided and said, and what waits for a person."""
