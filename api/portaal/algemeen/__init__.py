"""Log-in and log-out, and pages for whoever is logged in."""
