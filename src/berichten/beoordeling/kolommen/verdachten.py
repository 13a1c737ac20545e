"""Which lines of a large declaration have to be judged one by one. Pure."""

from collections.abc import Iterable, Sequence

from berichten.beoordeling.kolommen import onschuld
from berichten.beoordeling.kolommen.onschuld import find_own_suspects, find_suspects
from berichten.dossier.dossier import DeclaratieKader
from berichten.dossier.kolommen import Dossierkolommen
from berichten.kern.regel import Regel
from berichten.regels.eigen.toetsbaar import missing_facts_of_all
from berichten.regels.inhoud.inhoudsregel import Clientkolommen, Inhoud, Inhoudkolommen
from berichten.standaard.waarden.berichten import Declaratie


def find_inhoud_suspects(declaratie: Declaratie, inhoud: Inhoud, regels: Iterable[Regel]) -> list[bool]:
    """Level 2: for each line whether it has to be judged; in a message of few lines all have."""
    if declaratie.aantal_prestaties < onschuld.VEEL:
        return [True] * declaratie.aantal_prestaties
    kolommen = Inhoudkolommen(declaratie.prestaties, inhoud, declaratie.each_field())
    verdacht: list[bool] = find_suspects(regels, kolommen).tolist()
    return verdacht


def find_client_suspects(declaratie: Declaratie, inhoud: Inhoud, regels: Iterable[Regel]) -> list[bool]:
    """The same of each client."""
    if declaratie.aantal_prestaties < onschuld.VEEL:
        return [True] * len(declaratie.clienten)
    verdacht: list[bool] = find_suspects(regels, Clientkolommen(declaratie.clienten, inhoud)).tolist()
    return verdacht


def split_lines(
    declaratie: Declaratie, kader: DeclaratieKader, regels: Sequence[Regel], eigen: Sequence[Regel]
) -> tuple[list[bool], list[int]]:
    """Levels 3 and 4: for each line whether it has to be judged, which credit lines always have, and the facts (`Feit`) that are
    missing for it."""
    kolommen = Dossierkolommen(declaratie.prestaties, kader, declaratie.each_field())
    ontbreekt = missing_facts_of_all(kolommen)
    verdacht = kolommen.credit | find_suspects(regels, kolommen) | find_own_suspects(eigen, kolommen, ontbreekt)
    return verdacht.tolist(), ontbreekt.tolist()
