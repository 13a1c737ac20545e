"""Several towns at once: what a service for many gemeenten gets, whose messages come mingled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TypeVar

from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.laad_referentie import SOORTEN, load_referentie
from berichten.voorbeelden.model.model import GEMEENTE
from berichten.voorbeelden.stad.stad import Stad, maak_stad

T = TypeVar("T")
GEMEENTEN = ("0344", "0363", "0484", "0518", "0599", "0014", "0034", "0080", "0106", "0114", "0141", "0150")
"""Codes in use in 2026."""


@dataclass(frozen=True, slots=True)
class Landbericht:
    """A message of one of the towns."""

    soort: str
    inhoud: bytes


@dataclass(frozen=True, slots=True)
class Land:
    """Messages in sending order, and what has to be loaded before them."""

    berichten: list[Landbericht]
    referentie: dict[str, str]
    """CSV text by name of the reference file, in the order in which they can be loaded."""


def maak_land(*, gemeenten: int, clienten: int, maanden: int, seed: int, tot: date, fouten: bool = True) -> Land:
    """Make so many towns of `clienten` clients, as `maak_stad` makes one: the order within a town stays, that between towns is
    a matter of chance. The same aanbieders and clients work and live in all of them."""
    steden = [
        maak_stad(clienten=clienten, maanden=maanden, seed=100 * seed + nummer, tot=tot, fouten=fouten)
        for nummer in range(gemeenten)
    ]
    codes = GEMEENTEN[:gemeenten]
    reeksen = [[move(item.soort, item.inhoud, code) for item in stad.berichten] for stad, code in zip(steden, codes, strict=True)]
    return Land(mingle(Random(seed), reeksen), join_references(zip(codes, steden, strict=True)))


def load_land(werkplaats: Werkplaats, land: Land) -> None:
    """Catalogue, contracts and what else the towns agreed."""
    for soort, tekst in land.referentie.items():
        if soort in SOORTEN:
            assert not load_referentie(werkplaats, soort, tekst.encode()).fouten


def mingle(rng: Random, reeksen: Sequence[Sequence[T]]) -> list[T]:
    """All of them, each sequence in its own order."""
    beurten = [nummer for nummer, reeks in enumerate(reeksen) for _ in reeks]
    rng.shuffle(beurten)
    lopend = [iter(reeks) for reeks in reeksen]
    return [next(lopend[nummer]) for nummer in beurten]


def move(soort: str, inhoud: bytes, gemeente: str) -> Landbericht:
    """A message of the sample town as another gemeente sends or gets it."""
    return Landbericht(soort, inhoud.replace(f">{GEMEENTE}<".encode(), f">{gemeente}<".encode()))


def join_references(steden: Iterable[tuple[str, Stad]]) -> dict[str, str]:
    """The reference files of towns, each under its gemeentecode, in one."""
    samen: dict[str, list[str]] = {}
    for code, stad in steden:
        for soort, tekst in stad.referentie.items():
            kop, *rijen = tekst.splitlines(keepends=True)
            samen.setdefault(soort, [kop]).extend(rij.replace(f"{GEMEENTE};", f"{code};", 1) for rij in rijen)
    return {soort: "".join(rijen) for soort, rijen in samen.items()}
