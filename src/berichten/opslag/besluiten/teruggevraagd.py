"""Awarded lines that the gemeente wants to see credited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from berichten.opslag.basis.delen import P_GECREDITEERD
from berichten.opslag.basis.vraag import Vraag


@dataclass(frozen=True, slots=True)
class Creditverzoek:
    """An awarded line that the gemeente asked the aanbieder to credit, and that is not credited yet."""

    besluit_id: int
    prestatie_id: int
    bericht_id: UUID
    agb: str
    referentienummer: str
    bedrag: int
    motivering: str
    gevraagd_op: datetime


_CREDITVERZOEKEN = """
    SELECT b.besluit_id, p.prestatie_id, p.bericht_id, p.agb, p.referentienummer, p.bedrag, b.motivering,
        b.genomen_op AS gevraagd_op
    FROM besluit b JOIN prestatie p USING (gemeente, prestatie_id)
    WHERE b.gemeente = %(g)s AND b.definitief AND b.terugvragen AND p.uitkomst = 'toegekend' AND {welke}
        AND NOT EXISTS (SELECT FROM besluit later WHERE later.gemeente = b.gemeente AND later.prestatie_id = b.prestatie_id
            AND later.definitief AND later.besluit_id > b.besluit_id)
        AND NOT {gecrediteerd}
    ORDER BY b.besluit_id LIMIT %(n)s
"""
_OPEN_NA, _OPEN_VAN = (
    Vraag(Creditverzoek, _CREDITVERZOEKEN, welke=welke, gecrediteerd=P_GECREDITEERD)
    for welke in ("b.besluit_id > %(na)s", "b.prestatie_id = ANY(%(p)s::bigint[])")
)


def list_creditverzoeken(verbinding: Connection, gemeente: str, na: int, aantal: int) -> list[Creditverzoek]:
    """Open requests in the order in which they were made, those after besluit_id `na`, as far as the transaction may see them."""
    return _OPEN_NA.all(verbinding, {"g": gemeente, "na": na, "n": aantal})


def find_creditverzoeken(verbinding: Connection, gemeente: str, prestatie_ids: Sequence[int]) -> dict[int, Creditverzoek]:
    """The open request on each of these lines that has one."""
    rijen = _OPEN_VAN.all(verbinding, {"g": gemeente, "p": list(prestatie_ids), "n": None})
    return {rij.prestatie_id: rij for rij in rijen}
