"""Writers of the answers."""
