"""`python -m berichten.cli`: the same command line."""

from berichten.cli import main

if __name__ == "__main__":
    main()
