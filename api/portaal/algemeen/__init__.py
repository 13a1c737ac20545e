"""Pages for whoever is logged in."""
