"""How requests that wait stand against their terms, and which JW319 has no JW320 yet."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Vraag

_OPEN = "status IN ('ontvangen', 'in_onderzoek', 'te_honoreren')"


@dataclass(frozen=True, slots=True)
class Verzoekklok:
    """How many requests of a gemeente wait, for how many time is running or has run out, and how many answers nobody confirmed."""

    gemeente: str
    open: int
    bijna_verlopen: int
    verlopen: int
    zonder_retour: int
    """JW319 that were sent from here of which the JW320 is late (OP090)."""
    verworpen: int = 0
    """Of those that wait: how many of which the aanbieder rejected the JW319 (JW320 with a code), and nobody did anything since."""
    woonplaats: int = 0
    """Of those that wait: how many of which the day to refuse on domicile is near, and nobody found that the client is of here."""


class Onaangeroerd(NamedTuple):
    """A request that nobody touched."""

    gemeente: str
    verzoek_id: UUID
    termijn: date


_KLOKKEN = Vraag(
    Verzoekklok,
    """
    SELECT gemeente, coalesce(v.open, 0) AS open, coalesce(v.bijna, 0) AS bijna_verlopen, coalesce(v.verlopen, 0) AS verlopen,
        coalesce(a.aantal, 0) AS zonder_retour, coalesce(v.verworpen, 0) AS verworpen,
        coalesce(v.woonplaats, 0) AS woonplaats
    FROM (
        SELECT gemeente, count(*) AS open, count(*) FILTER (WHERE termijn BETWEEN %(v)s AND %(t)s) AS bijna,
            count(*) FILTER (WHERE termijn < %(v)s) AS verlopen,
            count(*) FILTER (WHERE EXISTS (
                SELECT FROM verzoek_antwoord w WHERE w.gemeente = verzoek.gemeente AND w.verzoek_id = verzoek.verzoek_id
                    AND w.stap = verzoek.stappen AND w.verworpen
            )) AS verworpen,
            count(*) FILTER (WHERE woonplaats_uiterlijk_op BETWEEN %(v)s AND %(t)s AND NOT EXISTS (
                SELECT FROM verzoek_woonplaats p WHERE p.gemeente = verzoek.gemeente AND p.verzoek_id = verzoek.verzoek_id
                    AND p.uitkomst = 'ja' AND p.volgnummer = (
                        SELECT max(l.volgnummer) FROM verzoek_woonplaats l
                        WHERE l.gemeente = p.gemeente AND l.verzoek_id = p.verzoek_id
                    )
            )) AS woonplaats
        FROM verzoek WHERE {open} GROUP BY gemeente
    ) AS v
    FULL JOIN (
        SELECT gemeente, count(*) AS aantal FROM verzoek_antwoord
        WHERE retour_bericht_id IS NULL AND besluit_id IS NOT NULL AND retour_uiterlijk_op < %(v)s GROUP BY gemeente
    ) AS a USING (gemeente)
    ORDER BY gemeente
    """,
    open=_OPEN,
)
_AAN_DE_BEURT = Vraag(
    Onaangeroerd,
    "SELECT gemeente, verzoek_id, termijn FROM verzoek WHERE {open} AND status = 'ontvangen' AND stappen = 0"
    " AND termijn <= %(v)s ORDER BY gemeente, termijn, ontvangen_op, verzoek_id",
    open=_OPEN,
)


def count_verzoektermijnen(verbinding: Connection, vandaag: date, gewaarschuwd_tot: date) -> list[Verzoekklok]:
    """By gemeente; terms from `vandaag` to `gewaarschuwd_tot`, both inclusive, are near."""
    return _KLOKKEN.all(verbinding, {"v": vandaag, "t": gewaarschuwd_tot})


def list_aan_termijn(verbinding: Connection, vandaag: date) -> list[Onaangeroerd]:
    """Requests on which no step was ever taken, whose first term ends today or has ended."""
    return _AAN_DE_BEURT.all(verbinding, {"v": vandaag})
