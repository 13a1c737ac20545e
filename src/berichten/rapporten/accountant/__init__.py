"""The four norms of the accountant: what can be shown of each awarded line, and what it adds up to."""
