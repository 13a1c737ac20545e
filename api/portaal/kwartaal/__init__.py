"""Pages of the quarterly report, and of invoices outside the messages."""
