"""What an accountant asks: awarded lines with all that they rest on."""
