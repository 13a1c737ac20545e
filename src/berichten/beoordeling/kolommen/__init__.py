"""Which lines of a large declaration no rule can find fault with, told for all at once (docs/prestaties.md)."""
