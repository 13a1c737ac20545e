"""Allocations with what stands on them at the end of a day, told from what stands now less what came after; four queries.

What is awarded is read from the lines, of which the check of the books proves that the journal has the same, by an index that holds
all that is asked. What was booked, decided and told after the day is taken off again, so that a past day is told as it was.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from berichten.dossier.leveringen import TIJDELIJK
from berichten.opslag.basis.delen import BEDRAG, TELT_MEE, WACHT
from berichten.opslag.basis.vraag import Vraag


class Versieomvang(NamedTuple):
    """What a version of an allocation says of its size, in the order of Verplichtingsrij. Budget in cents."""

    einddatum: date | None
    reden_wijziging: str | None
    volume: int | None
    eenheid: str | None
    frequentie: str | None
    budget: int | None


@dataclass(slots=True)
class Verplichtingsrij:
    """An allocation and what stands on it; cents, of years by the month of care. One flat row: there may be a million."""

    nummer: int | None
    """What lines name; None for lines on no allocation."""
    bekend: bool
    """Whether there is an allocation of that number, and was one at the moment; else what follows of it means nothing."""
    agb: str
    categorie: str | None
    productcode: str | None
    ingangsdatum: date
    einddatum: date | None
    reden_wijziging: str | None
    volume: int | None
    eenheid: str | None
    frequentie: str | None
    budget: int | None
    stop: date | None
    """Last day of care by a stop in force that is not temporary."""
    gedeclareerd: int
    """Awarded less credited."""
    gedeclareerd_jaar: int
    gedeclareerd_vorig: int
    laatste: date | None
    """Latest end of a ProductPeriode of which something is awarded or held."""
    laatste_credit: date | None
    """Latest end of a ProductPeriode of which something was credited."""
    aangehouden: int
    aangehouden_jaar: int

    def set_omvang(self, omvang: Versieomvang) -> None:
        """As another version has it."""
        self.einddatum, self.reden_wijziging, self.volume, self.eenheid, self.frequentie, self.budget = omvang


class _Verschil(NamedTuple):
    """What of lines of one month and last day is otherwise than the sum of lines says: less awarded, and held. Cents."""

    toewijzingnummer: int | None
    maand: date
    einddatum: date
    bedrag: int
    aangehouden: int


class _Maandbedrag(NamedTuple):
    maand: date
    bedrag: int


class _Dagsom(NamedTuple):
    toewijzingnummer: int
    einddatum: date
    bedrag: int


class _Versie(NamedTuple):
    toewijzingnummer: int
    bekend: bool
    """Whether there was any version then."""
    omvang: Versieomvang


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
            SELECT DISTINCT s.prestatie_id FROM besluit s WHERE s.gemeente = %(g)s AND s.definitief AND s.genomen_op > %(t)s
                AND NOT EXISTS (SELECT FROM besluit e WHERE e.gemeente = s.gemeente AND e.prestatie_id = s.prestatie_id
                    AND e.definitief AND e.genomen_op <= %(t)s)
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
    WHERE gemeente = %(g)s AND {telt_mee} AND toewijzingnummer = ANY(%(apart)s::bigint[])
    GROUP BY 1, 2
"""
"""By last day: of a period that is wholly credited nothing counts."""
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
            max(einddatum) FILTER (WHERE bedrag > 0) AS laatste, max(einddatum) FILTER (WHERE bedrag < 0) AS laatste_credit
        FROM (
            SELECT toewijzingnummer, begindatum, einddatum, {bedrag} AS bedrag FROM prestatie
            WHERE gemeente = %(g)s AND {telt_mee}{alleen}
        ) AS regel GROUP BY toewijzingnummer
    )
    SELECT coalesce(t.toewijzingnummer, gebruik.toewijzingnummer) AS nummer, t.toewijzingnummer IS NOT NULL AS bekend,
        t.agb, t.categorie, t.productcode, t.ingangsdatum, t.einddatum, t.reden_wijziging, t.volume, t.eenheid, t.frequentie,
        t.budget, stop.einddatum AS stop, coalesce(gebruik.bedrag, 0) AS gedeclareerd,
        coalesce(gebruik.bedrag_jaar, 0) AS gedeclareerd_jaar, coalesce(gebruik.bedrag_vorig, 0) AS gedeclareerd_vorig,
        gebruik.laatste, gebruik.laatste_credit, 0::bigint AS aangehouden, 0::bigint AS aangehouden_jaar
    FROM (SELECT * FROM toewijzing WHERE gemeente = %(g)s{alleen}) AS t
    FULL JOIN gebruik ON gebruik.toewijzingnummer = t.toewijzingnummer
    LEFT JOIN stop ON stop.toewijzingnummer = t.toewijzingnummer
    WHERE t.toewijzingnummer IS NULL OR t.einddatum IS NULL OR t.einddatum >= %(sinds)s OR gebruik.bedrag_jaar <> 0
        OR t.toewijzingnummer = ANY(%(apart)s::bigint[])
