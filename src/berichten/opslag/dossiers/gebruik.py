"""What was used of allocations: sums over the lines awarded or held, of many taken as the night had added them up with lines since.

Lines of a JW303 and of a JW323 count alike; of a line that was awarded in part only that part counts.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.dossier.contract import UUR
from berichten.dossier.dossier import Debetsleutel, Gebruik, Toewijzing, in_counting_unit
from berichten.opslag.basis.delen import BEDRAG, TEKEN, TELT_MEE, VOLUME
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.dossiers.toewijzingtotalen import hold_sums_for
from berichten.standaard.waarden.regelvelden import Velden


class _Som(NamedTuple):
    """Of one allocation, as the index has its lines together: grouped by unit too they would have to be sorted."""

    toewijzingnummer: int
    uren: int
    """Volume of lines in hours."""
    overig: int
    """That of all others."""
    bedrag: int
    laatste_begin: date
    """No line began later."""


class _Dag(NamedTuple):
    toewijzingnummer: int
    einddatum: date
    aantal: int


class _Debet(NamedTuple):
    toewijzingnummer: int
    begindatum: date
    einddatum: date
    categorie: str
    productcode: str
    aantal: int


_VAN_REGELS = """
    SELECT toewijzingnummer, coalesce(sum({teken} * {volume}) FILTER (WHERE eenheid = '{uur}'), 0)::bigint AS uren,
        coalesce(sum({teken} * {volume}) FILTER (WHERE eenheid <> '{uur}'), 0)::bigint AS overig, sum({bedrag})::bigint AS bedrag,
        max(begindatum) AS laatste_begin
    FROM prestatie WHERE gemeente = %(g)s AND {telt_mee} AND {welke} GROUP BY toewijzingnummer
