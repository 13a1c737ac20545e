"""Pages for the aanbieder: its own messages, why lines were rejected, and what waits for it."""
