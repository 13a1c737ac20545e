"""Commands for who runs the service: keys, mandates, database, status."""
