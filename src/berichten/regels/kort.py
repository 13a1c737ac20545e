"""Why a line waits in a few words, for a list: by the gemeente's own rules, of which the full sentence is told with the line."""

from collections.abc import Mapping
from typing import Any

from berichten.kern.tekst import fill

_KORT: dict[str, tuple[str, ...]] = {
    "DA01": ("No-show van {minuten:minuten}",),
    "DA02": ("{niveau} gedeclareerd, gezinsplan vraagt {benodigd}",),
    "DA03": ("{niveau} gedeclareerd zonder akkoord, gezinsplan vraagt {benodigd}",),
    "DA04": ("{minuten:minuten} niet-cliëntgebonden of afgezegd",),
    "DA05": ("{minuten:minuten} door iemand {gevonden}, {vereist} vereist", "{minuten:minuten} geleverd onder niveau {niveau}"),
    "DA06": ("{minuten:minuten} niet vastgelegd",),
    "DA07": ("Na de afgesproken termijn gedeclareerd",),
    "DA09": ("{procent} procent van het budget gebruikt",),
    "DA10": ("Meer of langer dan kader '{kader}' toelaat",),
    "DA11": ("Cliënt was {leeftijd} jaar", "18 jaar geworden binnen de regel"),
    "DA12": ("{te_veel:euro} boven de afgesproken ruimte",),
    "DA13": ("Buiten de gemelde leverperiode",),
    "DA14": ("{volume} gedeclareerd, {hoogstens} past",),
    "DA15": ("Product {code} staat niet in het contract",),
    "DA18": ("Past niet bij de prijs van een fte ({jaarprijs:euro} per jaar)",),
}
"""By rule: the first of these whose numbers are all there is told."""


def tell_short(regel: str, gegevens: Mapping[str, Any]) -> str | None:
    """A few words; None for a rule of which only the full sentence is there."""
    for sjabloon in _KORT.get(regel, ()):
        try:
            return fill(sjabloon, gegevens)
        except KeyError:
            continue
    return None
