"""Their messages as XML."""
