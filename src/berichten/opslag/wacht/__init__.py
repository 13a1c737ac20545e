"""What waits, the signal that it does, and the processes that say they are there."""
