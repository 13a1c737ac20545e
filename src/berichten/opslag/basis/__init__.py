"""Transaction() (the only commit) and for whom it reads, statements by name, COPY, contents at rest."""