"""
_DELEN = {
    "later": _LATER, "telt_mee": TELT_MEE, "bedrag": BEDRAG, "wacht": WACHT, "tijdelijk": TIJDELIJK,
    "omvang": ", ".join(f'v.{naam} AS "omvang.{naam}"' for naam in Versieomvang._fields),
}  # fmt: skip
_VAN_ALLE, _VAN_DEZE = ({**_DELEN, "alleen": alleen} for alleen in ("", _ALLEEN))
_VERSCHIL_VAN_ALLE, _VERSCHIL_VAN_DEZE = (Vraag(_Verschil, _VERSCHILLEN, **delen) for delen in (_VAN_ALLE, _VAN_DEZE))
_VERSIE_VAN_ALLE, _VERSIE_VAN_DEZE = (Vraag(_Versie, _VERSIES, **delen) for delen in (_VAN_ALLE, _VAN_DEZE))
_RIJ_VAN_ALLE, _RIJ_VAN_DEZE = (Vraag(Verplichtingsrij, _RIJEN, **delen) for delen in (_VAN_ALLE, _VAN_DEZE))
_AANGEHOUDEN = Vraag(
    _Maandbedrag,
    """
    SELECT maand, sum(aangehouden)::bigint AS bedrag FROM ({verschillen}) AS verschil
    GROUP BY maand HAVING sum(aangehouden) <> 0
    """,
    verschillen=_VERSCHILLEN,
    **_VAN_ALLE,
)
_DAGSOM = Vraag(_Dagsom, _DAGSOMMEN, **_DELEN)
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
    nummers: Sequence[int] | None = None
    """None for all."""


def read_verplichtingen(verbinding: Connection, vraag: Verplichtingenvraag) -> Iterator[Verplichtingsrij]:
    """Every allocation that is asked for, and lines on none that was known then; four queries, the largest of them streamed."""
    deze = vraag.nummers is not None
    waarden = {
        "g": vraag.gemeente, "t": vraag.moment, "van": date(vraag.jaar, 1, 1), "tot": date(vraag.jaar, 12, 31),
        "vorig": date(vraag.jaar - 1, 1, 1), "sinds": vraag.sinds, "n": list(vraag.nummers or ()),
    }  # fmt: skip
    verschillen: defaultdict[int | None, list[_Verschil]] = defaultdict(list)
    for verschil in (_VERSCHIL_VAN_DEZE if deze else _VERSCHIL_VAN_ALLE).all(verbinding, waarden):
        verschillen[verschil.toewijzingnummer].append(verschil)
    versies: dict[int | None, _Versie] = {
        item.toewijzingnummer: item for item in (_VERSIE_VAN_DEZE if deze else _VERSIE_VAN_ALLE).all(verbinding, waarden)
    }
    waarden["apart"] = [nummer for nummer in (*verschillen, *versies) if nummer is not None]
    apart: list[Verplichtingsrij] = []
    for rij in (_RIJ_VAN_DEZE if deze else _RIJ_VAN_ALLE).stream(verbinding, waarden):
        versie = versies.get(rij.nummer)
        if versie is not None:
            rij.bekend = rij.bekend and versie.bekend
            rij.set_omvang(versie.omvang)
        # Where the last period has a credit or another difference, it takes a look by day to see what the last one is that counts.
        if rij.nummer in verschillen or (rij.laatste_credit is not None and rij.laatste_credit >= (rij.laatste or date.min)):
            apart.append(rij)
        else:
            yield rij
    apart += [_empty(nummer) for nummer in verschillen.keys() - {rij.nummer for rij in apart}]
    yield from _set_apart(verbinding, waarden, apart, verschillen)


def _empty(nummer: int | None) -> Verplichtingsrij:
    """Where nothing stands now and no allocation is."""
    return Verplichtingsrij(
        nummer, False, "", None, None, date.max, None, None, None, None, None, None, None, 0, 0, 0, None, None, 0, 0
    )


def _set_apart(
    verbinding: Connection,
    waarden: Mapping[str, Any],
    rijen: Sequence[Verplichtingsrij],
    verschillen: Mapping[int | None, Sequence[_Verschil]],
) -> Iterator[Verplichtingsrij]:
    """Rows with what was otherwise taken into account."""
    per_dag: defaultdict[int | None, dict[date, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for som in _DAGSOM.all(verbinding, {**waarden, "apart": [rij.nummer for rij in rijen if rij.nummer is not None]}):
        per_dag[som.toewijzingnummer][som.einddatum][0] += som.bedrag
    for rij in rijen:
        dagen = per_dag[rij.nummer]
        for verschil in verschillen.get(rij.nummer, ()):
            _apply(rij, verschil, waarden["van"].year)
            dagen[verschil.einddatum][0] += verschil.bedrag
            dagen[verschil.einddatum][1] += verschil.aangehouden
        rij.laatste = max((dag for dag, (bedrag, wacht) in dagen.items() if bedrag > 0 or wacht > 0), default=None)
        yield rij


def _apply(rij: Verplichtingsrij, verschil: _Verschil, jaar: int) -> None:
    rij.gedeclareerd += verschil.bedrag
    rij.aangehouden += verschil.aangehouden
    if verschil.maand.year == jaar:
        rij.gedeclareerd_jaar += verschil.bedrag
        rij.aangehouden_jaar += verschil.aangehouden
    elif verschil.maand.year == jaar - 1:
        rij.gedeclareerd_vorig += verschil.bedrag
