"""Requests over the API."""
