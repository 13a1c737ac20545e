"""Pages of the region: its quarter and its obligations, by gemeente."""
