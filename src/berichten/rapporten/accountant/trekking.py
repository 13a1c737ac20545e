"""A sample that anybody can draw again: the same lines, seed and size give the same sample. Pure; amounts in cents.

`geldeenheden`: each cent has the same chance, so a line of an interval or more is always in. `posten`: each line has.
Evaluating a sample (projection, upper limit) is for the tools of the auditor, which read the file that comes of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NamedTuple

Methode = Literal["geldeenheden", "posten"]
MEESTE_GETROKKEN = 10_000
"""Units or lines of one sample: a larger one says no more, and its file would be the population's."""


class Populatiepost(NamedTuple):
    """A line of the population."""

    prestatie_id: int
    agb: str
    referentienummer: str
    bedrag: int


class Getrokken(NamedTuple):
    """A line that was drawn, once, however many units fell in it."""

    post: Populatiepost
    cumulatief: int
    """Sum of the population up to and including this line."""
    treffers: int


@dataclass(frozen=True, slots=True)
class Trekking:
    """What was drawn, in the order of the population, and by what."""

    regels: int
    """Lines of the population."""
    bedrag: int
    """N: their sum."""
    interval: int | None
    """I, of `geldeenheden`."""
    start: int | None
    """s, the first unit that was drawn."""
    getrokken: tuple[Getrokken, ...]


class TeGroot(ValueError):
    """More is asked than there is; the message is Dutch."""


def order(posten: Sequence[Populatiepost]) -> list[Populatiepost]:
    """By AGB code and reference, in byte order."""
    return sorted(posten, key=lambda post: (post.agb.encode(), post.referentienummer.encode(), post.prestatie_id))


def draw(posten: Sequence[Populatiepost], methode: Methode, aantal: int, zaad: str) -> Trekking:
    """`posten` in their order (`order`), each of more than nothing. Raises TeGroot."""
    if aantal > MEESTE_GETROKKEN:
        raise TeGroot(f"U vraagt er {aantal}; een steekproef heeft er ten hoogste {MEESTE_GETROKKEN}. Vraag er minder.")
    if methode == "posten":
        return _draw_lines(posten, aantal, zaad)
    return _draw_units(posten, aantal, zaad)


def _draw_units(posten: Sequence[Populatiepost], aantal: int, zaad: str) -> Trekking:
    """Units s, s + I, … s + (n - 1) I; a unit is in the line whose cents it is of."""
    som = sum(post.bedrag for post in posten)
    if aantal > som:
        raise TeGroot(
            f"U vraagt {aantal} geldeenheden, en de populatie is samen {som} cent. Vraag er minder, of kies een ander jaar."
        )
    interval = som // aantal
    start = 1 + _number(f"{zaad}|{som}|{aantal}") % interval
    laatste = start + (aantal - 1) * interval
    getrokken, voor = [], 0
    for post in posten:
        tot = voor + post.bedrag
        treffers = _units_up_to(min(tot, laatste), start, interval) - _units_up_to(min(voor, laatste), start, interval)
        if treffers:
            getrokken.append(Getrokken(post, tot, treffers))
        voor = tot
    return Trekking(len(posten), som, interval, start, tuple(getrokken))


def _units_up_to(cent: int, start: int, interval: int) -> int:
    """How many of the units lie among the first so many cents."""
    return 0 if cent < start else (cent - start) // interval + 1


def _draw_lines(posten: Sequence[Populatiepost], aantal: int, zaad: str) -> Trekking:
    """The first n by the hash of seed and line; told in the order of the population."""
    if aantal > len(posten):
        raise TeGroot(f"U vraagt {aantal} regels, en de populatie heeft er {len(posten)}. Vraag er minder, of kies een ander jaar.")
    gekozen = set(sorted(posten, key=lambda post: _digest(f"{zaad}|{post.agb}|{post.referentienummer}"))[:aantal])
    getrokken, som = [], 0
    for post in posten:
        som += post.bedrag
        if post in gekozen:
            getrokken.append(Getrokken(post, som, 1))
    return Trekking(len(posten), som, None, None, tuple(getrokken))


def _digest(tekst: str) -> bytes:
    return sha256(tekst.encode()).digest()


def _number(tekst: str) -> int:
    """The first sixteen hexadecimals of its hash."""
    return int(sha256(tekst.encode()).hexdigest()[:16], 16)
