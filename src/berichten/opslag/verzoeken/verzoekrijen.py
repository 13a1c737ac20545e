"""Requests as they stand: added when the answer to their message has no codes, and moved by each step that is taken on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import Connection

from berichten.opslag.basis.rijvorm import as_values, columns, values
from berichten.opslag.basis.vraag import Opdracht
from berichten.opslag.berichten.bevindingen import as_json


@dataclass(frozen=True, slots=True)
class NieuwVerzoek:
    """A request on its way in. Days inclusive, budget in eurocents; what its kind does not tell is None."""

    verzoek_id: UUID
    agb: str
    bsn: str
    soort: str
    bericht_id: UUID
    volgnummer: int
    """Which AangevraagdProduct of its message, from 1; 1 for a JW317."""
    referentie: str
    dagtekening: date
    ontvangen_op: datetime
    reactie_uiterlijk_op: date
    besluit_uiterlijk_op: date
    woonplaats_uiterlijk_op: date | None
    ingangsdatums: list[date]
    genoemd: list[int]
    verwijzer_type: str | None = None
    verwijzer_naam: str | None = None
    verwijzer_code: str | None = None
    categorie: str | None = None
    productcode: str | None = None
    ingangsdatum: date | None = None
    einddatum: date | None = None
    volume: int | None = None
    eenheid: str | None = None
    frequentie: str | None = None
    budget: int | None = None
    reden_verzoek: str | None = None


@dataclass(frozen=True, slots=True)
class NieuweBevinding:
    """Something that strikes the gemeente in a request."""

    verzoek_id: UUID
    volgnummer: int
    agb: str
    regel: str
    gevolg: str
    reden: str | None
    """RedenAfwijzingVerzoek (WJ759) that it proposes."""
    toewijzingnummer: int | None
    melding: str
    gegevens: dict[str, Any]


_NIEUW = Opdracht(
    "INSERT INTO verzoek (gemeente, status, termijn, {kolommen})"
    " VALUES (%(gemeente)s, 'ontvangen', %(reactie_uiterlijk_op)s, {waarden})",
    kolommen=columns(NieuwVerzoek),
    waarden=values(NieuwVerzoek),
)
_BEVINDING = Opdracht(
    "INSERT INTO verzoek_bevinding (gemeente, {kolommen}) VALUES (%(gemeente)s, {waarden})",
    kolommen=columns(NieuweBevinding),
    waarden=values(NieuweBevinding),
)
_ZET = Opdracht("""
    UPDATE verzoek SET status = %(s)s, stappen = %(n)s,
        termijn = CASE WHEN %(onderzoek)s THEN besluit_uiterlijk_op ELSE reactie_uiterlijk_op END,
        gesloten_op = CASE WHEN %(s)s IN ('toegewezen', 'afgewezen') THEN coalesce(gesloten_op, %(op)s::timestamptz) END
    WHERE gemeente = %(g)s AND verzoek_id = %(v)s
""")


def insert_verzoeken(verbinding: Connection, gemeente: str, nieuw: Sequence[NieuwVerzoek]) -> None:
    """Add requests, in state `ontvangen`."""
    _NIEUW.run_each(verbinding, [{"gemeente": gemeente, **as_values(item)} for item in nieuw])


def insert_verzoekbevindingen(verbinding: Connection, gemeente: str, nieuw: Sequence[NieuweBevinding]) -> None:
    """Add what struck the gemeente in requests that are kept."""
    if nieuw:
        rijen = [{"gemeente": gemeente, **as_values(item), "gegevens": Jsonb(item.gegevens, as_json)} for item in nieuw]
        _BEVINDING.run_each(verbinding, rijen)


@dataclass(frozen=True, slots=True)
class NieuweStand:
    """Where its steps have brought a request."""

    verzoek_id: UUID
    status: str
    stappen: int
    onderzoek: bool
    """A JW319 with 2 stands, so that the term of the decision counts."""


def set_standen(verbinding: Connection, gemeente: str, standen: Sequence[NieuweStand], op: datetime) -> None:
    """Move requests after a step, in one go. `op` is the moment at which those are closed that this closes; what comes in while one
    stays closed does not move that."""
    if standen:
        _ZET.run_each(
            verbinding,
            [
                {"g": gemeente, "v": item.verzoek_id, "s": item.status, "n": item.stappen, "onderzoek": item.onderzoek, "op": op}
                for item in standen
            ],
        )
