"""Use, forecast and obligation of an allocation, and of all of a gemeente as they stood."""
