"""Which awarded lines no longer fit an allocation that became shorter, lower or less. Pure; nothing is undone by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from berichten.dossier.dossier import StaandePrestatie, Toewijzing, in_counting_unit
from berichten.dossier.volumes import counted, most_in_all, most_in_periode


@dataclass(frozen=True, slots=True)
class BuitenPrestatie:
    """A line outside its allocation, and the rules of the standard that would reject it now."""

    prestatie: StaandePrestatie
    regels: tuple[str, ...]


REDENEN = {
    "TR307": "begint buiten de toewijzing",
    "TR308": "eindigt na de toewijzing",
    "TR321": "meer dan in de periode mag",
    "TR322": "het volume is op",
    "TR369": "het budget is op",
    "TR384": "de toewijzing is verwijderd",
}
"""The same rules in a few words."""


def find_outside(toewijzing: Toewijzing, staand: Sequence[StaandePrestatie]) -> list[BuitenPrestatie]:
    """Lines that lie outside the allocation as it stands, in the order in which they came (TR307, TR308, TR321, TR322, TR369).

    Lines that fit are counted first come, first served: the last ones are those for which nothing is left.
    """
    tot = max((item.einddatum for item in staand), default=toewijzing.ingangsdatum)
    alles = most_in_all(toewijzing, tot)
    ruimte = None if alles is None else counted(toewijzing, alles.volume)
    volume = bedrag = 0
    gevonden = []
    for item in staand:
        regels = list(_outside_period(toewijzing, item))
        eigen = in_counting_unit(toewijzing, item.volume, item.eenheid)
        if ruimte is not None and volume + eigen > ruimte:
            regels.append("TR322")
        if toewijzing.budget is not None and bedrag + item.bedrag > toewijzing.budget:
            regels.append("TR369")
        if regels:
            gevonden.append(BuitenPrestatie(item, tuple(regels)))
        else:
            volume, bedrag = volume + eigen, bedrag + item.bedrag
    return gevonden


def _outside_period(toewijzing: Toewijzing, item: StaandePrestatie) -> Iterable[str]:
    if toewijzing.verwijderd:
        yield "TR384"
        return
    if item.begindatum < toewijzing.ingangsdatum or (toewijzing.einddatum is not None and item.begindatum > toewijzing.einddatum):
        yield "TR307"
    if toewijzing.einddatum is not None and item.einddatum > toewijzing.einddatum:
        yield "TR308"
    maximum = most_in_periode(toewijzing, item.begindatum, item.einddatum)
    if maximum is not None and in_counting_unit(toewijzing, item.volume, item.eenheid) > counted(toewijzing, maximum.volume):
        yield "TR321"
