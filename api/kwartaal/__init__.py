"""Quarterly reports, and invoices outside the messages that stand in them."""
