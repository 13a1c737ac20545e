"""Requests of aanbieders as one may see them: their term first, and all that was said and decided."""
