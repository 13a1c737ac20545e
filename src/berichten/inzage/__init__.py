"""What one may see, typed and once, for API, portal and command line."""
