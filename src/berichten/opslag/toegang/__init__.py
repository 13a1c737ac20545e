"""Keys and mandates, and who looked."""
