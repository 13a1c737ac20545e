"""Use and forecast of an allocation."""
