"""Pure: message and dossiers in, an outcome per class out; whether a person may decide."""
