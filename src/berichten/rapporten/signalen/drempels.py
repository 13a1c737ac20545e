"""When a signal fires: thresholds as the gemeente set them; else those of STUREN 5 (M27). Pure."""

from dataclasses import dataclass

from berichten.kern.rekenen import divide
from berichten.rapporten.ingesteld.instelcatalogus import CATALOGUS
from berichten.rapporten.ingesteld.instelstand import Instelstand


@dataclass(frozen=True, slots=True)
class Drempel:
    """`aantal` is how many (of S8 how many days ahead), `promille` which part, in tenths of percents; None where it has none."""

    aantal: int | None = None
    promille: int | None = None


SOORTEN = ("S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10", "DA22")
"""Every signal."""


def find_drempels(stand: Instelstand) -> dict[str, Drempel]:
    """By signal, what holds; S9 and S10 have no number."""
    namen = {soort: soort.lower() for soort in SOORTEN}
    return {soort: Drempel(_number(stand, f"{naam}_aantal"), _number(stand, f"{naam}_procent")) for soort, naam in namen.items()}


def _number(stand: Instelstand, naam: str) -> int | None:
    return stand.number(naam) if naam in CATALOGUS else None


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
