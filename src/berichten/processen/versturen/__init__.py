"""A file that is sent in two steps: first tried, then sent as it was tried."""
