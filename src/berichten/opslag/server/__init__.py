"""The embedded server, migrations, upkeep."""
