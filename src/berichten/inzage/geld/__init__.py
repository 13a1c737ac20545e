"""Payment runs, accounts, blocks, and the books line by line."""
