"""Allocations with what stands on them at the end of a day, told from what stands now less what came after; six queries.

What is awarded is read from the sums of lines by allocation, and the lines since, of which the check of the books proves that the
journal has the same. What was booked, decided and told after the day is taken off again, so that a past day is told as it was.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection

from berichten.dossier.leveringen import TIJDELIJK
from berichten.opslag.basis.delen import BEDRAG, STOP_GELDT, TELT_MEE, WACHT
from berichten.opslag.basis.ruimte import allow_room
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.dossiers.toewijzingtotalen import are_many, hold_sums


class Versieomvang(NamedTuple):
    """What a version of an allocation says of its size, as `Verplichtingkolommen` have it."""

    einddatum: int
    reden_wijziging: str | None
    volume: int | None
    eenheid: str | None
    frequentie: str | None
    budget: int | None


@dataclass(slots=True)
class Verplichtingkolommen:
    """Allocations and what stands on them, each field a list with a place for each allocation: there may be a million.

    Cents, of years by the month of care. Days are ordinals (`date.toordinal`), 0 for none.
    """

    nummer: list[int | None]
    """What lines name; None for lines on no allocation."""
    bekend: list[bool]
    """Whether there is an allocation of that number, and was one at the moment; else what follows of it means nothing."""
    agb: list[str]
    categorie: list[str | None]
    productcode: list[str | None]
    ingangsdatum: list[int]
    einddatum: list[int]
    reden_wijziging: list[str | None]
    volume: list[int | None]
    eenheid: list[str | None]
    frequentie: list[str | None]
    budget: list[int | None]
    stop: list[int]
    """Last day of care by a stop in force that is not temporary."""
    gedeclareerd: list[int]
    """Awarded less credited."""
    gedeclareerd_jaar: list[int]
    gedeclareerd_vorig: list[int]
    laatste: list[int]
    """Latest end of a ProductPeriode of which something is awarded or held."""
    laatste_eraf: list[int]
    """No period that ends later had a credit, or a line that was changed; so `laatste` is certain when it is later."""
    aangehouden: list[int]
    aangehouden_jaar: list[int]


class _Rij(NamedTuple):
    """One of them, in the order of the lists, as the sums have it: what was held is told apart."""

    nummer: int | None
    bekend: bool
    agb: str
    categorie: str | None
    productcode: str | None
    ingangsdatum: int
    einddatum: int
    reden_wijziging: str | None
    volume: int | None
    eenheid: str | None
    frequentie: str | None
    budget: int | None
    stop: int
    gedeclareerd: int
    gedeclareerd_jaar: int
    gedeclareerd_vorig: int
    laatste: int
    laatste_eraf: int


class _Anders(NamedTuple):
    """What of an allocation was otherwise than the sums of now say: to be added, but for the last day, which takes its place."""

    toewijzingnummer: int | None
    gedeclareerd: int
    gedeclareerd_jaar: int
    gedeclareerd_vorig: int
    aangehouden: int
    aangehouden_jaar: int
    laatste: int


class _Maandbedrag(NamedTuple):
    maand: date
    bedrag: int


class _Laatste(NamedTuple):
    toewijzingnummer: int
    laatste: int


class _Versie(NamedTuple):
    toewijzingnummer: int
    bekend: bool
    """Whether there was any version then."""
    omvang: Versieomvang


# Messages that were handled after the moment: what they brought is not there yet, and what they took back still is.
_LATER = "SELECT bericht_id FROM bericht WHERE gemeente = %(g)s AND verwerkt_op > %(t)s"
_ALLEEN = " AND toewijzingnummer = ANY(%(n)s::bigint[])"
_GEWACHT = """
    SELECT p.toewijzingnummer, p.begindatum, p.einddatum, -p.bedrag AS bedrag,
        CASE WHEN later.bericht_id IS NULL THEN p.bedrag ELSE 0 END AS aangehouden
    FROM prestatie p LEFT JOIN later USING (bericht_id)
    WHERE p.gemeente = %(g)s AND p.{wacht}
    UNION ALL
    SELECT p.toewijzingnummer, p.begindatum, p.einddatum, 0, p.bedrag
    FROM (
        SELECT DISTINCT s.prestatie_id FROM besluit s WHERE s.gemeente = %(g)s AND s.definitief AND s.genomen_op > %(t)s
            AND NOT EXISTS (SELECT FROM besluit e WHERE e.gemeente = s.gemeente AND e.prestatie_id = s.prestatie_id
                AND e.definitief AND e.genomen_op <= %(t)s)
    ) AS besloten JOIN prestatie p ON p.gemeente = %(g)s AND p.prestatie_id = besloten.prestatie_id
    WHERE NOT p.{wacht} AND NOT EXISTS (SELECT FROM later WHERE later.bericht_id = p.bericht_id)
        AND NOT EXISTS (SELECT FROM journaal j WHERE j.gemeente = p.gemeente AND j.prestatie_id = p.prestatie_id
            AND j.boeking = 1 AND j.besluit_id IS NULL)
