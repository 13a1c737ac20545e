"""A town, an archive, one large declaration."""
