"""Signals of aanbieders and measures."""
