"""Several messages in one transaction, in step where they have nothing to do with each other."""
