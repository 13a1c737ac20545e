"""Pages of requests, for who decides and who asked, and of allocations that did not arrive."""
