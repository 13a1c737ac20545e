"""What was used of allocations: sums over the lines awarded or held, reckoned each time from the lines themselves.

Lines of a JW303 and of a JW323 count alike; of a line that was awarded in part only that part counts.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, text

from berichten.dossier.dossier import Debetsleutel, Gebruik, Toewijzing, in_counting_unit

_SOMMEN = text("""
    SELECT toewijzingnummer, eenheid,
        sum(CASE WHEN credit THEN -coalesce(toegekend_volume, volume) ELSE coalesce(toegekend_volume, volume) END)::bigint,
        sum(coalesce(toegekend_bedrag, bedrag))::bigint
    FROM prestatie
    WHERE gemeente = :g AND toewijzingnummer = ANY(cast(:n AS bigint[])) AND uitkomst IN ('toegekend', 'ter_beoordeling')
    GROUP BY toewijzingnummer, eenheid
""")
_LAATSTE_DAGEN = text("""
    SELECT toewijzingnummer, einddatum, sum(CASE WHEN credit THEN -1 ELSE 1 END)::int
    FROM prestatie
    WHERE gemeente = :g AND toewijzingnummer = ANY(cast(:n AS bigint[])) AND uitkomst IN ('toegekend', 'ter_beoordeling')
        AND (toegekend_volume IS NULL OR toegekend_volume > 0)
    GROUP BY toewijzingnummer, einddatum
""")
_DEBETTEN = text("""
    SELECT toewijzingnummer, begindatum, einddatum, categorie, productcode, sum(CASE WHEN credit THEN -1 ELSE 1 END)::int
    FROM prestatie
    WHERE gemeente = :g AND toewijzingnummer = ANY(cast(:n AS bigint[])) AND begindatum = ANY(cast(:d AS date[]))
        AND uitkomst IN ('toegekend', 'ter_beoordeling')
    GROUP BY toewijzingnummer, begindatum, einddatum, categorie, productcode
""")


def load_gebruik(verbinding: Connection, gemeente: str, toewijzingen: dict[int, Toewijzing]) -> dict[int, Gebruik]:
    """Volume and amount used of each of these allocations; two queries."""
    gebruik: dict[int, Gebruik] = {}
    for nummer, eenheid, volume, bedrag in verbinding.execute(_SOMMEN, {"g": gemeente, "n": sorted(toewijzingen)}):
        item = gebruik.setdefault(nummer, Gebruik())
        item.volume += in_counting_unit(toewijzingen[nummer], volume, eenheid)
        item.bedrag += bedrag
    open_ = sorted(nummer for nummer, item in toewijzingen.items() if item.einddatum is None)
    for nummer, einddatum, aantal in verbinding.execute(_LAATSTE_DAGEN, {"g": gemeente, "n": open_}) if open_ else ():
        gebruik[nummer].laatste_dagen[einddatum] = aantal
    return gebruik


def load_debetten(
    verbinding: Connection, gemeente: str, toewijzingnummers: Iterable[int], begindatums: Iterable[date]
) -> Counter[Debetsleutel]:
    """How many debit lines stand, not credited, for each product and period that begins on one of these days (TR389)."""
    rijen = verbinding.execute(
        _DEBETTEN, {"g": gemeente, "n": sorted(set(toewijzingnummers)), "d": sorted(set(begindatums))}
    )  # fmt: skip
    return Counter({(rij[0], rij[1], rij[2], rij[3], rij[4]): rij[5] for rij in rijen})
