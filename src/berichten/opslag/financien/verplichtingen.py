"""Allocations with what stands on them at the end of a day, told from what stands now less what came after; four queries.

What is awarded is read from the lines, of which the check of the books proves that the journal has the same, by an index that holds
all that is asked. What was booked, decided and told after the day is taken off again, so that a past day is told as it was.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from berichten.dossier.leveringen import TIJDELIJK
from berichten.opslag.basis.delen import BEDRAG, TELT_MEE, WACHT
from berichten.opslag.basis.vraag import Vraag


class Versieomvang(NamedTuple):
    """What a version of an allocation says of its size. Budget in cents."""

    einddatum: date | None
    reden_wijziging: str | None
    volume: int | None
    eenheid: str | None
    frequentie: str | None
    budget: int | None


class Toewijzingsgegevens(NamedTuple):
    """Whose an allocation is and what it is for: what no version changes."""

    toewijzingnummer: int
    agb: str
    categorie: str | None
    productcode: str | None
    ingangsdatum: date


@dataclass(slots=True)
class Verplichtingsrij:
    """An allocation and what stands on it; cents, of years by the month of care."""

    gegevens: Toewijzingsgegevens | None
    """None for lines on no allocation that was known."""
    omvang: Versieomvang
    stop: date | None
    """Last day of care by a stop in force that is not temporary."""
    gedeclareerd: int
    """Awarded less credited."""
    gedeclareerd_jaar: int
    gedeclareerd_vorig: int
    laatste: date | None
    """Latest end of a ProductPeriode of which something is awarded or held."""
    aangehouden: int = 0
    aangehouden_jaar: int = 0


class _Rij(NamedTuple):
    """What is there now; lines that count, held ones among them."""

    nummer: int | None
    gegevens: Toewijzingsgegevens | None
    omvang: Versieomvang
    stop: date | None
    bedrag: int
    bedrag_jaar: int
    bedrag_vorig: int
    laatste: date | None


class _Verschil(NamedTuple):
    """What of lines of one month and last day is otherwise than the sum of lines says: less awarded, and held. Cents."""

    toewijzingnummer: int | None
    maand: date
    einddatum: date
    bedrag: int
    aangehouden: int


class _Dagsom(NamedTuple):
    toewijzingnummer: int
    einddatum: date
    bedrag: int


class _Versie(NamedTuple):
    toewijzingnummer: int
    bekend: bool
    """Whether there was any version then."""
    omvang: Versieomvang


@dataclass(slots=True)
class _Apart:
    """Allocations of which lines or versions were otherwise, or are credited in part."""

    verschillen: dict[int | None, list[_Verschil]] = field(default_factory=dict)
    laatste: dict[int | None, date | None] = field(default_factory=dict)
    """Latest end of a ProductPeriode of which something counts."""
    versies: dict[int, Versieomvang | None] = field(default_factory=dict)
    """As they were then; None for one that was not known yet."""


# Messages that were handled after the moment: what they brought is not there yet, and what they took back still is.
_LATER = "SELECT bericht_id FROM bericht WHERE gemeente = %(g)s AND verwerkt_op > %(t)s"
_ALLEEN = " AND toewijzingnummer = ANY(%(n)s::bigint[])"
_VERSCHILLEN = """
    WITH later AS MATERIALIZED ({later})
    SELECT toewijzingnummer, date_trunc('month', begindatum::timestamp)::date AS maand, einddatum,
        sum(bedrag)::bigint AS bedrag, sum(aangehouden)::bigint AS aangehouden
    FROM (
        SELECT p.toewijzingnummer, p.begindatum, p.einddatum, -p.bedrag AS bedrag,
            CASE WHEN later.bericht_id IS NULL THEN p.bedrag ELSE 0 END AS aangehouden
        FROM prestatie p LEFT JOIN later USING (bericht_id)
        WHERE p.gemeente = %(g)s AND p.{wacht}
        UNION ALL
        SELECT p.toewijzingnummer, p.begindatum, p.einddatum, -j.bedrag, 0
        FROM journaal j JOIN prestatie p ON p.gemeente = j.gemeente AND p.prestatie_id = j.prestatie_id
        WHERE j.gemeente = %(g)s AND j.geboekt_op > %(t)s
        UNION ALL
        SELECT p.toewijzingnummer, p.begindatum, p.einddatum, 0, p.bedrag
        FROM (
            SELECT prestatie_id FROM besluit WHERE gemeente = %(g)s AND definitief
            GROUP BY prestatie_id HAVING min(genomen_op) > %(t)s
        ) AS besloten JOIN prestatie p ON p.gemeente = %(g)s AND p.prestatie_id = besloten.prestatie_id
        WHERE NOT p.{wacht} AND NOT EXISTS (SELECT FROM later WHERE later.bericht_id = p.bericht_id)
            AND NOT EXISTS (SELECT FROM journaal j WHERE j.gemeente = p.gemeente AND j.prestatie_id = p.prestatie_id
                AND j.boeking = 1 AND j.besluit_id IS NULL)
    ) AS anders
    WHERE true{alleen}
    GROUP BY 1, 2, 3 HAVING sum(bedrag) <> 0 OR sum(aangehouden) <> 0
