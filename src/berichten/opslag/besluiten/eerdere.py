"""What was decided before on lines like one that is held, and which held lines wait for a word of one side."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection

from berichten.opslag.basis.delen import WACHT
from berichten.opslag.basis.vraag import Vraag

_LAATSTE_BESLUITEN = 5000
"""How far back is looked: alike is what was decided lately."""


@dataclass(frozen=True, slots=True)
class Eerderbesluitrij:
    """A final decision on another line that the same rule held. Amount in eurocents."""

    besluit_id: int
    prestatie_id: int
    bsn: str
    agb: str
    aanbieder: str | None
    referentienummer: str
    productcode: str
    begindatum: date
    bedrag: int
    regel: str
    besluit: str
    terugvragen: bool
    retourcode: str | None
    motivering: str
    door: str
    genomen_op: datetime


_EERDERE = Vraag(
    Eerderbesluitrij,
    """
    WITH deze AS (
        SELECT p.agb, v.regel FROM prestatie p JOIN bevinding v ON v.gemeente = p.gemeente AND v.prestatie_id = p.prestatie_id
            AND v.hertoetsing = p.hertoetsing AND v.gevolg = 'beoordelen'
        WHERE p.gemeente = %(g)s AND p.prestatie_id = %(p)s
    ), recent AS (
        SELECT * FROM besluit WHERE gemeente = %(g)s ORDER BY besluit_id DESC LIMIT {laatste}
    )
    SELECT b.besluit_id, b.prestatie_id, p.bsn, p.agb, aanbieder.naam AS aanbieder, p.referentienummer, p.productcode, p.begindatum,
        p.bedrag, gelijk.regel, b.besluit, b.terugvragen, b.retourcode, b.motivering, b.door, b.genomen_op
    FROM recent b JOIN prestatie p ON p.gemeente = b.gemeente AND p.prestatie_id = b.prestatie_id
    CROSS JOIN LATERAL (SELECT v.regel FROM bevinding v WHERE v.gemeente = p.gemeente AND v.prestatie_id = p.prestatie_id
        AND v.hertoetsing = p.hertoetsing AND v.gevolg = 'beoordelen' AND v.regel IN (SELECT regel FROM deze)
        ORDER BY v.volgnummer LIMIT 1) AS gelijk
    LEFT JOIN aanbieder ON aanbieder.gemeente = p.gemeente AND aanbieder.agb = p.agb
    WHERE b.definitief AND b.door <> 'dienst' AND b.prestatie_id <> %(p)s
        AND NOT EXISTS (SELECT FROM besluit later WHERE later.gemeente = b.gemeente AND later.prestatie_id = b.prestatie_id
            AND later.definitief AND later.besluit_id > b.besluit_id)
    ORDER BY p.agb IN (SELECT agb FROM deze) DESC, b.besluit_id DESC LIMIT %(n)s
    """,
    laatste=_LAATSTE_BESLUITEN,
)


def list_eerdere_besluiten(verbinding: Connection, gemeente: str, prestatie_id: int, aantal: int) -> list[Eerderbesluitrij]:
    """The decisions that count, those on the same aanbieder first and then the newest; what the service decided is left out."""
    return _EERDERE.all(verbinding, {"g": gemeente, "p": prestatie_id, "n": aantal})


@dataclass(frozen=True, slots=True)
class Gespreksrij:
    """A held line about which something was said, with the last of it. Amount in eurocents."""

    prestatie_id: int
    bericht_id: UUID
    agb: str
    aanbieder: str | None
    bsn: str
    referentienummer: str
    productcode: str
    begindatum: date
    bedrag: int
    uiterlijk: date
    """By when the JW325 has to leave."""
    aantal: int
    """Remarks about the line."""
    van: str
    """Who spoke last: `gemeente` or `aanbieder`."""
    tekst: str
    geplaatst_op: datetime


_GESPREKKEN = Vraag(
    Gespreksrij,
    """
    SELECT p.prestatie_id, p.bericht_id, p.agb, aanbieder.naam AS aanbieder, p.bsn, p.referentienummer, p.productcode, p.begindatum,
        p.bedrag, bericht.antwoord_uiterlijk_op AS uiterlijk, laatste.volgnummer AS aantal, laatste.van, laatste.tekst,
        laatste.geplaatst_op
    FROM (
        SELECT DISTINCT ON (o.prestatie_id) o.* FROM opmerking o JOIN prestatie w USING (gemeente, prestatie_id)
        WHERE o.gemeente = %(g)s AND w.{wacht} AND o.prestatie_id > %(na)s
            AND (%(a)s::text IS NULL OR w.agb = %(a)s)
        ORDER BY o.prestatie_id, o.volgnummer DESC
    ) AS laatste
    JOIN prestatie p ON p.gemeente = laatste.gemeente AND p.prestatie_id = laatste.prestatie_id
    JOIN bericht ON bericht.gemeente = p.gemeente AND bericht.bericht_id = p.bericht_id
    LEFT JOIN aanbieder ON aanbieder.gemeente = p.gemeente AND aanbieder.agb = p.agb
    WHERE %(van)s::text IS NULL OR laatste.van = %(van)s
    ORDER BY p.prestatie_id LIMIT %(n)s
    """,
    wacht=WACHT,
)


def list_gesprekken(
    verbinding: Connection, gemeente: str, agb: str | None, van: str | None, na: int, aantal: int
) -> list[Gespreksrij]:
    """In the order in which the lines came in, those after prestatie_id `na`; `van` narrows to who spoke last."""
    return _GESPREKKEN.all(verbinding, {"g": gemeente, "a": agb, "van": van, "na": na, "n": aantal})
