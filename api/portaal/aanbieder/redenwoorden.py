"""Why a line was not awarded, as its aanbieder reads it: what stands in the line beside what would have fitted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.portaal.schil.opmaak import datum, euro, hoeveelheid
from berichten.inzage.berichten.declaraties import Redengroep, Redenregel

UITKOMSTEN = {
    "toegekend": ("Toegekend", "groen"),
    "afgewezen": ("Afgewezen", "rood"),
    "niet_beoordeeld": ("Niet beoordeeld", "rood"),
    "ter_beoordeling": ("Wacht op de gemeente", "oranje"),
}
"""What became of a line, in words, and the colour of its badge."""
STRAKS = {
    "toegekend": ("Wordt toegekend", "groen"),
    "afgewezen": ("Wordt afgewezen", "rood"),
    "niet_beoordeeld": ("Wordt niet beoordeeld", "rood"),
    "ter_beoordeling": ("Gaat naar een beoordelaar", "oranje"),
}
"""The same of a line that was only tried."""
_ORDE = ("afgewezen", "niet_beoordeeld", "ter_beoordeling")

Woord = Callable[[Any], str]


def _as_minuten(waarde: Any) -> str:
    return hoeveelheid(waarde, "01")


def _as_dag(waarde: Any) -> str:
    return datum(date.fromisoformat(waarde))


_MINUTEN = (("gedeclareerd", _as_minuten), ("clientgebonden", _as_minuten))
_VOLUME = (("gevraagd", str), ("over", str))
_NIVEAU = (("niveau", str), ("benodigd", str))
_PAST: dict[str, tuple[tuple[str, Woord], tuple[str, Woord]]] = {
    "TR321": _VOLUME,
    "TR322": _VOLUME,
    "TR369": (("gevraagd", euro), ("over", euro)),
    "TR307": (("begindatum", _as_dag), ("ingangsdatum", _as_dag)),
    "TR308": (("einddatum", _as_dag), ("einde_toewijzing", _as_dag)),
    "TR339": (("categorie", str), ("toegewezen", str)),
    "TR340": (("code", str), ("toegewezen", str)),
    "TR341": (("eenheid", str), ("verwacht", str)),
    "TR346": (("bedrag", euro), ("verwacht", euro)),
    "TR387": (("begindatum", _as_dag), ("verwacht", _as_dag)),
    "TR388": (("einddatum", _as_dag), ("verwacht", _as_dag)),
    "TR418": (("tarief", euro), ("afgesproken", str)),
    "DA01": _MINUTEN,
    "DA02": _NIVEAU,
    "DA03": _NIVEAU,
    "DA04": _MINUTEN,
    "DA06": _MINUTEN,
    "DA14": (("volume", str), ("hoogstens", str)),
}
"""By rule: which of its numbers stands in the line, and which would have fitted; absent where no one number would have."""


_KOPPEN = {
    "DA01": "No-show gedeclareerd",
    "DA02": "Hoger niveau dan het gezinsplan vraagt",
    "DA03": "Lager niveau dan het gezinsplan vraagt",
    "DA04": "Tijd gedeclareerd die niet aan de cliënt is besteed",
    "DA05": "Niveau of registratie past niet bij wie de hulp gaf",
    "DA06": "Meer gedeclareerd dan in de verantwoording staat",
    "DA07": "Later gedeclareerd dan afgesproken",
    "DA08": "Vraagt een besluit van de gemeente",
    "DA09": "Het budget raakt op",
    "DA10": "Meer of langer dan het kader toelaat",
    "DA11": "Leeftijd past niet bij het product",
    "DA12": "De bestedingsruimte is overschreden",
    "DA13": "Buiten de gemelde start en stop",
    "DA14": "Meer dan in de periode past",
    "DA15": "Product staat niet in uw contract",
    "DA18": "Bedrag past niet bij het aantal fte",
}
"""The reason in a few words, for rules of the gemeente's own; those of the standard have the words of their retourcode."""


@dataclass(frozen=True, slots=True)
class Redenblokregel:
    """A line of a group, with its numbers beside each other."""

    regel: Redenregel
    staat: str
    kan: str
    bevonden: str
    """What was found, without the advice that stands above the group."""


@dataclass(frozen=True, slots=True)
class Redenblok:
    """Lines with one reason, as one card."""

    groep: Redengroep
    kop: str
    uitkomst: str
    kleur: str
    vergelijkt: bool
    """Whether what stands and what fits can be told."""
    regels: tuple[Redenblokregel, ...]
    meer: int
    """How many lines there are besides these."""


def make_blokken(groepen: list[Redengroep], woorden: Mapping[str, tuple[str, str]] = UITKOMSTEN) -> list[Redenblok]:
    """What was rejected first, what waits for the gemeente last; the largest group of each first."""
    return [_block(groep, woorden) for groep in sorted(groepen, key=lambda groep: _ORDE.index(groep.uitkomst))]


def compare(regel: str | None, gegevens: Mapping[str, Any]) -> tuple[str, str] | None:
    """What stands in the line and what fits; None for a rule that is not about one number."""
    if regel is None or regel not in _PAST:
        return None
    paar = [tell(gegevens[naam]) if gegevens.get(naam) is not None else "" for naam, tell in _PAST[regel]]
    return (paar[0], paar[1]) if all(paar) else None


def _block(groep: Redengroep, woorden: Mapping[str, tuple[str, str]]) -> Redenblok:
    uitkomst, kleur = woorden[groep.uitkomst]
    regels = tuple(_line(groep, regel) for regel in groep.regels)
    return Redenblok(
        groep,
        kop=_head(groep),
        uitkomst=uitkomst,
        kleur=kleur,
        vergelijkt=any(regel.kan for regel in regels),
        regels=regels,
        meer=groep.aantal - len(regels),
    )


_TECHNISCH = "0001"
"""A code that says no more than that the message is rejected."""


def _head(groep: Redengroep) -> str:
    """The reason in a few words."""
    woorden = None if groep.retourcode == _TECHNISCH else groep.retourcode_tekst
    return _KOPPEN.get(groep.regel or "") or woorden or groep.titel.rstrip(".")


def _line(groep: Redengroep, regel: Redenregel) -> Redenblokregel:
    staat, kan = compare(groep.regel, regel.gegevens) or ("", "")
    return Redenblokregel(regel, staat, kan, (regel.melding or "").removesuffix(groep.wat_te_doen).strip())
