"""What an accountant asks: the verklaring of a line, and what all of them come to."""
