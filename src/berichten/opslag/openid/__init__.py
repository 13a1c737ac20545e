"""Sessions that an OpenID provider stands behind, and its word that one is over."""
