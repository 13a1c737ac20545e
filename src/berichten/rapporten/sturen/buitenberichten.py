"""What was paid for care outside the messages, by month of care: a source of its own beside the journal. Pure; in cents."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from berichten.kern.kalender import einde_of_maand, list_maanden
from berichten.opslag.kwartaal.facturen import BETAALD, Factuur
from berichten.rapporten.toewijzing.verplichting import in_days


def spread_facturen(facturen: Iterable[Factuur], van: date, tot: date) -> dict[date, int]:
    """By first day of the month, of what is paid, in the months from `van` to `tot` (first and last day of a month).

    By days of care with cumulative rounding, so all months of an invoice add up to it.
    """
    per_maand: defaultdict[date, int] = defaultdict(int)
    for item in facturen:
        if item.status == BETAALD:
            for maand in list_maanden(max(van, item.zorg_van), min(tot, item.zorg_tot)):
                per_maand[maand] += in_days(item.bedrag, item.zorg_van, item.zorg_tot, maand, einde_of_maand(maand))
    return dict(per_maand)


def sum_between(per_maand: Mapping[date, int], van: date, tot: date) -> int:
    """Of the months from `van` to `tot`, both included."""
    return sum(bedrag for maand, bedrag in per_maand.items() if van <= maand <= tot)