"""
"""Lines that wait now count among the lines but are not awarded; what was booked since was not then; and a line whose first
decision came since was held, unless it was awarded at once and only asked back."""
_DAGSOMMEN = """
    SELECT toewijzingnummer, einddatum, sum({bedrag})::bigint AS bedrag FROM prestatie
    WHERE gemeente = %(g)s AND {telt_mee}{alleen} AND toewijzingnummer IN (
        SELECT toewijzingnummer FROM prestatie WHERE gemeente = %(g)s AND credit AND {telt_mee}{alleen}
        UNION ALL SELECT unnest(%(ook)s::bigint[]))
    GROUP BY 1, 2
"""
"""By last day, of allocations where something was credited or was otherwise: of a period that is wholly credited nothing counts."""
_VERSIES = """
    WITH later AS MATERIALIZED ({later})
    SELECT DISTINCT ON (v.toewijzingnummer) v.toewijzingnummer, later.bericht_id IS NULL AS bekend, {omvang}
    FROM toewijzing_versie v LEFT JOIN later USING (bericht_id)
    WHERE v.gemeente = %(g)s AND v.toewijzingnummer IN (
        SELECT n.toewijzingnummer FROM toewijzing_versie n JOIN later USING (bericht_id) WHERE n.gemeente = %(g)s){alleen}
    ORDER BY v.toewijzingnummer, later.bericht_id IS NULL DESC, v.toewijzingsdatum DESC, v.toewijzingstijd DESC, v.versie DESC
