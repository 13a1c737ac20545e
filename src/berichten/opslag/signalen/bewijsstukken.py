"""On which decision each allocation rests and when it was evaluated (M38): what was uploaded, beside the allocations themselves."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.dossier.dossier import VERWIJDERD
from berichten.opslag.basis.vraag import Vraag


@dataclass(frozen=True, slots=True)
class Toewijzingdossier:
    """An allocation in force with what is known of its decision and evaluations; days inclusive."""

    nummer: int
    agb: str
    categorie: str | None
    ingangsdatum: date
    einddatum: date | None
    geboortedatum: date | None
    beschikt: bool
    """Whether there is a decision, or none is needed."""
    beschikt_van: date | None
    beschikt_tot: date | None
    """Last day that a decision covers; None where one is open, or there is none."""
    beschikt_open: bool
    gepland_op: date | None
    """First evaluation that was planned and not held."""
    gehouden_op: date | None
    """Last evaluation that was held."""
    gat: date | None
    """First day of the allocation that no decision covers; None where there is none."""


_DOSSIERS = Vraag(
    Toewijzingdossier,
    """
    WITH besluit_over AS (
        SELECT toewijzingnummer, bool_or(soort = 'geen_vereist') AS niet_nodig, min(van) AS van,
            max(coalesce(tot, 'infinity')) AS tot, range_agg(daterange(van, tot, '[]')) AS dagen
        FROM beschikking WHERE gemeente = %(g)s GROUP BY 1
    ), geevalueerd AS (
        SELECT toewijzingnummer, min(gepland_op) FILTER (WHERE gehouden_op IS NULL) AS gepland_op, max(gehouden_op) AS gehouden_op
        FROM evaluatie WHERE gemeente = %(g)s GROUP BY 1
    )
    SELECT t.toewijzingnummer AS nummer, t.agb, t.categorie, t.ingangsdatum, t.einddatum, t.geboortedatum,
        b.toewijzingnummer IS NOT NULL AS beschikt,
        CASE WHEN b.niet_nodig THEN t.ingangsdatum ELSE b.van END AS beschikt_van,
        CASE WHEN b.niet_nodig THEN t.einddatum ELSE nullif(b.tot, 'infinity') END AS beschikt_tot,
        coalesce(b.niet_nodig OR b.tot = 'infinity', false) AS beschikt_open, e.gepland_op, e.gehouden_op,
        CASE WHEN NOT b.niet_nodig THEN lower(datemultirange(daterange(t.ingangsdatum, t.einddatum, '[]')) - b.dagen) END AS gat
    FROM toewijzing t LEFT JOIN besluit_over b USING (toewijzingnummer) LEFT JOIN geevalueerd e USING (toewijzingnummer)
    WHERE t.gemeente = %(g)s AND t.ingangsdatum <= %(dag)s AND coalesce(t.einddatum, 'infinity') >= %(dag)s
        AND t.reden_wijziging IS DISTINCT FROM '{verwijderd}'
    ORDER BY t.toewijzingnummer
    """,
    verwijderd=VERWIJDERD,
)


class _Geladen(NamedTuple):
    beschikkingen: bool
    evaluaties: bool


_GELADEN = Vraag(
    _Geladen,
    """
    SELECT EXISTS (SELECT FROM beschikking WHERE gemeente = %(g)s) AS beschikkingen,
        EXISTS (SELECT FROM evaluatie WHERE gemeente = %(g)s) AS evaluaties
    """,
)


def list_dossiers(verbinding: Connection, gemeente: str, dag: date) -> list[Toewijzingdossier]:
    """Allocations in force on a day."""
    return _DOSSIERS.all(verbinding, {"g": gemeente, "dag": dag})


def has_loaded(verbinding: Connection, gemeente: str) -> tuple[bool, bool]:
    """Whether the gemeente loaded any decision, and any evaluation."""
    rij = _GELADEN.read(verbinding, {"g": gemeente})
    return rij.beschikkingen, rij.evaluaties


@dataclass(frozen=True, slots=True)
class Beschikkingrij:
    """A decision on which an allocation rests; days inclusive."""

    beschikkingnummer: str
    soort: str
    besluitdatum: date
    verzonden_op: date | None
    van: date
    tot: date | None
    resultaat_vastgelegd: bool


@dataclass(frozen=True, slots=True)
class Evaluatierij:
    """An evaluation of an allocation; not held yet while `gehouden_op` is None."""

    gepland_op: date
    gehouden_op: date | None
    uitkomst: str


_BESCHIKKINGEN = Vraag(
    Beschikkingrij,
    "SELECT {kolommen} FROM beschikking WHERE gemeente = %(g)s AND toewijzingnummer = %(n)s ORDER BY van DESC, beschikkingnummer",
)
_EVALUATIES = Vraag(
    Evaluatierij,
    "SELECT {kolommen} FROM evaluatie WHERE gemeente = %(g)s AND toewijzingnummer = %(n)s ORDER BY gepland_op DESC",
)


def list_beschikkingen(verbinding: Connection, gemeente: str, toewijzingnummer: int) -> list[Beschikkingrij]:
    """Of one allocation, the newest first."""
    return _BESCHIKKINGEN.all(verbinding, {"g": gemeente, "n": toewijzingnummer})


def list_evaluaties(verbinding: Connection, gemeente: str, toewijzingnummer: int) -> list[Evaluatierij]:
    """Of one allocation, the newest first."""
    return _EVALUATIES.all(verbinding, {"g": gemeente, "n": toewijzingnummer})
