"""Which held lines a colleague opened lately, and the views of a list that the holder keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from berichten.inzage.basis.kijker import Kijker
from berichten.opslag.besluiten.werkblad import list_bekeken_door_anderen, list_weergaven_of

_LANG_GELEDEN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Bekeken:
    """The last time that a colleague opened a line."""

    door: str | None
    op: datetime


@dataclass(frozen=True, slots=True)
class Weergave:
    """Filter and order of a list, as the part of its address behind the question mark, under a name."""

    naam: str
    vraag: str


def list_bekeken(kijker: Kijker, prestatie_ids: Sequence[int]) -> dict[int, Bekeken]:
    """Of those of these lines that a colleague opened in the last week, who did so last; for staff of the gemeente only."""
    if not kijker.houder.medewerker:
        return {}
    sinds = kijker.instellingen.nu() - _LANG_GELEDEN
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        rijen = list_bekeken_door_anderen(verbinding, kijker.gemeente, prestatie_ids, kijker.houder.sleutel_id, sinds)
    namen = kijker.names_of(rij.door for rij in rijen)
    return {rij.prestatie_id: Bekeken(namen.get(rij.door), rij.bekeken_op) for rij in rijen}


def list_weergaven(kijker: Kijker, pagina: str) -> list[Weergave]:
    """What this person kept of a page, by name; in whatever role, also of an aanbieder."""
    # It is the person's own, and readers do not know who it is that reads: no wall could tell one's own from a colleague's.
    with kijker.opslag.transaction() as verbinding:
        rijen = list_weergaven_of(verbinding, kijker.gemeente, kijker.houder.sleutel_id, pagina)
    return [Weergave(rij.naam, rij.vraag) for rij in rijen]
