"""Who types a command: the command line has no key, so the user of the machine stands for the person."""

import getpass


def os_persoon() -> str:
    """As columns `door` and the log hold it; the database tells by it whether two are one person (`persoon_van`)."""
    return f"persoon:{getpass.getuser()}"
