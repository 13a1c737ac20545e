"""Ten packages of help that between them hold every variant of an allocation that iJw 3.2 allows.

Every unit with every Frequentie that it may have (CS338), category with budget, budget only, with and without Einddatum, and
every way in which a delivery may run. Client n gets package n modulo ten. Within one package and provider nothing overlaps (TR302).
"""

from dataclasses import dataclass
from typing import Literal

Soort = Literal["specifiek", "aspecifiek", "generiek"]
Looptijd = Literal["crisis", "kort", "half", "jaar", "open"]
"""Four weeks; until the 14th two months on; half a year; a year; no Einddatum."""
Verloop = Literal["gewoon", "vroeg", "pauze", "pauze_einde"]
"""To the end; stopped early; a temporary stop and a new start; a temporary stop that became a definitive one."""
Wijziging = Literal["verlengd", "verhoogd", "verwijderd"]


@dataclass(frozen=True, slots=True)
class Pakketdeel:
    """One allocation of a package. Volume and frequency count only for the specific ones."""

    codes: tuple[str, ...]
    volume: int = 0
    eenheid: str = ""
    frequentie: str = ""
    looptijd: Looptijd = "half"
    soort: Soort = "specifiek"
    midden: bool = False
    """Begins within a month instead of on its first day."""
    tweede_aanbieder: bool = False
    verloop: Verloop = "gewoon"
    wijziging: Wijziging | None = None
    niveau: str = ""
    """Education level; empty for any that the codes share."""
    in_minuten: bool = False
    """Billed in minutes though the contract's tariff is hourly."""


PAKKETTEN: tuple[tuple[Pakketdeel, ...], ...] = (
    (
        Pakketdeel(("45A03",), 3, "04", "2", "kort"),
        Pakketdeel(("42A01",), 20, "84", "4", "open"),
        Pakketdeel(("50A02",), 85_000, "83", "4", "half"),
    ),
    (
        Pakketdeel(("45A48",), 8, "04", "4", "half", niveau="HBO", in_minuten=True, verloop="pauze"),
        Pakketdeel(("41A05",), 4, "16", "2", "jaar"),
        Pakketdeel(("50A01",), 6, "82", "6", "half"),
    ),
    (
        Pakketdeel(("45A04",), looptijd="half", soort="aspecifiek", midden=True, in_minuten=True, wijziging="verhoogd"),
        Pakketdeel(("54001",), 90, "04", "6", "jaar", niveau="WO", in_minuten=True),
        Pakketdeel(("42A01",), 6, "84", "2", "half", midden=True),
    ),
    (
        Pakketdeel(("45A04", "54001"), looptijd="jaar", soort="generiek", in_minuten=True),
        Pakketdeel(("44A09",), 7, "14", "2", "half", tweede_aanbieder=True, verloop="vroeg"),
        Pakketdeel(("45A52",), 150, "01", "2", "half", tweede_aanbieder=True, midden=True),
    ),
    (
        Pakketdeel(("41A05",), 16, "16", "4", "open"),
        Pakketdeel(("45A04",), 1, "04", "1", "half", midden=True),
        Pakketdeel(("50A02",), 480_000, "83", "6", "half"),
        Pakketdeel(("45A48",), 6, "04", "4", "half", wijziging="verwijderd"),
    ),
    (
        Pakketdeel(("54002",), looptijd="jaar", soort="aspecifiek", in_minuten=True),
        Pakketdeel(("45A52",), 3600, "01", "6", "half", wijziging="verhoogd"),
        Pakketdeel(("50A01",), 2, "82", "4", "jaar"),
    ),
    (
        Pakketdeel(("43A12",), 26, "14", "4", "half"),
        Pakketdeel(("53001",), 10, "01", "1", "open"),
        Pakketdeel(("42A01",), 120, "84", "6", "half"),
    ),
    (
        Pakketdeel(("53001",), 240, "01", "4", "kort", wijziging="verlengd"),
        Pakketdeel(("41A05",), 140, "16", "6", "jaar", midden=True),
        Pakketdeel(("50A02",), 19_500, "83", "2", "half"),
    ),
    (
        Pakketdeel(("45A04", "45A48"), looptijd="half", soort="aspecifiek", in_minuten=True),
        Pakketdeel(("50A01",), 1, "82", "1", "open"),
        Pakketdeel(("44A09",), 150, "14", "6", "half", tweede_aanbieder=True, verloop="pauze_einde"),
    ),
    (
        Pakketdeel(("46A01",), 20, "04", "4", "crisis", midden=True),
        Pakketdeel(("50A01",), 1, "82", "2", "half", midden=True),
        Pakketdeel(("54001",), looptijd="jaar", soort="aspecifiek", in_minuten=True, tweede_aanbieder=True),
    ),
)
