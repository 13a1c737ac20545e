"""Accounts, blocks and payment runs, each with two people."""
