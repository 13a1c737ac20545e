"""The monitor: tables and indicators on youth care in which no small group of clients can be found."""
