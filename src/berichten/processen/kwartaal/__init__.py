"""The quarterly report: loading what no message tells, making it, explaining it and establishing it; and what a gemeente sets."""
