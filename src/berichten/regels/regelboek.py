"""Which edition of the rule book this is: it is kept with every message that is judged by it.

An edition is told by what its rules say: ids, codes, levels, classes, consequences, dates and texts. Whoever changes one of those
makes a new edition without having to think of it. docs/regels.md names the edition that it holds, so its history has all texts.
"""

from dataclasses import fields
from hashlib import sha256

from berichten.kern.regel import Regel
from berichten.regels.register import ALLE
from berichten.standaard.waarden.soorten import HUIDIG

_BUITEN = ("toets", "onschuldig", "uitleg")
"""What nobody outside reads."""


def edition_of(regels: tuple[Regel, ...]) -> str:
    """Newest release of iJw that the rules are of, and eight digits of what they say: `3.2-1a2b3c4d`."""
    namen = [veld.name for veld in fields(Regel) if veld.name not in _BUITEN]
    inhoud = "\n".join(repr([str(getattr(item, naam)) for naam in namen]) for item in regels)
    return f"{HUIDIG}-{sha256(inhoud.encode()).hexdigest()[:8]}"


REGELBOEK = edition_of(ALLE)
