"""Answers of aanbieders to what the gemeente sent them, and allocations that were rejected or never answered."""
