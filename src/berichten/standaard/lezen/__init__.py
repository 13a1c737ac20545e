"""Readers: from bytes to frozen values."""
