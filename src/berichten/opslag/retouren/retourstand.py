"""Each JW301 of a gemeente that its aanbieder rejected, or did not answer in time (OP090), until somebody deals with it.

A gemeente is watched from the first JW302 on that came in here: before that, answers went elsewhere, and none says nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from berichten.dossier.verzoeken.verzoektermijnen import last_day_without_retour
from berichten.klok import begin_of, end_of
from berichten.opslag.basis.vraag import Opdracht, Vraag, Zoekvraag

_VERTELD = timedelta(days=60)
"""For how long it is told that a JW301 has no answer."""


@dataclass(frozen=True, slots=True)
class Openretourrij:
    """A JW301 on which somebody must look, with the JW302 that rejects it; without one it was not answered."""

    bericht_id: UUID
    volgnummer: int
    agb: str
    identificatie: str
    ontvangen_op: datetime
    """When the JW301 came in here."""
    retour_bericht_id: UUID | None
    beantwoord_op: datetime | None
    retourcodes: list[str]
    """Codes in the header of the JW302."""
    klassen: list[dict[str, Any]]
    """Codes by class, as `retouren.Retourrij` has them."""


@dataclass(frozen=True, slots=True)
class Afgerondrij:
    """A JW301 that somebody dealt with, and how."""

    bericht_id: UUID
    agb: str
    identificatie: str
    toelichting: str
    door: str
    afgerond_op: datetime


@dataclass(frozen=True, slots=True)
class Openretourfilter:
    """Which of them to show; what is None does not matter."""

    stand: str | None = None
    """`afgekeurd` or `zonder_antwoord`."""
    agb: str | None = None


@dataclass(frozen=True, slots=True)
class Retourklok:
    """How many JW301 of a gemeente were rejected, and how many were not answered in time."""

    gemeente: str
    afgekeurd: int
    zonder_antwoord: int


@dataclass(frozen=True, slots=True)
class Retourgrens:
    """A JW301 is without answer when it came in before `voor`; one from before `vanaf` is told of no longer."""

    voor: datetime
    vanaf: datetime

    @classmethod
    def on(cls, vandaag: date) -> "Retourgrens":
        """Of this day: three working days have passed, and not yet sixty days."""
        return cls(end_of(last_day_without_retour(vandaag)), begin_of(vandaag - _VERTELD))


_AFGEKEURD = """
    SELECT h.bericht_id, h.volgnummer, h.agb, h.identificatie, h.ontvangen_op, r.bericht_id AS retour_bericht_id,
        b.ontvangen_op AS beantwoord_op, b.retourcodes, r.klassen, 'afgekeurd' AS stand
    FROM retour r
    JOIN bericht b ON b.gemeente = r.gemeente AND b.bericht_id = r.bericht_id
    JOIN bericht h ON h.gemeente = r.gemeente AND h.afzender = r.gemeente AND h.soort = r.heen_soort
        AND h.identificatie = r.heen_identificatie AND h.identificatie_gebruikt AND h.agb = r.agb
    WHERE r.gemeente = {g} AND r.heen_soort = 'JW301' AND NOT r.aangenomen
        AND NOT EXISTS (
            SELECT FROM retour l JOIN bericht n ON n.gemeente = l.gemeente AND n.bericht_id = l.bericht_id
            WHERE l.gemeente = r.gemeente AND l.agb = r.agb AND l.heen_soort = r.heen_soort
                AND l.heen_identificatie = r.heen_identificatie AND n.volgnummer > b.volgnummer
        )
        AND NOT EXISTS (
            SELECT FROM retour_afronding f WHERE f.gemeente = h.gemeente AND f.bericht_id = h.bericht_id
                AND f.afgerond_op >= b.verwerkt_op
        )
        AND NOT {hersteld}
"""
# All that the aanbieder found fault with came again in a later JW301; where no allocation itself was at fault, any that did.
_HERSTELD = """(
    SELECT coalesce(bool_and(k.opnieuw) FILTER (WHERE k.fout), bool_or(k.opnieuw), false) FROM (
        SELECT NOT (x->'retourcodes' <@ '["0200", "0233"]'::jsonb) AS fout, EXISTS (
            SELECT FROM toewijzing t
            JOIN toewijzing_versie v ON v.gemeente = t.gemeente AND v.toewijzingnummer = t.toewijzingnummer AND v.versie = t.versie
            JOIN bericht n ON n.gemeente = v.gemeente AND n.bericht_id = v.bericht_id
            WHERE t.gemeente = r.gemeente AND t.agb = r.agb AND t.toewijzingnummer = (x->>'toewijzingnummer')::bigint
                AND n.volgnummer > h.volgnummer
        ) AS opnieuw
        FROM jsonb_array_elements(r.klassen) AS x WHERE x->>'toewijzingnummer' IS NOT NULL
    ) AS k
)"""
_ZONDER_ANTWOORD = """
    SELECT h.bericht_id, h.volgnummer, h.agb, h.identificatie, h.ontvangen_op, NULL::uuid AS retour_bericht_id,
        NULL::timestamptz AS beantwoord_op, '{}'::text[] AS retourcodes, '[]'::jsonb AS klassen, 'zonder_antwoord' AS stand
    FROM bericht h
    WHERE h.gemeente = {g} AND h.soort = 'JW301' AND h.afzender = h.gemeente AND h.identificatie_gebruikt
        AND h.status = 'verwerkt' AND h.ontvangen_op < %(voor)s AND h.volgnummer >= (
            SELECT o.volgnummer FROM bericht o WHERE o.gemeente = {g} AND o.ontvangen_op >= %(vanaf)s
            ORDER BY o.ontvangen_op, o.volgnummer LIMIT 1
        )
        AND h.ontvangen_op >= (
            SELECT o.ontvangen_op FROM bericht o WHERE o.gemeente = {g} AND o.soort = 'JW302' ORDER BY o.volgnummer LIMIT 1
        )
        AND NOT EXISTS (
            SELECT FROM retour r WHERE r.gemeente = h.gemeente AND r.agb = h.agb AND r.heen_soort = 'JW301'
                AND r.heen_identificatie = h.identificatie
        )
        AND NOT EXISTS (SELECT FROM retour_afronding f WHERE f.gemeente = h.gemeente AND f.bericht_id = h.bericht_id)
