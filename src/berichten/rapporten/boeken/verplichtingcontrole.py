"""Whether obligations tie: with what was booked, and each allocation in itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from berichten.klok import dutch_day
from berichten.opslag.basis.vraag import Vraag
from berichten.rapporten.toewijzing.standen import Standen, read_standen_op
from berichten.rapporten.toewijzing.verplichting import Toewijzingstand, Vraagpunt

_JOURNAAL = Vraag(
    int, "SELECT coalesce(sum(bedrag), 0)::bigint AS bedrag FROM journaal WHERE gemeente = %(g)s AND geboekt_op <= %(t)s"
)


@dataclass(frozen=True, slots=True)
class Verplichtingverschil:
    """What does not tie; amounts in cents."""

    waar: str
    wat: str
    verwacht: int
    gevonden: int


def check_verplichtingen(verbinding: Connection, gemeente: str, moment: datetime) -> Iterator[Verplichtingverschil]:
    """What is declared, on allocations and on none, is the journal; of each, allocated and beyond is declared, held and left."""
    vraag = Vraagpunt(dutch_day(moment).year, dutch_day(moment))
    standen = read_standen_op(verbinding, gemeente, vraag, moment, alle=True)
    journaal = _JOURNAAL.read(verbinding, {"g": gemeente, "t": moment})
    if standen.gedeclareerd != journaal:
        yield Verplichtingverschil("alle toewijzingen", "gedeclareerd", journaal, standen.gedeclareerd)
    for stand in standen.toewijzingen:
        yield from _check(stand, standen)


def _check(stand: Toewijzingstand, standen: Standen) -> Iterator[Verplichtingverschil]:
    uitkomst, toegewezen = standen.reckon(stand), stand.toegewezen.bedrag
    if toegewezen is None:
        return
    links, rechts = toegewezen + (uitkomst.overschrijding or 0), stand.gebruik.samen + (uitkomst.rest or 0)
    if links != rechts:
        waar = f"toewijzing {stand.toewijzingnummer}"
        yield Verplichtingverschil(waar, "gedeclareerd, aangehouden en wat overblijft", links, rechts)
