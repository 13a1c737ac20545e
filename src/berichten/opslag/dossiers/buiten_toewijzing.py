"""Awarded lines that an allocation no longer holds, and the work items about them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text

from berichten.dossier.dossier import StaandeRegel
from berichten.opslag.basis.kopie import fetch_rows

_STAAND = """
    SELECT d.toewijzingnummer, d.prestatie_id, d.referentienummer, d.begindatum, d.einddatum, d.eenheid,
        coalesce(d.toegekend_volume, d.volume), coalesce(d.toegekend_bedrag, d.bedrag)
    FROM prestatie d
    WHERE d.gemeente = %(g)s AND d.toewijzingnummer = ANY(%(n)s::bigint[]) AND NOT d.credit AND d.uitkomst = 'toegekend'
        AND NOT EXISTS (SELECT FROM prestatie c WHERE c.gemeente = d.gemeente AND c.agb = d.agb AND c.credit
            AND c.soort = d.soort AND c.vorig_referentienummer = d.referentienummer AND c.uitkomst = 'toegekend')
    ORDER BY d.prestatie_id
"""


def load_staand(verbinding: Connection, gemeente: str, nummers: Iterable[int]) -> dict[int, list[StaandeRegel]]:
    """Awarded lines that are not credited, by ToewijzingNummer, in the order in which they came; one query, none for no number."""
    gevraagd = sorted(set(nummers))
    per_nummer: defaultdict[int, list[StaandeRegel]] = defaultdict(list)
    for rij in fetch_rows(verbinding, _STAAND, {"g": gemeente, "n": gevraagd}) if gevraagd else ():
        per_nummer[rij[0]].append(StaandeRegel(*rij))
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


_OPEN = "SELECT toewijzingnummer, bericht_id, agb, aantal, bedrag, ontstaan_op FROM buiten_toewijzing"


def insert_werkpunten(verbinding: Connection, gemeente: str, punten: Sequence[Werkpunt]) -> None:
    """Put allocations on the list of who looks at them."""
    for punt in punten:
        verbinding.execute(
            text(
                "INSERT INTO buiten_toewijzing (gemeente, toewijzingnummer, bericht_id, agb, aantal, bedrag, ontstaan_op)"
                " VALUES (:g, :n, :b, :a, :aantal, :bedrag, :op)"
            ),
            {"g": gemeente, "n": punt.toewijzingnummer, "b": punt.bericht_id, "a": punt.agb, "aantal": punt.aantal,
             "bedrag": punt.bedrag, "op": punt.ontstaan_op},
        )  # fmt: skip


def list_werkpunten(verbinding: Connection, gemeente: str, na: int, aantal: int) -> list[Werkpunt]:
    """Open ones of the first `aantal` allocations with a number above `na`, by number, as far as the transaction may see them."""
    open_ = "gemeente = %(g)s AND gesloten_op IS NULL AND toewijzingnummer"
    vraag = (
        f"{_OPEN} WHERE {open_} IN (SELECT DISTINCT toewijzingnummer FROM buiten_toewijzing WHERE {open_} > %(na)s"  # noqa: S608
        " ORDER BY 1 LIMIT %(n)s) ORDER BY toewijzingnummer, ontstaan_op"
    )
    return [Werkpunt(*rij) for rij in fetch_rows(verbinding, vraag, {"g": gemeente, "na": na, "n": aantal})]


def close_werkpunten(verbinding: Connection, gemeente: str, toewijzingnummer: int, door: str, reden: str, nu: datetime) -> int:
    """Close what is open about an allocation; returns how many that were."""
    gesloten = verbinding.execute(
        text(
            "UPDATE buiten_toewijzing SET gesloten_op = :nu, gesloten_door = :door, reden = :reden"
            " WHERE gemeente = :g AND toewijzingnummer = :n AND gesloten_op IS NULL"
        ),
        {"g": gemeente, "n": toewijzingnummer, "door": door, "reden": reden, "nu": nu},
    )
    return gesloten.rowcount
