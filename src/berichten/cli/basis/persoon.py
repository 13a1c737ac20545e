"""Who types a command: the command line has no key, so the user of the machine stands for the person."""

import getpass

from berichten.kern.houder import OPDRACHTREGEL, Herkomst, Sleutelhouder


def os_persoon() -> str:
    """As columns `door` and the log hold it; the database tells by it whether two are one person (`persoon_van`)."""
    return f"{OPDRACHTREGEL}{getpass.getuser()}"


def os_houder(gemeente: str, opdracht: str) -> Sleutelhouder:
    """The same as staff of a gemeente that runs this command, for what it views."""
    return Sleutelhouder(gemeente, os_persoon(), "beheer", None, herkomst=Herkomst(f"berichten {opdracht}"))
