"""The monitor: tables and indicators on what youth care was given, made so that no small group of clients can be found in them."""
