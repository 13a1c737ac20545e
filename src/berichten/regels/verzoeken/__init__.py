"""Levels 3 and 4 of requests: JW315, JW317 and JW319, and what a JW301 says to one."""
