"""Signals and measures: find them each night, and keep what people do with them."""
