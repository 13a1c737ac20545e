"""Faults on purpose, to a service of real processes, while towns send: `make soak` prints what became of it (test_storingen.py)."""
