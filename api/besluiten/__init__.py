"""Held lines, decisions and remarks."""
