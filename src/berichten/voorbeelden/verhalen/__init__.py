"""Three stories of what may not be billed."""
