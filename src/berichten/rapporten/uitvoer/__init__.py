"""A report as CSV, XLSX or JSON."""
