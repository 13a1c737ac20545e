"""Messages, declarations and their lines, answers, what was refused, search."""
