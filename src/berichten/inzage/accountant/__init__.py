"""The verklaring of a line, samples, and the chain of a drawn line."""