"""
_DEZE = "toewijzingnummer = ANY(%(n)s::bigint[])"
# Looked up by their hash, as an array is, without the planner weighing each of ten thousands of values.
# No index serves that: whoever asks so reads all lines since the sums, and sees to it that they are few.
_ONDER_DEZE = "(toewijzingnummer IN (SELECT unnest(%(n)s::bigint[]))) IS TRUE"
_DELEN = {"telt_mee": TELT_MEE, "teken": TEKEN, "volume": VOLUME, "bedrag": BEDRAG, "uur": UUR}
_SOMMEN = Vraag(_Som, _VAN_REGELS, welke=_DEZE, **_DELEN)
_SOMMEN_VEEL = Vraag(
    _Som,
    """
    SELECT toewijzingnummer, sum(uren)::bigint AS uren, sum(overig)::bigint AS overig, sum(bedrag)::bigint AS bedrag,
        max(laatste_begin) AS laatste_begin
    FROM (
        SELECT toewijzingnummer, uren, overig, bedrag, laatste_begin FROM toewijzingtotaal
        WHERE gemeente = %(g)s AND {deze}
        UNION ALL {van_regels}
    ) AS deel GROUP BY toewijzingnummer
    """,
    van_regels=_VAN_REGELS,
    deze=_DEZE,
    welke=f"prestatie_id > %(tot)s AND {_ONDER_DEZE}",
    **_DELEN,
)
_SOMMEN_TUSSEN = Vraag(_Som, _VAN_REGELS, welke=f"{_DEZE} AND begindatum BETWEEN %(van)s::date AND %(tot)s::date", **_DELEN)
_LAATSTE_DAGEN = Vraag(
    _Dag,
    """
    SELECT toewijzingnummer, einddatum, sum({teken})::int AS aantal
    FROM prestatie WHERE gemeente = %(g)s AND toewijzingnummer = ANY(%(n)s::bigint[]) AND {telt_mee}
        AND (toegekend_volume IS NULL OR toegekend_volume > 0)
    GROUP BY toewijzingnummer, einddatum
    """,
    telt_mee=TELT_MEE,
    teken=TEKEN,
)
_DEBETTEN = Vraag(
    _Debet,
    """
    SELECT toewijzingnummer, begindatum, einddatum, categorie, productcode,
        sum({teken})::int AS aantal
    FROM prestatie WHERE gemeente = %(g)s AND toewijzingnummer = ANY(%(n)s::bigint[]) AND {telt_mee}
        AND begindatum = ANY(%(d)s::date[])
    GROUP BY toewijzingnummer, begindatum, einddatum, categorie, productcode
    """,
    telt_mee=TELT_MEE,
    teken=TEKEN,
)


class Eerder(NamedTuple):
    """What earlier lines mean for the lines of a declaration."""

    gebruik: dict[int, Gebruik]
    debetten: Counter[Debetsleutel]
    """Of the lines of the declaration: how many debit lines stand, not credited, for their product and period (TR389)."""


def load_eerder(verbinding: Connection, gemeente: str, toewijzingen: dict[int, Toewijzing], velden: Velden) -> Eerder:
    """Volume and amount used of each of these allocations, and what was billed on them over the periods of these lines.

    The second is asked only of allocations of which a line began on such a day or later: as a rule there is none, since a month is
    billed once.
    """
    sommen = _load_sommen(verbinding, gemeente, toewijzingen)
    laatste = {nummer: begin for nummer, *_, begin in sommen}
    gevraagd = [
        (nummer, begin)
        for nummer, begin in zip(velden["toewijzingnummer"], velden["begindatum"], strict=True)
        if begin <= laatste.get(nummer, date.min)
    ]
    debetten: Counter[Debetsleutel] = Counter()
    if gevraagd:
        nummers, begindatums = zip(*gevraagd, strict=True)
        waarden = {"g": gemeente, "n": sorted(set(nummers)), "d": sorted(set(begindatums))}
        debetten.update({rij[:5]: rij.aantal for rij in _DEBETTEN.all(verbinding, waarden)})
    return Eerder(_with_last_days(verbinding, gemeente, toewijzingen, sommen), debetten)


def load_gebruik(verbinding: Connection, gemeente: str, toewijzingen: dict[int, Toewijzing]) -> dict[int, Gebruik]:
    """Volume and amount used of each of these allocations; two queries, four where they are many."""
    return _with_last_days(verbinding, gemeente, toewijzingen, _load_sommen(verbinding, gemeente, toewijzingen))


def load_gebruik_tussen(
    verbinding: Connection, gemeente: str, toewijzingen: dict[int, Toewijzing], van: date, tot: date
) -> dict[int, Gebruik]:
    """The same of lines that begin between these days, both inclusive; without last days."""
    waarden = {"g": gemeente, "n": sorted(toewijzingen), "van": van, "tot": tot}
    return _add_up(toewijzingen, _SOMMEN_TUSSEN.all(verbinding, waarden))


_Sommen = Sequence[tuple[int, int, int, int, date]]
"""The fields of `_Som`: of ten thousands no objects are made."""


def _load_sommen(verbinding: Connection, gemeente: str, toewijzingen: Mapping[int, Toewijzing]) -> _Sommen:
    gevraagd = {"g": gemeente, "n": sorted(toewijzingen)}
    tot = hold_sums_for(verbinding, gemeente, len(toewijzingen))
    if tot is None:
        return _SOMMEN.all(verbinding, gevraagd)
    return list(zip(*_SOMMEN_VEEL.columns(verbinding, {**gevraagd, "tot": tot}), strict=True))


def _with_last_days(
    verbinding: Connection, gemeente: str, toewijzingen: dict[int, Toewijzing], sommen: _Sommen
) -> dict[int, Gebruik]:
    gebruik = _add_up(toewijzingen, sommen)
    open_ = sorted(nummer for nummer, item in toewijzingen.items() if item.einddatum is None)
    for dag in _LAATSTE_DAGEN.all(verbinding, {"g": gemeente, "n": open_}) if open_ else ():
        gebruik[dag.toewijzingnummer].count_day(dag.einddatum, dag.aantal)
    return gebruik


def _add_up(toewijzingen: dict[int, Toewijzing], sommen: _Sommen) -> dict[int, Gebruik]:
    return {
        nummer: Gebruik(in_counting_unit(toewijzingen[nummer], uren, UUR) + overig, bedrag)
        for nummer, uren, overig, bedrag, _ in sommen
    }
