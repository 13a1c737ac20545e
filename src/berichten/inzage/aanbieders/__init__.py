"""Aanbieders by name, and one at a glance for who keeps the contract."""
