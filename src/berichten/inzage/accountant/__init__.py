"""The verklaring of a line, as an accountant asks for it."""
