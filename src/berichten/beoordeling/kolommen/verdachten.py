"""Which lines of a large declaration have to be judged one by one. Pure."""

from collections.abc import Sequence

from berichten.beoordeling.kolommen.onschuld import find_own_suspects, find_suspects
from berichten.dossier.dossier import DeclaratieKader
from berichten.dossier.kolommen import Dossierkolommen
from berichten.kern.regel import Regel
from berichten.regels.eigen.toetsbaar import missing_facts_of_all
from berichten.standaard.waarden.berichten import Prestatie


def split_lines(
    prestaties: Sequence[Prestatie], kader: DeclaratieKader, regels: Sequence[Regel], eigen: Sequence[Regel]
) -> tuple[list[bool], list[int]]:
    """Levels 3 and 4: for each line whether it has to be judged, which credit lines always have, and the facts (`Feit`) that are
    missing for it."""
    kolommen = Dossierkolommen(prestaties, kader)
    ontbreekt = missing_facts_of_all(kolommen)
    verdacht = kolommen.credit | find_suspects(regels, kolommen) | find_own_suspects(eigen, kolommen, ontbreekt)
    return verdacht.tolist(), ontbreekt.tolist()
