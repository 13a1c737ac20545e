"""Signals per aanbieder: each one a function with its threshold and its sentence; what is known of decisions and evaluations."""
