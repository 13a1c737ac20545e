"""What an accountant asks: the verklaring of a line, what all of them come to, and samples."""
