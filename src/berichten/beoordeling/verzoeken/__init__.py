"""What the gemeente finds of a request by itself, what it may decide, and which allocations follow."""
