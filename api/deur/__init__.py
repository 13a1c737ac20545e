"""Who calls and how much may come in, before anything is read."""
