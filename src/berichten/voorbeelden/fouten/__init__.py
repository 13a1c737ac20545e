"""The mistakes that are planted, each with the rule that must find it."""
