"""Which counts may be shown."""
