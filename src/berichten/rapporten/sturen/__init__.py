"""What a gemeente is bound to, by group, and where its year ends; and the figures of its quarterly report."""
