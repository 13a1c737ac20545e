"""Pages of requests: for who decides on them, and for the aanbieder who made them."""
