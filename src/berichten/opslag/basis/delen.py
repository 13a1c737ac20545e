"""Conditions on lines that many statements share, each with its name: said once, so that no two of them drift apart."""

TELT_MEE = "uitkomst IN ('toegekend', 'ter_beoordeling')"
"""A line counts against its allocation: awarded, or held for a person."""
WACHT = "uitkomst = 'ter_beoordeling'"
"""A line waits for a decision."""