"""
_VERSCHILLEN = """
    WITH later AS MATERIALIZED ({later})
    SELECT toewijzingnummer, date_trunc('month', begindatum::timestamp)::date AS maand, einddatum,
        sum(bedrag)::bigint AS bedrag, sum(aangehouden)::bigint AS aangehouden
    FROM (
        {gewacht}
        UNION ALL
        SELECT p.toewijzingnummer, p.begindatum, p.einddatum, -j.bedrag, 0
        FROM journaal j JOIN prestatie p ON p.gemeente = j.gemeente AND p.prestatie_id = j.prestatie_id
        WHERE j.gemeente = %(g)s AND j.geboekt_op > %(t)s
    ) AS anders
    WHERE true{alleen}
    GROUP BY 1, 2, 3 HAVING sum(bedrag) <> 0 OR sum(aangehouden) <> 0
"""
"""Lines that wait now count among the lines but are not awarded; what was booked since was not then; and a line whose first
decision came since was held, unless it was awarded at once and only asked back."""
# By last day: of a period that is wholly credited nothing counts. Numbers as an array, so that lines are found by their index.
_ANDERS = """
    WITH verschil AS MATERIALIZED ({verschillen}), dag AS (
        SELECT toewijzingnummer, einddatum FROM (
            SELECT toewijzingnummer, einddatum, bedrag, aangehouden FROM verschil
            UNION ALL
            SELECT toewijzingnummer, einddatum, {bedrag}, 0 FROM prestatie
            WHERE gemeente = %(g)s AND {telt_mee} AND toewijzingnummer = ANY(ARRAY(SELECT DISTINCT toewijzingnummer FROM verschil))
        ) AS deel GROUP BY 1, 2 HAVING sum(bedrag) > 0 OR sum(aangehouden) > 0
    ), som AS (
        SELECT toewijzingnummer, sum(bedrag)::bigint AS gedeclareerd,
            coalesce(sum(bedrag) FILTER (WHERE maand BETWEEN %(van)s AND %(tot)s), 0)::bigint AS gedeclareerd_jaar,
            coalesce(sum(bedrag) FILTER (WHERE maand BETWEEN %(vorig)s AND %(van)s::date - 1), 0)::bigint AS gedeclareerd_vorig,
            sum(aangehouden)::bigint AS aangehouden,
            coalesce(sum(aangehouden) FILTER (WHERE maand BETWEEN %(van)s AND %(tot)s), 0)::bigint AS aangehouden_jaar
        FROM verschil GROUP BY 1
    )
    SELECT som.*, coalesce(dag.laatste, 0) AS laatste
    FROM som LEFT JOIN (SELECT toewijzingnummer, max({einddatum}) AS laatste FROM dag GROUP BY 1) AS dag USING (toewijzingnummer)
