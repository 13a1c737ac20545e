"""Budget, calendar and quarterly reports, of which nothing is ever changed that somebody went by."""
