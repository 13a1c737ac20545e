"""Requests of aanbieders: what was asked, by when it must be answered, and deciding on it."""
