"""What happened to a message, a line or an allocation, with its moments: what other reads do not tell of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from berichten.opslag.basis.delen import OP_TOEWIJZING
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.berichten.berichten import PRESTATIE_BITS, Berichtrij


@dataclass(frozen=True, slots=True)
class Besluitronde:
    """Lines of one message on which somebody decided alike at one moment."""

    genomen_op: datetime
    door: str
    besluit: str
    terugvragen: bool
    definitief: bool
    aantal: int
    bedrag: int


_RONDEN = Vraag(
    Besluitronde,
    """
    SELECT genomen_op, door, besluit, terugvragen, definitief, count(*) AS aantal, sum(bedrag)::bigint AS bedrag FROM besluit
    WHERE gemeente = %(g)s AND prestatie_id > %(van)s AND prestatie_id < %(tot)s
    GROUP BY genomen_op, door, besluit, terugvragen, definitief ORDER BY genomen_op, min(besluit_id)
    """,
)


class Antwoordmoment(NamedTuple):
    """The answer to a message."""

    soort: str
    gemaakt_op: datetime


_ANTWOORD = Vraag(Antwoordmoment, "SELECT soort, gemaakt_op FROM antwoord WHERE gemeente = %(g)s AND bericht_id = %(b)s")


class Crediteermoment(NamedTuple):
    """A credit line that takes a line back and was awarded."""

    referentienummer: str
    ontvangen_op: datetime
    bedrag: int


_GECREDITEERD = Vraag(
    Crediteermoment,
    """
    SELECT c.referentienummer, b.ontvangen_op, c.bedrag FROM prestatie p
    JOIN prestatie c ON c.gemeente = p.gemeente AND c.agb = p.agb AND c.credit AND c.soort = p.soort
        AND c.vorig_referentienummer = p.referentienummer AND c.uitkomst = 'toegekend'
    JOIN bericht b ON b.gemeente = c.gemeente AND b.volgnummer = c.prestatie_id >> {bits}
    WHERE p.gemeente = %(g)s AND p.prestatie_id = %(p)s AND NOT p.credit ORDER BY c.prestatie_id
    """,
    bits=PRESTATIE_BITS,
)


class Betaalmoment(NamedTuple):
    """A payment run that pays a line, or takes it back, and was approved."""

    run_id: int
    goedgekeurd_op: datetime
    uitvoeringsdatum: date
    bedrag: int


_BETAALD = Vraag(
    Betaalmoment,
    """
    SELECT r.run_id, r.goedgekeurd_op, r.uitvoeringsdatum, sum(b.bedrag)::bigint AS bedrag
    FROM betaalregel b JOIN betaalrun r USING (gemeente, run_id)
    WHERE b.gemeente = %(g)s AND b.prestatie_id = %(p)s AND b.levend AND r.goedgekeurd_op IS NOT NULL
    GROUP BY r.run_id, r.goedgekeurd_op, r.uitvoeringsdatum ORDER BY r.goedgekeurd_op
    """,
)


def list_ronden(verbinding: Connection, bericht: Berichtrij) -> list[Besluitronde]:
    """Decisions on lines of a message in the order in which they were taken, as far as the transaction may see them."""
    basis = bericht.volgnummer << PRESTATIE_BITS
    return _RONDEN.all(verbinding, {"g": bericht.gemeente, "van": basis, "tot": basis + (1 << PRESTATIE_BITS)})


def find_antwoordmoment(verbinding: Connection, bericht: Berichtrij) -> Antwoordmoment | None:
    """When a message was answered; None while it is not."""
    return _ANTWOORD.one(verbinding, {"g": bericht.gemeente, "b": bericht.bericht_id})


def list_crediteringen(verbinding: Connection, gemeente: str, prestatie_id: int) -> list[Crediteermoment]:
    """Credit lines that take a debit line back."""
    return _GECREDITEERD.all(verbinding, {"g": gemeente, "p": prestatie_id})


def list_betalingen_of(verbinding: Connection, gemeente: str, prestatie_id: int) -> list[Betaalmoment]:
    """Approved runs that pay a line; runs are seen by staff only."""
    return _BETAALD.all(verbinding, {"g": gemeente, "p": prestatie_id})


@dataclass(frozen=True, slots=True)
class Leveringsmoment:
    """A start or stop of an allocation as it was reported."""

    ontvangen_op: datetime
    begindatum: date
    einddatum: date | None
    reden_beeindiging: str | None
    ingetrokken_op: datetime | None
    """When a later message took it back."""


_LEVERINGEN = Vraag(
    Leveringsmoment,
    """
    SELECT b.ontvangen_op, l.begindatum, l.einddatum, l.reden_beeindiging, weg.ontvangen_op AS ingetrokken_op
    FROM levering l JOIN bericht b USING (gemeente, bericht_id)
    LEFT JOIN bericht weg ON weg.gemeente = l.gemeente AND weg.bericht_id = l.verwijderd_door
    WHERE l.gemeente = %(g)s AND l.agb = %(a)s AND l.bsn = %(b)s AND l.toewijzingnummer = %(n)s
    ORDER BY b.volgnummer, l.volgnummer
    """,
)


class Versiemoment(NamedTuple):
    """When the message came that made a version of an allocation."""

    versie: int
    ontvangen_op: datetime


_VERSIES = Vraag(
    Versiemoment,
    """
    SELECT v.versie, b.ontvangen_op FROM toewijzing_versie v JOIN bericht b USING (gemeente, bericht_id)
    WHERE v.gemeente = %(g)s AND v.toewijzingnummer = %(n)s ORDER BY v.versie
    """,
)


@dataclass(frozen=True, slots=True)
class Declaratiemoment:
    """A declaration with lines on an allocation."""

    bericht_id: UUID
    declaratienummer: str
    ontvangen_op: datetime
    aantal: int
    bedrag: int
    toegekend: int


_DECLARATIES = Vraag(
    Declaratiemoment,
    """
    SELECT b.bericht_id, coalesce(b.declaratienummer, '') AS declaratienummer, b.ontvangen_op, count(*) AS aantal,
        sum(p.bedrag)::bigint AS bedrag,
        coalesce(sum(coalesce(p.toegekend_bedrag, p.bedrag)) FILTER (WHERE p.uitkomst = 'toegekend'), 0)::bigint AS toegekend
    FROM ({op_toewijzing}) AS op JOIN prestatie p ON p.gemeente = %(g)s AND p.prestatie_id = op.prestatie_id
    JOIN bericht b ON b.gemeente = %(g)s AND b.volgnummer = p.prestatie_id >> {bits}
    GROUP BY b.bericht_id, b.declaratienummer, b.ontvangen_op, b.volgnummer ORDER BY b.volgnummer
    """,
    op_toewijzing=OP_TOEWIJZING,
    bits=PRESTATIE_BITS,
)


def list_leveringsmomenten(
    verbinding: Connection, gemeente: str, agb: str, bsn: str, toewijzingnummer: int
) -> list[Leveringsmoment]:
    """Starts and stops in the order in which they were reported, those that were taken back too."""
    return _LEVERINGEN.all(verbinding, {"g": gemeente, "a": agb, "b": bsn, "n": toewijzingnummer})


def list_versiemomenten(verbinding: Connection, gemeente: str, toewijzingnummer: int) -> dict[int, datetime]:
    """By version."""
    return dict(_VERSIES.all(verbinding, {"g": gemeente, "n": toewijzingnummer}))


def list_declaratiemomenten(verbinding: Connection, gemeente: str, agb: str, toewijzingnummer: int) -> list[Declaratiemoment]:
    """Declarations in the order in which they came in."""
    return _DECLARATIES.all(verbinding, {"g": gemeente, "a": agb, "n": toewijzingnummer})
