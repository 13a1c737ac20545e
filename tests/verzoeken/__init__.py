"""Requests of aanbieders through the real pipeline."""
