"""Awarded lines that an allocation no longer holds, and the work items about them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from berichten.dossier.dossier import StaandePrestatie
from berichten.opslag.basis.delen import P_BEDRAG, P_STAAT, P_VOLUME
from berichten.opslag.basis.rijvorm import as_values, columns, values
from berichten.opslag.basis.vraag import Opdracht, Vraag

_STAAND = Vraag(
    StaandePrestatie,
    """
    SELECT p.toewijzingnummer, p.prestatie_id, p.referentienummer, p.begindatum, p.einddatum, p.eenheid, {volume} AS volume,
        {bedrag} AS bedrag
    FROM prestatie p WHERE p.gemeente = %(g)s AND p.toewijzingnummer = ANY(%(n)s::bigint[]) AND {staat}
    ORDER BY p.prestatie_id
    """,
    volume=P_VOLUME,
    bedrag=P_BEDRAG,
    staat=P_STAAT,
)


def load_staand(verbinding: Connection, gemeente: str, nummers: Iterable[int]) -> dict[int, list[StaandePrestatie]]:
    """Awarded lines that are not credited, by ToewijzingNummer, in the order in which they came; one query, none for no number."""
    gevraagd = sorted(set(nummers))
    per_nummer: defaultdict[int, list[StaandePrestatie]] = defaultdict(list)
    for regel in _STAAND.all(verbinding, {"g": gemeente, "n": gevraagd}) if gevraagd else ():
        per_nummer[regel.toewijzingnummer].append(regel)
    return dict(per_nummer)


@dataclass(frozen=True, slots=True)
class Werkpunt:
    """An allocation that lines fell out of, and the JW301 that did it. Amount in eurocents, as it was then."""

    toewijzingnummer: int
    bericht_id: UUID
    agb: str
    aantal: int
    bedrag: int
    ontstaan_op: datetime


_NIEUW = Opdracht(
    "INSERT INTO buiten_toewijzing (gemeente, {kolommen}) VALUES (%(g)s, {waarden})",
    kolommen=columns(Werkpunt),
    waarden=values(Werkpunt),
)
_OPEN = Vraag(
    Werkpunt,
    """
    SELECT {kolommen} FROM buiten_toewijzing WHERE {open} IN (
        SELECT DISTINCT toewijzingnummer FROM buiten_toewijzing WHERE {open} > %(na)s ORDER BY 1 LIMIT %(n)s)
    ORDER BY toewijzingnummer, ontstaan_op
    """,
    open="gemeente = %(g)s AND gesloten_op IS NULL AND toewijzingnummer",
)
_SLUIT = Opdracht(
    "UPDATE buiten_toewijzing SET gesloten_op = %(nu)s, gesloten_door = %(door)s, reden = %(reden)s"
    " WHERE gemeente = %(g)s AND toewijzingnummer = %(n)s AND gesloten_op IS NULL"
)


def insert_werkpunten(verbinding: Connection, gemeente: str, punten: Sequence[Werkpunt]) -> None:
    """Put allocations on the list of who looks at them."""
    _NIEUW.run_each(verbinding, [{"g": gemeente, **as_values(punt)} for punt in punten])


def list_werkpunten(verbinding: Connection, gemeente: str, na: int, aantal: int) -> list[Werkpunt]:
    """Open ones of the first `aantal` allocations with a number above `na`, by number, as far as the transaction may see them."""
    return _OPEN.all(verbinding, {"g": gemeente, "na": na, "n": aantal})


def close_werkpunten(verbinding: Connection, gemeente: str, toewijzingnummer: int, door: str, reden: str, nu: datetime) -> int:
    """Close what is open about an allocation; returns how many that were."""
    return _SLUIT.run(verbinding, {"g": gemeente, "n": toewijzingnummer, "door": door, "reden": reden, "nu": nu})
