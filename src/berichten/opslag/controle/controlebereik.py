"""Which awarded lines an accountant asks about: the conditions that say so, and the lines with what they come to and no more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Zoekvraag
from berichten.opslag.berichten.berichten import PRESTATIE_BITS

VOORWAARDEN = {
    "van": "p.begindatum >= %(van)s",
    "tot": "p.begindatum <= %(tot)s",
    "aanbieder": "p.agb = %(aanbieder)s",
    "categorie": "p.categorie = %(categorie)s",
    "productcode": "p.productcode = %(productcode)s",
    "prestatie_ids": "p.prestatie_id = ANY(%(prestatie_ids)s::bigint[])",
}
"""By the field of Controlebereik that they are about."""
MAG_TOEGEKEND = """p.gemeente = %(g)s AND NOT p.credit AND p.bedrag > 0 AND (p.uitkomst = 'toegekend'
            OR EXISTS (SELECT FROM besluit d WHERE d.gemeente = p.gemeente AND d.prestatie_id = p.prestatie_id))"""
"""Line p is a debit line of which something may have been awarded, now or before."""
GELD = """
        SELECT sum(j.bedrag)::bigint AS bedrag, min(j.geboekt_op) AS geboekt_op
        FROM (
            SELECT r.prestatie_id UNION ALL
            SELECT c.prestatie_id FROM prestatie c WHERE c.gemeente = r.gemeente AND c.agb = r.agb AND c.credit
                AND c.soort = r.soort AND c.vorig_referentienummer = r.referentienummer AND c.uitkomst = 'toegekend'
        ) AS erbij JOIN journaal j ON j.gemeente = r.gemeente AND j.prestatie_id = erbij.prestatie_id AND j.geboekt_op <= %(t)s
"""
"""What the journal holds of line r by the moment, less what its credit lines booked."""


@dataclass(frozen=True, slots=True)
class Controlebereik:
    """Which awarded lines, as of which moment; by the first day of their ProductPeriode."""

    gemeente: str
    moment: datetime
    van: date | None = None
    tot: date | None = None
    aanbieder: str | None = None
    categorie: str | None = None
    productcode: str | None = None
    prestatie_ids: Sequence[int] | None = None

    def as_values(self) -> dict[str, Any]:
        """What was asked, by the name of its condition."""
        gevraagd = {naam: getattr(self, naam) for naam in VOORWAARDEN if getattr(self, naam) is not None}
        return gevraagd if self.prestatie_ids is None else {**gevraagd, "prestatie_ids": list(self.prestatie_ids)}


class Populatieregel(NamedTuple):
    """An awarded line and what it comes to, in cents."""

    prestatie_id: int
    agb: str
    referentienummer: str
    begindatum: date
    bedrag: int


_POPULATIE = Zoekvraag(
    Populatieregel,
    """
    SELECT r.prestatie_id, r.agb, r.referentienummer, r.begindatum, geld.bedrag
    FROM (SELECT p.* FROM prestatie p WHERE {mag}{waar}) AS r
    JOIN bericht b ON b.gemeente = r.gemeente AND b.volgnummer = r.prestatie_id >> {bits} AND b.verwerkt_op <= %(t)s
    CROSS JOIN LATERAL ({geld}) AS geld
    WHERE geld.bedrag > 0
    ORDER BY r.agb COLLATE "C", r.referentienummer COLLATE "C", r.prestatie_id
    """,
    VOORWAARDEN,
    mag=MAG_TOEGEKEND,
    geld=GELD,
    bits=PRESTATIE_BITS,
)


def stream_populatie(verbinding: Connection, bereik: Controlebereik) -> Iterator[Populatieregel]:
    """In byte order of AGB code and reference, as far as the transaction may see them."""
    waarden = bereik.as_values()
    yield from _POPULATIE.with_conditions(waarden).stream(verbinding, {**waarden, "g": bereik.gemeente, "t": bereik.moment})
