"""Judge, book, answer and describe a message."""
