"""The people of a town, its products and its plans."""
