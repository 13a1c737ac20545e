"""Who looked: the access log for who keeps watch over it, and the report for a client."""
