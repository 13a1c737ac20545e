"""Every fault against a schema, told in Dutch with path and line."""
