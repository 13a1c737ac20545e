"""Who may come in: keys, mandates, people with their roles and sessions; and who looked."""
