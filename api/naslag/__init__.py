"""Reference data, delivery records, rules and code lists."""
