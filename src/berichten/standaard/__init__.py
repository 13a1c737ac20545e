"""IJw itself, without database or clock."""
