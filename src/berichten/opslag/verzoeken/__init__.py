"""Requests of aanbieders with each step that was taken on them."""
