"""Commands that show: reports, the monitor, rules; and reference data."""
