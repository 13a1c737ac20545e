"""Search: lists of messages, allocations and lines by what people know of them, a page at a time and as far as one may see.

Each condition that was asked for is added to the question, so that every question gets a plan of its own.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from berichten.dossier.dossier import Toewijzing
from berichten.opslag.basis.delen import P_HEEFT_REGEL
from berichten.opslag.basis.vraag import Zoekvraag
from berichten.opslag.berichten.berichten import PRESTATIE_BITS, Berichtrij
from berichten.opslag.berichten.declaraties import Prestatierij


@dataclass(frozen=True, slots=True)
class Berichtfilter:
    """Which messages to show; what is None does not matter."""

    soort: str | None = None
    status: str | None = None
    identificatie: str | None = None
    declaratienummer: str | None = None
    eigen_kenmerk: str | None = None
    agb: str | None = None
    ontvangen_vanaf: datetime | None = None
    ontvangen_tot: datetime | None = None
    """Received between these moments, both inclusive."""
    retourcode: str | None = None
    """Of the message itself, or of any of its classes or lines."""
    regel: str | None = None


_BEVINDING = "EXISTS (SELECT FROM bevinding v WHERE v.gemeente = b.gemeente AND v.bericht_id = b.bericht_id AND v.{0} = %({0})s)"
_BERICHTEN = Zoekvraag(
    Berichtrij,
    "SELECT {kolommen} FROM bericht b WHERE b.gemeente = %(g)s{waar} ORDER BY b.volgnummer DESC LIMIT %(n)s",
    {
        **{naam: f"b.{naam} = %({naam})s" for naam in ("soort", "status", "identificatie", "declaratienummer", "eigen_kenmerk")},
        "agb": "b.agb = %(agb)s",
        "ontvangen_vanaf": "b.ontvangen_op >= %(ontvangen_vanaf)s",
        "ontvangen_tot": "b.ontvangen_op <= %(ontvangen_tot)s",
        "retourcode": _BEVINDING.format("retourcode"),
        "regel": _BEVINDING.format("regel"),
        "na": "b.volgnummer < %(na)s",
    },
    bron="b",
)


def list_berichten(verbinding: Connection, gemeente: str, zeef: Berichtfilter, na: int | None, aantal: int) -> list[Berichtrij]:
    """Messages from new to old, those before volgnummer `na`, as far as the transaction may see them."""
    return _BERICHTEN.all(verbinding, zeef, {"g": gemeente, "na": na, "n": aantal})


@dataclass(frozen=True, slots=True)
class Toewijzingfilter:
    """Which allocations to show; what is None does not matter."""

    agb: str | None = None
    categorie: str | None = None
    productcode: str | None = None
    geldig_op: date | None = None
    """In force on this day, both ends inclusive; not one that was removed."""
    bsn: str | None = None
    toewijzingnummer: int | None = None
    maand: date | None = None
    """In force on any day of the month that begins on this day; not one that was removed."""


_TOEWIJZINGEN = Zoekvraag(
    Toewijzing,
    "SELECT {kolommen} FROM toewijzing t WHERE t.gemeente = %(g)s AND t.toewijzingnummer > %(na)s{waar}"
    " ORDER BY t.toewijzingnummer LIMIT %(n)s",
    {
        **{naam: f"t.{naam} = %({naam})s" for naam in ("agb", "categorie", "productcode", "bsn", "toewijzingnummer")},
        "geldig_op": "t.ingangsdatum <= %(geldig_op)s AND (t.einddatum IS NULL OR t.einddatum >= %(geldig_op)s)",
        "maand": "t.ingangsdatum < %(maand)s::date + interval '1 month'"
        " AND (t.einddatum IS NULL OR t.einddatum >= greatest(t.ingangsdatum, %(maand)s::date))",
    },
    bron="t",
)


def list_toewijzingen(verbinding: Connection, gemeente: str, zeef: Toewijzingfilter, na: int, aantal: int) -> list[Toewijzing]:
    """Allocations as they stand, by number, those after `na`, as far as the transaction may see them."""
    return _TOEWIJZINGEN.all(verbinding, zeef, {"g": gemeente, "na": na, "n": aantal})


@dataclass(frozen=True, slots=True)
class Prestatiefilter:
    """Which lines of a declaration to show; what is None does not matter."""

    uitkomst: str | None = None
    retourcode: str | None = None
    regel: str | None = None
    toewijzingnummer: int | None = None
    productcode: str | None = None
    bsn: str | None = None


_PRESTATIES = Zoekvraag(
    Prestatierij,
    "SELECT {kolommen} FROM prestatie p WHERE p.gemeente = %(g)s AND p.prestatie_id > %(na)s AND p.prestatie_id < %(tot)s{waar}"
    " ORDER BY p.prestatie_id LIMIT %(n)s",
    {
        **{naam: f"p.{naam} = %({naam})s" for naam in ("uitkomst", "toewijzingnummer", "productcode", "bsn")},
        "retourcode": "%(retourcode)s = ANY(p.retourcodes)",
        # The message says which findings can be meant; without it those of every message with this rule would be gone through.
        "regel": P_HEEFT_REGEL.replace("v.prestatie_id", "v.bericht_id = %(bericht)s AND v.prestatie_id"),
    },
    bron="p",
)


def list_prestaties(
    verbinding: Connection, bericht: Berichtrij, zeef: Prestatiefilter, na: int = 0, aantal: int | None = None
) -> list[Prestatierij]:
    """Lines of a declaration in message order, those after prestatie_id `na`, as far as the transaction may see them."""
    basis = bericht.volgnummer << PRESTATIE_BITS
    plaats = {
        "g": bericht.gemeente,
        "bericht": bericht.bericht_id,
        "na": max(na, basis),
        "tot": basis + (1 << PRESTATIE_BITS),
        "n": aantal,
    }
    return _PRESTATIES.all(verbinding, zeef, plaats)
