"""The rule catalogue as it works for a gemeente: what follows from each rule today, and how often it was hit in a month."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from berichten.dossier.beleid import EIGEN
from berichten.inzage.basis.kijker import Kijker
from berichten.kern.kalender import begin_of_maand, einde_of_maand
from berichten.klok import begin_of, end_of
from berichten.opslag.referentie.regelstand import Beleidsrij, count_treffers, list_beleid, list_beleid_op
from berichten.regels.catalogus import list_catalogus

__all__ = ["Beleidsrij", "Regelstand", "list_beleid_of", "list_regelstanden"]


@dataclass(frozen=True, slots=True)
class Regelstand:
    """A rule of the catalogue. A rule that stands there more than once, for several classes, is one here."""

    regel: str
    titel: str
    gevolg: str
    """What follows from it where the gemeente says nothing else."""
    eigen: bool
    """Whether it is one of the gemeente's own, of which it chooses the consequence."""
    treffers: int
    """Messages, lines and classes of that month in which it found something."""
    beleid: list[Beleidsrij]
    """What the gemeente chose, of today."""


def list_regelstanden(kijker: Kijker, maand: date | None = None) -> list[Regelstand]:
    """In the order of the catalogue; of messages that came in in the month of `maand`, or in this month. Two queries."""
    vandaag = kijker.instellingen.vandaag()
    dag = maand or vandaag
    van, tot = begin_of(begin_of_maand(dag)), end_of(einde_of_maand(dag))
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        treffers = count_treffers(verbinding, kijker.gemeente, van, tot)
        rijen = list_beleid_op(verbinding, kijker.gemeente, vandaag)
    beleid: defaultdict[str, list[Beleidsrij]] = defaultdict(list)
    for rij in rijen:
        beleid[rij.regel].append(rij)
    eerste = {item.regel: item for item in reversed(list_catalogus())}
    return [
        Regelstand(
            regel, eerste[regel].titel, eerste[regel].gevolg, regel.startswith(EIGEN), treffers.get(regel, 0), beleid.get(regel, [])
        )
        for regel in dict.fromkeys(item.regel for item in list_catalogus())
    ]  # fmt: skip


def list_beleid_of(kijker: Kijker, regel: str) -> list[Beleidsrij]:
    """What the gemeente chose for a rule, of any day: what is for all first, then by aanbieder, old to new."""
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        return list_beleid(verbinding, kijker.gemeente, regel)