"""
# A stop is in force until it is taken back, or care begins again after it.
_RIJEN = """
    WITH later AS MATERIALIZED ({later}), gemeld AS MATERIALIZED (
        SELECT l.toewijzingnummer, l.soort, l.begindatum, l.einddatum, l.reden_beeindiging FROM levering l
        WHERE l.gemeente = %(g)s AND l.toewijzingnummer IS NOT NULL{alleen}
            AND NOT EXISTS (SELECT FROM later WHERE later.bericht_id = l.bericht_id)
            AND (l.verwijderd_door IS NULL OR EXISTS (SELECT FROM later WHERE later.bericht_id = l.verwijderd_door))
    ), stop AS (
        SELECT s.toewijzingnummer, min(s.einddatum) AS einddatum FROM gemeld s
        LEFT JOIN (SELECT toewijzingnummer, max(begindatum) AS begindatum FROM gemeld WHERE soort = 'start' GROUP BY 1) AS start
            ON start.toewijzingnummer = s.toewijzingnummer
        WHERE s.soort = 'stop' AND s.reden_beeindiging IS DISTINCT FROM '{tijdelijk}'
            AND (start.begindatum IS NULL OR start.begindatum <= s.einddatum)
        GROUP BY 1
    ), gebruik AS (
        SELECT toewijzingnummer, sum(bedrag)::bigint AS bedrag,
            sum(bedrag) FILTER (WHERE begindatum BETWEEN %(van)s AND %(tot)s)::bigint AS bedrag_jaar,
            sum(bedrag) FILTER (WHERE begindatum BETWEEN %(vorig)s AND %(van)s::date - 1)::bigint AS bedrag_vorig,
            max(einddatum) FILTER (WHERE bedrag > 0) AS laatste
        FROM (
            SELECT toewijzingnummer, begindatum, einddatum, {bedrag} AS bedrag FROM prestatie
            WHERE gemeente = %(g)s AND {telt_mee}{alleen}
        ) AS regel GROUP BY toewijzingnummer
    )
    SELECT coalesce(t.toewijzingnummer, gebruik.toewijzingnummer) AS nummer, t.toewijzingnummer AS "gegevens.toewijzingnummer",
        t.agb AS "gegevens.agb", t.categorie AS "gegevens.categorie", t.productcode AS "gegevens.productcode",
        t.ingangsdatum AS "gegevens.ingangsdatum", stop.einddatum AS stop,
        coalesce(gebruik.bedrag, 0) AS bedrag, coalesce(gebruik.bedrag_jaar, 0) AS bedrag_jaar,
        coalesce(gebruik.bedrag_vorig, 0) AS bedrag_vorig, gebruik.laatste,
        t.einddatum AS "omvang.einddatum", t.reden_wijziging AS "omvang.reden_wijziging", t.volume AS "omvang.volume",
        t.eenheid AS "omvang.eenheid", t.frequentie AS "omvang.frequentie", t.budget AS "omvang.budget"
    FROM (SELECT * FROM toewijzing WHERE gemeente = %(g)s{alleen}) AS t
    FULL JOIN gebruik ON gebruik.toewijzingnummer = t.toewijzingnummer
    LEFT JOIN stop ON stop.toewijzingnummer = t.toewijzingnummer
