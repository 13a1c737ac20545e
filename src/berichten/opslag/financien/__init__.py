"""Accounts, blocks, runs, seals, what the monitor has shown."""
