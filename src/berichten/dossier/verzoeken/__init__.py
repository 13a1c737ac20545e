"""What requests of an aanbieder are held against: its allocations then and now, earlier requests, use and policy."""
