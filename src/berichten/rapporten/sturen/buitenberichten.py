"""What was paid for care outside the messages, by month of care: a source of its own beside the journal. Pure; in cents."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from berichten.kern.kalender import einde_of_maand, list_maanden
from berichten.kern.rekenen import spread
from berichten.opslag.kwartaal.facturen import BETAALD, Factuur


def spread_facturen(facturen: Iterable[Factuur]) -> dict[date, int]:
    """By first day of the month, of what is paid: by days of care with cumulative rounding, so months add up to the invoice."""
    per_maand: defaultdict[date, int] = defaultdict(int)
    for item in facturen:
        if item.status == BETAALD:
            maanden = list_maanden(item.zorg_van, item.zorg_tot)
            dagen = [(min(item.zorg_tot, einde_of_maand(maand)) - max(item.zorg_van, maand)).days + 1 for maand in maanden]
            for maand, deel in zip(maanden, spread(item.bedrag, dagen), strict=True):
                per_maand[maand] += deel
    return dict(per_maand)


def sum_between(per_maand: Mapping[date, int], van: date, tot: date) -> int:
    """Of the months from `van` to `tot`, both included."""
    return sum(bedrag for maand, bedrag in per_maand.items() if van <= maand <= tot)
