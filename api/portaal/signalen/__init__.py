"""Pages of signals and measures: for who keeps the contract, and for the aanbieder whom they concern."""
