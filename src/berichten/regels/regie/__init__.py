"""Allocations, starts and stops: JW301, JW305 and JW307."""
