"""Delivery records as they are kept, for who sent them and for who weighs them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from berichten.inzage.basis.bladzijde import Bladzijde
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.naslag.referentie import read_page
from berichten.opslag.referentie.referentie import Doeltabel


@dataclass(frozen=True, slots=True)
class BewaardeVerantwoording:
    """Minutes that an aanbieder accounted for, by line or by allocation and month."""

    agb: str
    referentienummer: str | None
    toewijzingnummer: int | None
    maand: str | None
    """As 2026-04."""
    datum: date | None
    minuten: int
    soort: str
    niveau: str | None
    registratie: str
    contactnummer: str | None


def list_verantwoordingen(
    kijker: Kijker, tabel: Doeltabel, gelijk: Mapping[str, Any], grootte: int, volgende: str | None
) -> Bladzijde[BewaardeVerantwoording]:
    """An aanbieder's own, staff those of their gemeente; with these values, by column. Raises WijzerFout."""
    return read_page(kijker, tabel, grootte, volgende, gelijk=gelijk).each(_show)


def _show(rij: Mapping[str, Any]) -> BewaardeVerantwoording:
    """An empty text is no value."""
    velden: dict[str, Any] = {naam: None if rij[naam] == "" else rij[naam] for naam in BewaardeVerantwoording.__slots__}
    velden["maand"] = f"{rij['maand']:%Y-%m}" if rij["maand"] else None
    return BewaardeVerantwoording(**velden)
