"""The same for years of files, in bundles that can be taken up again."""
