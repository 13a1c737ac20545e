"""Reference files, all or nothing."""