"""
_DELEN = {"afgekeurd": _AFGEKEURD, "zonder_antwoord": _ZONDER_ANTWOORD, "hersteld": _HERSTELD}
_OPEN = Zoekvraag(
    Openretourrij,
    "SELECT {kolommen} FROM ({afgekeurd} UNION ALL {zonder_antwoord}) AS o WHERE true{waar} ORDER BY o.volgnummer LIMIT %(n)s",
    {"stand": "o.stand = %(stand)s", "agb": "o.agb = %(agb)s", "na": "o.volgnummer > %(na)s"},
    bron="o",
    **_DELEN,
    g="%(g)s",
)
_EEN = Vraag(
    Openretourrij,
    "SELECT {kolommen} FROM ({afgekeurd} UNION ALL {zonder_antwoord}) AS o WHERE o.bericht_id = %(b)s",
    bron="o",
    **_DELEN,
    g="%(g)s",
)
_KLOKKEN = Vraag(
    Retourklok,
    """
    SELECT g.gemeente, (SELECT count(*) FROM ({afgekeurd}) AS a) AS afgekeurd,
        (SELECT count(*) FROM ({zonder_antwoord}) AS z) AS zonder_antwoord
    FROM unnest(%(gemeenten)s::text[]) AS g (gemeente) ORDER BY g.gemeente
    """,
    **_DELEN,
    g="g.gemeente",
)
_AFRONDING = Opdracht(
    """
    INSERT INTO retour_afronding (gemeente, bericht_id, volgnummer, agb, toelichting, door, afgerond_op)
    SELECT %(g)s, %(b)s, 1 + count(*), %(a)s, %(toelichting)s, %(door)s, %(op)s FROM retour_afronding
    WHERE gemeente = %(g)s AND bericht_id = %(b)s
    """
)

_AFGEROND = Vraag(
    Afgerondrij,
    """
    SELECT f.bericht_id, f.agb, h.identificatie, f.toelichting, f.door, f.afgerond_op
    FROM retour_afronding f JOIN bericht h ON h.gemeente = f.gemeente AND h.bericht_id = f.bericht_id
    WHERE f.gemeente = %(g)s ORDER BY f.afgerond_op DESC, f.bericht_id, f.volgnummer DESC LIMIT %(n)s
    """,
)


def list_openstaand(
    verbinding: Connection, gemeente: str, zeef: Openretourfilter, grens: Retourgrens, na: int | None, aantal: int
) -> list[Openretourrij]:
    """The oldest first, those after number `na`, as far as the transaction may see them."""
    waarden = {"g": gemeente, "voor": grens.voor, "vanaf": grens.vanaf, "n": aantal, "na": na}
    return _OPEN.all(verbinding, zeef, waarden)


def find_openstaand(verbinding: Connection, gemeente: str, bericht_id: UUID, grens: Retourgrens) -> Openretourrij | None:
    """One JW301 that is still to be looked at."""
    return _EEN.one(verbinding, {"g": gemeente, "b": bericht_id, "voor": grens.voor, "vanaf": grens.vanaf})


def count_openstaand(verbinding: Connection, gemeenten: Sequence[str], grens: Retourgrens) -> list[Retourklok]:
    """How all of them stand, by gemeente."""
    return _KLOKKEN.all(verbinding, {"gemeenten": list(gemeenten), "voor": grens.voor, "vanaf": grens.vanaf})


def list_afgerond(verbinding: Connection, gemeente: str, aantal: int) -> list[Afgerondrij]:
    """What was settled last, the newest first, as far as the transaction may see it."""
    return _AFGEROND.all(verbinding, {"g": gemeente, "n": aantal})


def insert_afronding(verbinding: Connection, gemeente: str, rij: Openretourrij, toelichting: str, door: str, op: datetime) -> None:
    """Keep that somebody dealt with it, and how; a later JW302 with a code counts anew."""
    _AFRONDING.run(
        verbinding,
        {"g": gemeente, "b": rij.bericht_id, "a": rij.agb, "toelichting": toelichting, "door": door, "op": op},
    )
