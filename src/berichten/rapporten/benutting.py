"""How much of an allocation is used: allocated, awarded, held and remaining, in its own unit and in cents."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from berichten.regels.dossier import Toewijzing, in_counting_unit
from berichten.regels.volumes import counted, counting_unit, most_in_all


@dataclass(frozen=True, slots=True)
class Benutting:
    """Volumes in `eenheid` (minutes for an allocation in hours), amounts in eurocents; None is no limit."""

    eenheid: str | None
    toegewezen_volume: int | None
    """Over the whole allocation; one without Einddatum up to today or the last line, whichever is later."""
    toegekend_volume: int
    aangehouden_volume: int
    resterend_volume: int | None
    budget: int | None
    toegekend_bedrag: int
    aangehouden_bedrag: int
    resterend_budget: int | None


_SOMMEN = text("""
    SELECT uitkomst, eenheid,
        sum(CASE WHEN credit THEN -coalesce(toegekend_volume, volume) ELSE coalesce(toegekend_volume, volume) END)::bigint,
        sum(coalesce(toegekend_bedrag, bedrag))::bigint, max(einddatum)
    FROM prestatie
    WHERE gemeente = :g AND toewijzingnummer = :n AND uitkomst IN ('toegekend', 'ter_beoordeling')
    GROUP BY uitkomst, eenheid
""")


def read_benutting(verbinding: Connection, gemeente: str, toewijzing: Toewijzing, vandaag: date) -> Benutting:
    """Reckoned from the lines themselves, as far as the transaction may see them."""
    volume, bedrag = {"toegekend": 0, "ter_beoordeling": 0}, {"toegekend": 0, "ter_beoordeling": 0}
    tot = vandaag
    for uitkomst, eenheid, som, centen, laatste in verbinding.execute(_SOMMEN, {"g": gemeente, "n": toewijzing.toewijzingnummer}):
        volume[uitkomst] += in_counting_unit(toewijzing, som, eenheid)
        bedrag[uitkomst] += centen
        tot = max(tot, laatste)
    maximum = most_in_all(toewijzing, tot)
    toegewezen = None if maximum is None else counted(toewijzing, maximum.volume)
    gebruikt, besteed = sum(volume.values()), sum(bedrag.values())
    return Benutting(
        eenheid=counting_unit(toewijzing) or None,
        toegewezen_volume=toegewezen,
        toegekend_volume=volume["toegekend"],
        aangehouden_volume=volume["ter_beoordeling"],
        resterend_volume=None if toegewezen is None else toegewezen - gebruikt,
        budget=toewijzing.budget,
        toegekend_bedrag=bedrag["toegekend"],
        aangehouden_bedrag=bedrag["ter_beoordeling"],
        resterend_budget=None if toewijzing.budget is None else toewijzing.budget - besteed,
    )
