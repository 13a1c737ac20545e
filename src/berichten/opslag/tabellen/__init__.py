"""Every table, defined once; the migrated database is held against it."""
