"""When a signal fires: thresholds of a gemeente, each from a day on; else those of STUREN 5 (M27). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from berichten.dossier.contract import is_valid_on
from berichten.kern.rekenen import divide


@dataclass(frozen=True, slots=True)
class Drempel:
    """`aantal` is how many (of S8 how many days ahead), `promille` which part, in tenths of percents; None where it has none."""

    aantal: int | None = None
    promille: int | None = None


@dataclass(frozen=True, slots=True)
class Drempelrij:
    """A threshold as a gemeente loaded it, in force on both its days; what is None stays as it is ordinarily."""

    signaal: str
    aantal: int | None
    procent: int | None
    """In tenths of percents."""
    ingangsdatum: date
    einddatum: date | None


GEWOON = {
    "S1": Drempel(3, 100),
    "S2": Drempel(10, 100),
    "S3": Drempel(20, 50),
    "S4": Drempel(3),
    "S5": Drempel(3),
    "S6": Drempel(20, 800),
    "S7": Drempel(None, 1000),
    "S8": Drempel(60),
    "S9": Drempel(),
    "S10": Drempel(),
    "DA22": Drempel(1),
}
"""Where the gemeente has set nothing."""
INSTELBAAR = tuple(soort for soort, drempel in GEWOON.items() if drempel != Drempel())
"""Signals of which a gemeente may set the threshold."""


def find_drempels(rijen: Iterable[Drempelrij], dag: date) -> dict[str, Drempel]:
    """By signal, what holds on this day."""
    drempels = dict(GEWOON)
    for rij in rijen:
        if rij.signaal in drempels and is_valid_on(rij.ingangsdatum, rij.einddatum, dag):
            gewoon = GEWOON[rij.signaal]
            aantal = gewoon.aantal if rij.aantal is None else rij.aantal
            promille = gewoon.promille if rij.procent is None else rij.procent
            drempels[rij.signaal] = Drempel(aantal, promille)
    return drempels


def percent_text(teller: int, noemer: int) -> str:
    """`12,5%`: one decimal, halves away from zero; `–` of nothing."""
    return "–" if noemer <= 0 else promille_text(divide(1000 * teller, noemer))


def promille_text(promille: int) -> str:
    """Tenths of percents as `10,0%`."""
    return f"{promille // 10},{promille % 10}%"


def is_more(teller: int, noemer: int, promille: int | None) -> bool:
    """Whether the part is more than so much; reckoned without rounding."""
    return promille is None or 1000 * teller > promille * noemer


def is_least(teller: int, noemer: int, promille: int | None) -> bool:
    """Whether the part is as much or more; reckoned without rounding."""
    return promille is None or 1000 * teller >= promille * noemer
