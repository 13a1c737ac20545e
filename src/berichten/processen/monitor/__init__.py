"""Reports of the monitor, and what was published."""
