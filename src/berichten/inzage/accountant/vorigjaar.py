"""Last year beside a year that is open to who controls: hidden where last year itself is not open [STUREN 4]. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from berichten.rapporten.monitor.indicatoren import NAAST_VORIG_JAAR
from berichten.rapporten.monitor.tabel import Tabel, Waarde

_KERN = ("vorig_jaar_toen", "verschil", "verschil_pct", "vorig_jaar_nu")
_KOLOM = "vorig_jaar"
"""In the name of a column that tells of last year."""


def hide_in_rapport(cijfers: Mapping[str, Any], jaar: int, jaren: tuple[int, int]) -> dict[str, Any]:
    """Figures of a quarterly report of this year, for whom these years (both inclusive) are open.

    Words and forecasts stay: those are of the year itself, though people and formulas look back for them.
    """
    bijgesteld = [rij for rij in cijfers.get("bijgesteld", ()) if _is_open(int(rij["periode"][:4]), jaren)]
    eigen = {**cijfers, "bijgesteld": bijgesteld}
    if _is_open(jaar - 1, jaren):
        return eigen
    return eigen | {
        "kerncijfers": [rij | dict.fromkeys(_KERN) for rij in cijfers["kerncijfers"]],
        "indicatoren": [rij | {_KOLOM: None} for rij in cijfers["indicatoren"]],
        "toelichting": [*cijfers["toelichting"], _tell(jaar)],
    }


def hide_in_tabel(tabel: Tabel, jaar: int, jaren: tuple[int, int]) -> Tabel:
    """The same of a table of the monitor: columns of last year are empty, and rows of it are left out."""
    if _is_open(jaar - 1, jaren):
        return tabel
    rijen = [_blank(tabel.kolommen, rij) for rij in tabel.rijen if not _looks_back(rij)]
    if tuple(rijen) == tabel.rijen:
        return tabel
    return replace(tabel, rijen=tuple(rijen), toelichting=(*tabel.toelichting, _tell(jaar)))


def _is_open(jaar: int, jaren: tuple[int, int]) -> bool:
    return jaren[0] <= jaar <= jaren[1]


def _looks_back(rij: tuple[Waarde, ...]) -> bool:
    return any(isinstance(waarde, str) and waarde.endswith(NAAST_VORIG_JAAR) for waarde in rij)


def _blank(kolommen: tuple[str, ...], rij: tuple[Waarde, ...]) -> tuple[Waarde, ...]:
    return tuple(None if _KOLOM in naam else waarde for naam, waarde in zip(kolommen, rij, strict=True))


def _tell(jaar: int) -> str:
    return f"Cijfers van {jaar - 1} staan er niet bij: over dat jaar is de controle niet open."
