"""Why a line waits in a few words, for a list: a title, and the numbers that decided. The full sentence is told with the line."""

from collections.abc import Mapping
from typing import Any

from berichten.kern.tekst import fill

_KORT: dict[str, tuple[str, tuple[str, ...]]] = {
    "DA01": ("No-show gedeclareerd", ("{minuten:minuten}",)),
    "DA02": ("Hoger niveau dan gezinsplan", ("{niveau}, gevraagd {benodigd}",)),
    "DA03": ("Lager niveau zonder akkoord", ("{niveau}, gevraagd {benodigd}",)),
    "DA04": ("Niet aan cliënt besteed", ("{minuten:minuten}",)),
    "DA05": ("Niet bevoegd genoeg", ("{minuten:minuten} door {gevonden}, {vereist} vereist", "{minuten:minuten} onder {niveau}")),
    "DA06": ("Niet verantwoord", ("{minuten:minuten}",)),
    "DA07": ("Te laat gedeclareerd", ()),
    "DA09": ("Budget bijna op", ("{procent} procent gebruikt",)),
    "DA10": ("Buiten kader", ("{kader}",)),
    "DA11": ("Leeftijd", ("{leeftijd} jaar", "18 jaar geworden binnen de regel")),
    "DA12": ("Boven bestedingsruimte", ("{te_veel:euro}",)),
    "DA13": ("Buiten gemelde leverperiode", ()),
    "DA14": ("Meer dan in de periode past", ("{volume}, {hoogstens} past",)),
    "DA15": ("Niet in het contract", ("product {code}",)),
    "DA18": ("Past niet bij prijs van fte", ("{jaarprijs:euro} per jaar",)),
    "TR384": ("Toewijzing verwijderd", ()),
    "VZ01": ("Geen contract", ("{product}",)),
    "VZ02": ("Past niet in contract", ()),
    "VZ03": ("Heeft de cliënt al", ("toewijzing {nummers}",)),
    "VZ04": ("Leeftijd", ("{leeftijd} jaar",)),
    "VZ05": ("Gaat in voor ontvangst", ("{ingangsdatum}",)),
    "VZ06": ("Te weinig voor wat is gedeclareerd", ()),
    "VZ07": ("Datum past niet bij toewijzing", ("{ingangsdatum}",)),
    "VZ08": ("Meer dan norm of kader", ()),
    "VZ09": ("Geen verwijzing of beschikking", ()),
    "VZ10": ("Ook hulp van een ander", ("categorie {categorie}",)),
    "VZ11": ("Maatregel in wijziging", ("{omschrijving}",)),
    "VZ15": ("Nieuwe cliënt in cliëntenstop", ("sinds {van}",)),
}
"""By rule its title, and of what may stand behind it the first of which the numbers are there."""


def title_of(regel: str) -> str | None:
    """What is the matter in two to five words; None for a rule of which only the full sentence is there."""
    return _KORT[regel][0] if regel in _KORT else None


def tell_numbers(regel: str, gegevens: Mapping[str, Any]) -> str:
    """What stands behind the title; empty where the title says all."""
    for sjabloon in _KORT[regel][1] if regel in _KORT else ():
        try:
            return fill(sjabloon, gegevens)
        except KeyError:
            continue
    return ""


def tell_short(regel: str, gegevens: Mapping[str, Any]) -> str | None:
    """Both in one line; None for a rule of which only the full sentence is there."""
    titel, getallen = title_of(regel), tell_numbers(regel, gegevens)
    return f"{titel}: {getallen}" if titel and getallen else titel
