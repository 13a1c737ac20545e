"""Requests of aanbieders: take one in, decide on it, answer it, and close it when it is granted."""
