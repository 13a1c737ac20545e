"""What is watched by day and by night."""