"""
_LAATSTE = """
    SELECT toewijzingnummer, max({einddatum}) AS laatste FROM (
        SELECT toewijzingnummer, einddatum FROM prestatie
        WHERE gemeente = %(g)s AND {telt_mee} AND toewijzingnummer = ANY(%(apart)s::bigint[])
        GROUP BY 1, 2 HAVING sum({bedrag}) > 0
    ) AS dag GROUP BY 1
"""
_VERSIES = """
    WITH later AS MATERIALIZED ({later})
    SELECT DISTINCT ON (v.toewijzingnummer) v.toewijzingnummer, later.bericht_id IS NULL AS bekend, {omvang}
    FROM toewijzing_versie v LEFT JOIN later USING (bericht_id)
    WHERE v.gemeente = %(g)s AND v.toewijzingnummer IN (
        SELECT n.toewijzingnummer FROM toewijzing_versie n JOIN later USING (bericht_id) WHERE n.gemeente = %(g)s){alleen}
    ORDER BY v.toewijzingnummer, later.bericht_id IS NULL DESC, v.toewijzingsdatum DESC, v.toewijzingstijd DESC, v.versie DESC
"""
_RIJEN = """
    WITH later AS MATERIALIZED ({later}), gemeld AS (
        SELECT l.toewijzingnummer, l.soort, l.begindatum, l.einddatum FROM levering l
        WHERE l.gemeente = %(g)s AND l.toewijzingnummer IS NOT NULL AND l.reden_beeindiging IS DISTINCT FROM '{tijdelijk}'{alleen}
            AND NOT EXISTS (SELECT FROM later WHERE later.bericht_id = l.bericht_id)
            AND (l.verwijderd_door IS NULL OR EXISTS (SELECT FROM later WHERE later.bericht_id = l.verwijderd_door))
    ), {stop}, gebruik AS (
        SELECT toewijzingnummer, sum(bedrag)::bigint AS bedrag,
            sum(bedrag) FILTER (WHERE zorgjaar = %(jaar)s)::bigint AS bedrag_jaar,
            sum(bedrag) FILTER (WHERE zorgjaar = %(jaar)s - 1)::bigint AS bedrag_vorig, max(laatste) AS laatste,
            max(laatste_eraf) AS laatste_eraf
        FROM (
            SELECT nullif(toewijzingnummer, -1) AS toewijzingnummer, zorgjaar, bedrag, laatste, laatste_eraf FROM toewijzingtotaal
            WHERE gemeente = %(g)s AND %(geteld)s > 0{alleen}
            UNION ALL
            SELECT toewijzingnummer, extract(year FROM begindatum)::int, bedrag, CASE WHEN bedrag > 0 THEN einddatum END,
                CASE WHEN bedrag < 0 THEN einddatum END
            FROM (SELECT toewijzingnummer, begindatum, einddatum, {bedrag} AS bedrag FROM prestatie
                WHERE gemeente = %(g)s AND {telt_mee} AND prestatie_id > %(geteld)s{alleen}) AS regel
        ) AS deel GROUP BY toewijzingnummer
    )
    SELECT coalesce(t.toewijzingnummer, gebruik.toewijzingnummer) AS nummer, t.toewijzingnummer IS NOT NULL AS bekend,
        t.agb, t.categorie, t.productcode, {dag_van}t.ingangsdatum{tot_dag} AS ingangsdatum,
        {dag_van}t.einddatum{tot_dag} AS einddatum, t.reden_wijziging, t.volume, t.eenheid, t.frequentie,
        t.budget, {dag_van}stop.einddatum{tot_dag} AS stop, coalesce(gebruik.bedrag, 0) AS gedeclareerd,
        coalesce(gebruik.bedrag_jaar, 0) AS gedeclareerd_jaar, coalesce(gebruik.bedrag_vorig, 0) AS gedeclareerd_vorig,
        {dag_van}gebruik.laatste{tot_dag} AS laatste, {dag_van}gebruik.laatste_eraf{tot_dag} AS laatste_eraf
    FROM (SELECT * FROM toewijzing WHERE gemeente = %(g)s{alleen}) AS t
    FULL JOIN gebruik ON gebruik.toewijzingnummer = t.toewijzingnummer
    LEFT JOIN stop ON stop.toewijzingnummer = t.toewijzingnummer
    WHERE t.toewijzingnummer IS NULL OR t.einddatum IS NULL OR t.einddatum >= %(sinds)s OR gebruik.bedrag_jaar <> 0
        OR t.toewijzingnummer = ANY(%(apart)s::bigint[])
