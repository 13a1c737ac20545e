"""Keys and mandates."""
