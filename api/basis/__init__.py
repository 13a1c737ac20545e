"""Problems, names, values and forms that all operations share."""
