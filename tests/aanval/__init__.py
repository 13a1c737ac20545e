"""What a sender may throw at the door, made systematically; and the same door measured while it is thrown."""
