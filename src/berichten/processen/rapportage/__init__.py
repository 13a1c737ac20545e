"""Every report by name: who may have it, and how it is made."""
