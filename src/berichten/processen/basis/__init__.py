"""What every use case works with, and processes of their own for large messages."""
