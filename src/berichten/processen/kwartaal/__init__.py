"""The quarterly report: its budget and calendar, making it, explaining it and establishing it."""
