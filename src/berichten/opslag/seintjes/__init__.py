"""Notices by mail: who wants them, and which wait."""
