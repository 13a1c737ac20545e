"""The work list as a file: the same lines in the same order as on the page."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection

from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.berichten.bevindingen import tell_kort
from berichten.inzage.besluiten.werkvoorraad import Beoordeling, Filter, Volgorde, Waarschuwing, list_beoordelingen
from berichten.rapporten.uitvoer.tabel import Kolom, Rapport, file_name

_MEESTE = 100_000
"""Lines in a file."""
_KOLOMMEN = (
    Kolom("uiterlijk", "Termijn"),
    Kolom("referentienummer", "Referentienummer"),
    Kolom("product", "Product"),
    Kolom("maand", "Maand", "maand"),
    Kolom("client", "Cliënt"),
    Kolom("toewijzingnummer", "Toewijzing"),
    Kolom("aanbieder", "Aanbieder"),
    Kolom("regels", "Regels"),
    Kolom("waarom", "Waarom"),
    Kolom("bedrag", "Ingediend", "geld"),
    Kolom("inGeding", "In geding", "geld"),
)


def export_beoordelingen(
    kijker: Kijker, zeef: Filter, waarschuwing: Waarschuwing | None, volgorde: Volgorde
) -> tuple[str, Callable[[Connection], Rapport]]:
    """Name (without ending) and maker of the list as a file."""
    lijst = list_beoordelingen(kijker, zeef, waarschuwing, _MEESTE, None, volgorde)
    rijen = [_as_row(regel) for regel in lijst.bladzijde.regels]
    naam = file_name("werkvoorraad", kijker.gemeente, "", kijker.instellingen.vandaag())
    basis: list[tuple[str, str | int]] = [("Gemeente", kijker.gemeente)]
    return naam, lambda _: Rapport("werkvoorraad", "Werkvoorraad", _KOLOMMEN, rijen, basis, totaalrij=True)


def _as_row(regel: Beoordeling) -> Sequence[Any]:
    return (
        regel.uiterlijk.isoformat(), regel.referentienummer, regel.product or regel.productcode,
        regel.periode.begindatum.replace(day=1), regel.client, regel.toewijzingnummer, regel.agb,
        ", ".join(item.regel for item in regel.regels), "; ".join(tell_kort(item) for item in regel.regels), regel.bedrag,
        regel.in_geding,
    )  # fmt: skip
