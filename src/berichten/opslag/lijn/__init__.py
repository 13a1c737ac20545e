"""The line to a database that may hang: its address, its pulse, and connections that give up on it."""
