"""Who is behind a page: the session, its cookie and its forms."""
