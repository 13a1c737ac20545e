"""Transaction() (the only commit), statements by name, COPY, contents at rest."""
