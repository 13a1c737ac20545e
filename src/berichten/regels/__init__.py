"""One small pure function per rule; register.py lists them in order, catalogus.py shows them."""
