"""What all commands share: Dutch help and refusals, the screen."""
