"""Log-in, log-out, and who is behind a page: the session and its forms."""
