"""Who comes in and who may: log-in, sessions, accounts and their passwords."""
