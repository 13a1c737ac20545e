"""The embedded server, migrations, logins, upkeep."""
