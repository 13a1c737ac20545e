"""Reference rows and delivery records, as their files write them."""
