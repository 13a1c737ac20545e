"""Requests of aanbieders: what was asked, when it must be answered, deciding on it; and allocations that did not arrive."""
