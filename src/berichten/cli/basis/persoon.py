"""Who types a command: the command line has no key, so the user of the machine stands for the person."""

import getpass

from click import get_current_context

from berichten.kern.houder import OPDRACHTREGEL, Herkomst, Sleutelhouder


def os_persoon() -> str:
    """As columns `door` and the log hold it; the database tells by it whether two are one person (`persoon_van`)."""
    return f"{OPDRACHTREGEL}{getpass.getuser()}"


def os_houder(gemeente: str) -> Sleutelhouder:
    """The same as who runs the service of a gemeente, for what the command that is being run views and does."""
    opdracht = get_current_context(silent=True)
    return Sleutelhouder(gemeente, os_persoon(), "beheer", None, herkomst=Herkomst(opdracht.command_path if opdracht else ""))
