"""Pure: an outcome or a decision in, journal entries out; what a payment run does."""