"""
_DELEN: dict[str, str] = {
    "later": _LATER, "telt_mee": TELT_MEE, "bedrag": BEDRAG, "wacht": WACHT, "tijdelijk": TIJDELIJK,
    "omvang": ", ".join(f'v.{naam} AS "omvang.{naam}"' for naam in Versieomvang._fields),
}  # fmt: skip
_VAN_ALLE, _VAN_DEZE = ({**_DELEN, "alleen": alleen} for alleen in ("", _ALLEEN))
_VERSCHIL_VAN_ALLE, _VERSCHIL_VAN_DEZE = (Vraag(_Verschil, _VERSCHILLEN, **delen) for delen in (_VAN_ALLE, _VAN_DEZE))
_DAGSOM_VAN_ALLE, _DAGSOM_VAN_DEZE = (Vraag(_Dagsom, _DAGSOMMEN, **delen) for delen in (_VAN_ALLE, _VAN_DEZE))
_VERSIE_VAN_ALLE, _VERSIE_VAN_DEZE = (Vraag(_Versie, _VERSIES, **delen) for delen in (_VAN_ALLE, _VAN_DEZE))
_RIJ_VAN_ALLE, _RIJ_VAN_DEZE = (Vraag(_Rij, _RIJEN, **delen) for delen in (_VAN_ALLE, _VAN_DEZE))
_EERDER_GEEINDIGD = Vraag(
    int,
    """
    SELECT toewijzingnummer FROM toewijzing t
    WHERE gemeente = %(g)s AND categorie IS NOT DISTINCT FROM %(c)s AND (t.einddatum > %(na)s AND t.einddatum <= %(tot)s
        OR EXISTS (SELECT FROM levering l WHERE l.gemeente = t.gemeente AND l.agb = t.agb AND l.bsn = t.bsn AND l.soort = 'stop'
            AND l.toewijzingnummer = t.toewijzingnummer AND l.einddatum > %(na)s AND l.einddatum <= %(tot)s))
    """,
)


def list_ended(verbinding: Connection, gemeente: str, categorie: str | None, na: date, tot: date) -> list[int]:
    """Numbers of allocations of a category of which care may have ended after `na` and not after `tot`; some did not after all."""
    return _EERDER_GEEINDIGD.all(verbinding, {"g": gemeente, "c": categorie, "na": na, "tot": tot})


def read_verplichtingen(
    verbinding: Connection, gemeente: str, jaar: int, moment: datetime, nummers: Sequence[int] | None = None
) -> Iterator[Verplichtingsrij]:
    """Every allocation that was known at the moment, or these; four queries, of which the last is streamed.

    What is on no allocation that was known then comes as rows without one.
    """
    deze = nummers is not None
    begin = date(jaar, 1, 1)
    waarden = {
        "g": gemeente, "t": moment, "van": begin, "tot": date(jaar, 12, 31), "vorig": date(jaar - 1, 1, 1),
        "n": list(nummers or ()),
    }  # fmt: skip
    apart = _load_apart(verbinding, waarden, deze)
    gezien: set[int | None] = set()
    for rij in (_RIJ_VAN_DEZE if deze else _RIJ_VAN_ALLE).stream(verbinding, waarden):
        if rij.nummer in apart.verschillen:
            gezien.add(rij.nummer)
        yield _as_then(rij, apart, begin)
    for nummer in apart.verschillen.keys() - gezien:
        yield _as_then(_Rij(nummer, None, Versieomvang(*[None] * 6), None, 0, 0, 0, None), apart, begin)


def _load_apart(verbinding: Connection, waarden: Mapping[str, Any], deze: bool) -> _Apart:
    apart = _Apart()
    per_dag: defaultdict[int | None, dict[date, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for verschil in (_VERSCHIL_VAN_DEZE if deze else _VERSCHIL_VAN_ALLE).all(verbinding, waarden):
        apart.verschillen.setdefault(verschil.toewijzingnummer, []).append(verschil)
        stand = per_dag[verschil.toewijzingnummer][verschil.einddatum]
        stand[0] += verschil.bedrag
        stand[1] += verschil.aangehouden
    ook = {"ook": [nummer for nummer in apart.verschillen if nummer is not None]}
    for som in (_DAGSOM_VAN_DEZE if deze else _DAGSOM_VAN_ALLE).all(verbinding, {**waarden, **ook}):
        per_dag[som.toewijzingnummer][som.einddatum][0] += som.bedrag
    for nummer, dagen in per_dag.items():
        apart.laatste[nummer] = max((dag for dag, (bedrag, wacht) in dagen.items() if bedrag > 0 or wacht > 0), default=None)
    for versie in (_VERSIE_VAN_DEZE if deze else _VERSIE_VAN_ALLE).all(verbinding, waarden):
        apart.versies[versie.toewijzingnummer] = versie.omvang if versie.bekend else None
    return apart


def _as_then(rij: _Rij, apart: _Apart, begin: date) -> Verplichtingsrij:
    """What stands now, less what came after the moment; `begin`: first day of the year asked."""
    gegevens, omvang = rij.gegevens, rij.omvang
    if gegevens is not None and gegevens.toewijzingnummer in apart.versies:
        toen = apart.versies[gegevens.toewijzingnummer]
        gegevens, omvang = (None, omvang) if toen is None else (gegevens, toen)
    stand = Verplichtingsrij(
        gegevens, omvang, rij.stop, rij.bedrag, rij.bedrag_jaar, rij.bedrag_vorig, apart.laatste.get(rij.nummer, rij.laatste)
    )
    for verschil in apart.verschillen.get(rij.nummer, ()):
        stand.gedeclareerd += verschil.bedrag
        stand.aangehouden += verschil.aangehouden
        if verschil.maand.year == begin.year:
            stand.gedeclareerd_jaar += verschil.bedrag
            stand.aangehouden_jaar += verschil.aangehouden
        elif verschil.maand.year == begin.year - 1:
            stand.gedeclareerd_vorig += verschil.bedrag
    return stand
