"""Tables 3b and 4a: cost and unique clients by age from 18 on, and by referrer. Pure."""

from enum import StrEnum

from berichten.kern.rekenen import divide
from berichten.rapporten.monitor.clienten import NIET_BEKEND, TOTAAL, VOLWASSENEN, Cel, Cijfer, Clientcijfers
from berichten.rapporten.monitor.herkomst import REFERRERS, WIJZIGING
from berichten.rapporten.monitor.tabel import OP_ZORGMAAND, Tabel, Waarde, euros, per_client, show

VERWIJZERS = (NIET_BEKEND, *sorted({*REFERRERS.values(), WIJZIGING}))
"""Referrers in the order and by the names of the region's report."""


class Vorm(StrEnum):
    """How table 3b is given out: so that no small count can be reckoned from it, or as the region published it over 2024."""

    VEILIG = "veilig"
    PUBLICATIE2024 = "publicatie2024"
    """Shows cost per client beside `≤5`. Cost divided by it is the count: this form gives small counts away."""


def make_tabel3b(cijfers: Clientcijfers, vorm: Vorm = Vorm.VEILIG) -> Tabel:
    """By age in whole years on the first day of the month of care. Clients without a known birth date are in no row."""
    leeftijden = sorted(int(groep) for soort, groep, _ in cijfers if soort == "leeftijd")
    rijen = [(leeftijd, *_figures(cijfers[("leeftijd", str(leeftijd), "")], vorm)) for leeftijd in leeftijden]
    return _with_total("tabel3b", "leeftijd", rijen, cijfers, VOLWASSENEN, vorm)


def make_tabel4a(cijfers: Clientcijfers) -> Tabel:
    """By who referred to the care of the allocation (`herkomst`); `Niet bekend` where nothing tells."""
    rijen: list[tuple[Waarde, ...]] = [
        (naam, *_figures(cijfers[cel], Vorm.VEILIG)) for naam in VERWIJZERS if (cel := ("verwijzer", naam, "")) in cijfers
    ]
    return _with_total("tabel4a", "verwijzer", rijen, cijfers, TOTAAL, Vorm.VEILIG)


def _with_total(naam: str, kolom: str, rijen: list[tuple[Waarde, ...]], cijfers: Clientcijfers, totaal: Cel, vorm: Vorm) -> Tabel:
    onder = [("Totaal", *_figures(cijfers[totaal], vorm))] if totaal in cijfers else []
    return Tabel(naam, (kolom, "bedrag_euro", "unieke_clienten", "kosten_per_client"), (*rijen, *onder), (OP_ZORGMAAND,))


def _figures(cijfer: Cijfer, vorm: Vorm) -> tuple[Waarde, ...]:
    kosten = per_client(cijfer.bedrag, cijfer.aantal, cijfer.teken)
    if vorm is Vorm.PUBLICATIE2024:
        kosten = divide(cijfer.bedrag, 100 * cijfer.aantal)
    return euros(cijfer.bedrag), show(cijfer.aantal, cijfer.teken), kosten