"""
_DAG_VAN, _TOT_DAG = "coalesce(", " - date '0001-01-01' + 1, 0)"
"""Around a date: its ordinal, 0 for none."""
_DELEN = {
    "later": _LATER, "telt_mee": TELT_MEE, "bedrag": BEDRAG, "wacht": WACHT, "tijdelijk": TIJDELIJK,
    "stop": STOP_GELDT,
    "omvang": ", ".join(
        f'{_DAG_VAN}v.{naam}{_TOT_DAG} AS "omvang.{naam}"' if naam == "einddatum" else f'v.{naam} AS "omvang.{naam}"'
        for naam in Versieomvang._fields
    ),
    "dag_van": _DAG_VAN, "tot_dag": _TOT_DAG, "einddatum": f"{_DAG_VAN}einddatum{_TOT_DAG}",
}  # fmt: skip
_VAN_ALLE, _VAN_DEZE = ({**_DELEN, "alleen": alleen} for alleen in ("", _ALLEEN))
_ANDERS_VAN_ALLE, _ANDERS_VAN_DEZE = (
    Vraag(_Anders, _ANDERS, verschillen=_VERSCHILLEN, gewacht=_GEWACHT, **delen) for delen in (_VAN_ALLE, _VAN_DEZE)
)
_VERSIE_VAN_ALLE, _VERSIE_VAN_DEZE = (Vraag(_Versie, _VERSIES, **delen) for delen in (_VAN_ALLE, _VAN_DEZE))
_RIJ_VAN_ALLE, _RIJ_VAN_DEZE = (Vraag(_Rij, _RIJEN, **delen) for delen in (_VAN_ALLE, _VAN_DEZE))
_LAATSTE_DAG = Vraag(_Laatste, _LAATSTE, **_DELEN)
_AANGEHOUDEN = Vraag(
    _Maandbedrag,
    """
    WITH later AS MATERIALIZED ({later})
    SELECT date_trunc('month', begindatum::timestamp)::date AS maand, sum(aangehouden)::bigint AS bedrag
    FROM ({gewacht}) AS regel GROUP BY 1 HAVING sum(aangehouden) <> 0
    """,
    gewacht=_GEWACHT,
    **_VAN_ALLE,
)
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


def read_held(verbinding: Connection, gemeente: str, moment: datetime) -> dict[date, int]:
    """Cents of lines that were held at the moment, by month of care."""
    return {rij.maand: rij.bedrag for rij in _AANGEHOUDEN.all(verbinding, {"g": gemeente, "t": moment})}


@dataclass(frozen=True, slots=True)
class Verplichtingenvraag:
    """Which allocations, and of which moment and year."""

    gemeente: str
    jaar: int
    moment: datetime
    sinds: date = date.min
    """Those that ended before this day and have no care of the year are left out, unless something on them was otherwise."""
    dicht_voor: date = date.min
    """Of those on which care ended before this day nobody asks for the last period: their `laatste` may be later than it was."""
    nummers: Sequence[int] | None = None
    """None for all."""


def read_verplichtingen(verbinding: Connection, vraag: Verplichtingenvraag) -> Verplichtingkolommen:
    """Every allocation that is asked for, and lines on none that was known then.

    Of few their lines are added up, so that a page of one never waits for the night at its sums.
    """
    deze = vraag.nummers is not None
    weinig = vraag.nummers is not None and not are_many(len(vraag.nummers))
    waarden = {
        "g": vraag.gemeente, "t": vraag.moment, "jaar": vraag.jaar, "van": date(vraag.jaar, 1, 1), "tot": date(vraag.jaar, 12, 31),
        "vorig": date(vraag.jaar - 1, 1, 1), "sinds": vraag.sinds, "n": list(vraag.nummers or ()),
        "geteld": 0 if weinig else hold_sums(verbinding, vraag.gemeente),
    }  # fmt: skip
    if not deze:
        allow_room(verbinding)
    anders = (_ANDERS_VAN_DEZE if deze else _ANDERS_VAN_ALLE).all(verbinding, waarden)
    versies = (_VERSIE_VAN_DEZE if deze else _VERSIE_VAN_ALLE).all(verbinding, waarden)
    genoemd = {verschil.toewijzingnummer for verschil in anders} | {versie.toewijzingnummer for versie in versies}
    waarden["apart"] = list(genoemd - {None})
    kolommen = (_RIJ_VAN_DEZE if deze else _RIJ_VAN_ALLE).columns(verbinding, waarden)
    rijen = Verplichtingkolommen(*kolommen, *([0] * len(kolommen[0]) for _ in range(2)))
    plekken = {nummer: plek for plek, nummer in enumerate(rijen.nummer)} if anders or versies else {}
    for versie in versies:
        if (plek := plekken.get(versie.toewijzingnummer)) is not None:
            _set_version(rijen, plek, versie)
    _find_last_days(verbinding, waarden, rijen, _list_uncertain(rijen, vraag, {item.toewijzingnummer for item in anders}))
    for verschil in anders:
        _apply(rijen, plekken.get(verschil.toewijzingnummer), verschil)
    return rijen


def _set_version(rijen: Verplichtingkolommen, plek: int, versie: _Versie) -> None:
    rijen.bekend[plek] = rijen.bekend[plek] and versie.bekend
    for veld, waarde in zip(Versieomvang._fields, versie.omvang, strict=True):
        getattr(rijen, veld)[plek] = waarde


def _list_uncertain(rijen: Verplichtingkolommen, vraag: Verplichtingenvraag, anders: Collection[int | None]) -> dict[int, int]:
    """Numbers and places of those of which something of the last period was taken off, as far as their last day is asked."""
    dicht = vraag.dicht_voor.toordinal()
    laatste, eraf = np.array(rijen.laatste, dtype=np.int64), np.array(rijen.laatste_eraf, dtype=np.int64)
    return {
        nummer: plek
        for plek in np.flatnonzero((eraf >= laatste) & (eraf > 0)).tolist()
        if min(rijen.einddatum[plek] or _NOOIT, rijen.stop[plek] or _NOOIT) >= dicht
        and (nummer := rijen.nummer[plek]) is not None and nummer not in anders
    }  # fmt: skip


_NOOIT = date.max.toordinal()


def _find_last_days(
    verbinding: Connection, waarden: Mapping[str, Any], rijen: Verplichtingkolommen, apart: Mapping[int, int]
) -> None:
    """It takes a look by day to see what the last one is that counts."""
    for plek in apart.values():
        rijen.laatste[plek] = 0
    for dag in _LAATSTE_DAG.all(verbinding, {**waarden, "apart": list(apart)}) if apart else ():
        rijen.laatste[apart[dag.toewijzingnummer]] = dag.laatste


def _apply(rijen: Verplichtingkolommen, plek: int | None, anders: _Anders) -> None:
    if plek is None:
        # Nothing stands there now, and no allocation is.
        plek = len(rijen.nummer)
        leeg = _Rij(anders.toewijzingnummer, False, "", None, None, 0, 0, None, None, None, None, None, 0, 0, 0, 0, 0, 0)
        for veld, waarde in (leeg._asdict() | {"aangehouden": 0, "aangehouden_jaar": 0}).items():
            getattr(rijen, veld).append(waarde)
    for veld in _OPTELBAAR:
        getattr(rijen, veld)[plek] += getattr(anders, veld)
    rijen.laatste[plek] = anders.laatste


_OPTELBAAR = ("gedeclareerd", "gedeclareerd_jaar", "gedeclareerd_vorig", "aangehouden", "aangehouden_jaar")
