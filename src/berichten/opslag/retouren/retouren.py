"""Answers that an aanbieder sent in (JW302, JW320), and the message that each answers.

The link is looked up by Identificatie, not stored: an answer may be here before the message that it answers.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.berichten.berichten import Berichtrij
from berichten.standaard.lezen.retour import Retourbericht


@dataclass(frozen=True, slots=True)
class Retourrij:
    """An answer, as the message that it answers shows it."""

    bericht_id: UUID
    soort: str
    identificatie: str
    dagtekening: date
    ontvangen_op: datetime
    aangenomen: bool
    """Whether the aanbieder found nothing wrong."""
    retourcodes: list[str]
    """Codes in its header."""
    klassen: list[dict[str, Any]]
    """Codes by class: pad, toewijzingnummer (may be None) and retourcodes."""


@dataclass(frozen=True, slots=True)
class Heenrij:
    """What an answer answers."""

    soort: str
    identificatie: str
    bericht_id: UUID | None
    """None when this aanbieder was sent no such message, as far as is known here."""


_NIEUW = Opdracht(
    "INSERT INTO retour (gemeente, bericht_id, agb, heen_soort, heen_identificatie, aangenomen, klassen)"
    " VALUES (%(g)s, %(b)s, %(a)s, %(s)s, %(i)s, %(ok)s, %(k)s)"
)
_RETOUR = Vraag(
    Retourrij,
    """
    SELECT b.bericht_id, b.soort, b.identificatie, b.dagtekening, b.ontvangen_op, r.aangenomen, b.retourcodes, r.klassen
    FROM retour r JOIN bericht b USING (gemeente, bericht_id)
    WHERE r.gemeente = %(g)s AND r.agb = %(a)s AND r.heen_soort = %(s)s AND r.heen_identificatie = %(i)s
        AND EXISTS (SELECT FROM bericht h WHERE h.gemeente = r.gemeente AND h.bericht_id = %(h)s AND h.identificatie_gebruikt)
    ORDER BY b.volgnummer DESC LIMIT 1
    """,
)
_HEEN = Vraag(
    Heenrij,
    """
    SELECT r.heen_soort AS soort, r.heen_identificatie AS identificatie, h.bericht_id FROM retour r LEFT JOIN bericht h
        ON h.gemeente = r.gemeente AND h.afzender = r.gemeente AND h.soort = r.heen_soort
        AND h.identificatie = r.heen_identificatie AND h.identificatie_gebruikt AND h.agb = r.agb
    WHERE r.gemeente = %(g)s AND r.bericht_id = %(b)s
    """,
)


def insert_retour(verbinding: Connection, rij: Berichtrij, bericht: Retourbericht) -> None:
    """Keep what an answer says, beside the message itself."""
    _NIEUW.put(
        verbinding,
        {
            "g": rij.gemeente,
            "b": rij.bericht_id,
            "a": rij.agb,
            "s": bericht.heen_soort,
            "i": bericht.heen_identificatie,
            "ok": bericht.aangenomen,
            "k": Jsonb([_as_dict(klasse.pad, klasse.toewijzingnummer, klasse.retourcodes) for klasse in bericht.klassen]),
        },
    )


def _as_dict(pad: str, toewijzingnummer: int | None, codes: tuple[str, ...]) -> dict[str, Any]:
    return {"pad": pad, "toewijzingnummer": toewijzingnummer, "retourcodes": list(codes)}


def find_retour(verbinding: Connection, heen: Berichtrij) -> Retourrij | None:
    """The newest answer to a message that was handled, as far as the transaction may see it."""
    return _RETOUR.one(
        verbinding, {"g": heen.gemeente, "a": heen.agb, "s": heen.soort, "i": heen.identificatie, "h": heen.bericht_id}
    )


def find_heen(verbinding: Connection, retour: Berichtrij) -> Heenrij | None:
    """What an answer answers; None for a message that is no answer. Another aanbieder's message is never found."""
    return _HEEN.one(verbinding, {"g": retour.gemeente, "b": retour.bericht_id})
