"""How much of a held line is at stake: what the gemeente would not have paid when every finding on it is right. Pure; eurocents."""

from collections.abc import Iterable, Mapping
from typing import Any

from berichten.dossier.contract import MINUUT, UUR

_TE_VEEL_MINUTEN = ("DA01", "DA04", "DA06")
"""Rules that tell how many minutes were billed too many: each others than those of the other two."""
_DEEL = {"DA02": "verschil", "DA12": "te_veel"}
"""What a rule calls the eurocents that are too many: above the price of the needed level, above what may be spent."""
_MINUTEN_PER = {MINUUT: 1, UUR: 60}


def at_stake(bevindingen: Iterable[tuple[str, Mapping[str, Any]]], *, bedrag: int, tarief: int | None, eenheid: str) -> int:
    """`bevindingen`: rule and numbers of what holds the line. A finding that names no smaller part puts the whole line at stake.

    Minutes go at the price of the line, rounded half up; never more than the line asks, and with the sign of a credit.
    """
    minuten, los = 0, []
    for regel, gegevens in bevindingen:
        if regel in _TE_VEEL_MINUTEN and tarief is not None and eenheid in _MINUTEN_PER:
            minuten += int(gegevens.get("minuten", 0))
        else:
            los.append(_part(regel, gegevens, bedrag))
    if minuten and tarief is not None:
        los.append((2 * minuten * tarief + _MINUTEN_PER[eenheid]) // (2 * _MINUTEN_PER[eenheid]))
    geheel = abs(bedrag)
    deel = min(sum(los), geheel) if los else geheel
    return deel if bedrag >= 0 else -deel


def _part(regel: str, gegevens: Mapping[str, Any], bedrag: int) -> int:
    deel = gegevens.get(_DEEL.get(regel, ""))
    return deel if isinstance(deel, int) and 0 < deel < abs(bedrag) else abs(bedrag)
