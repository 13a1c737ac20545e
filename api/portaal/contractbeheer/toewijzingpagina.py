"""An allocation: its versions, delivery, use by month, forecast, and every line that was billed on it."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.basis.problemen import raise_unless_found
from api.portaal.schil.bladzij import Contractbeheer
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.opmaak import euro, hoeveelheid
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.berichten.toewijzingen import Toewijzingdossier, find_toewijzing, list_prestaties_op
from berichten.inzage.besluiten.verloop import tell_toewijzing
from berichten.inzage.naslag.namen import Codenamen, find_namen
from berichten.inzage.signalen.dossierpunten import find_dossierstukken

router = Paginarouter()
PER_KEER = 25
_ONBEKEND = "Deze toewijzing bestaat niet, of zij is niet van uw gemeente. Controleer het nummer."
_STANDEN = {
    "niet_gestart": "Nog niet gestart", "gestart": "Gestart", "gestopt": "Gestopt", "tijdelijk_gestopt": "Tijdelijk gestopt",
}  # fmt: skip


@router.get("/toewijzingen/{toewijzingnummer}")
def get_toewijzingpagina(bladzij: Contractbeheer, toewijzingnummer: Annotated[int, Path(ge=0, le=999_999_999)]) -> Response:
    """404 also when it is another's."""
    kijker, na = bladzij.kijker, Adresinvoer(bladzij.adres).tekst("na")
    dossier = raise_unless_found(find_toewijzing(kijker, toewijzingnummer), _ONBEKEND)
    regels = list_prestaties_op(kijker, toewijzingnummer, PER_KEER, na if na.isdecimal() else None)
    namen = find_namen(kijker)
    return bladzij.show(
        "contractbeheer/toewijzingpagina.html",
        titel=f"Toewijzing {toewijzingnummer}",
        dossier=dossier,
        aanbieder=namen.aanbieders.get(dossier.agb, dossier.agb),
        product=_tell_product(dossier, namen),
        stand=_STANDEN.get(dossier.stand, dossier.stand),
        maanden=_months(dossier),
        tel=_teller(dossier),
        stukken=find_dossierstukken(kijker, toewijzingnummer),
        regels=raise_unless_found(regels, _ONBEKEND),
        verloop=list(reversed(tell_toewijzing(kijker, toewijzingnummer) or [])),
    )


def _tell_product(dossier: Toewijzingdossier, namen: Codenamen) -> str:
    """The product, or the category of an allocation that leaves the product open."""
    if dossier.productcode:
        return namen.producten.get(dossier.productcode, dossier.productcode)
    return namen.categorieen.get(dossier.categorie or "", dossier.categorie or "")


def _teller(dossier: Toewijzingdossier) -> Callable[[int], str]:
    """How an amount of use is told: in money for a budget, else in the unit of the allocation."""
    eenheid = dossier.benutting.eenheid
    return euro if dossier.benutting.budget is not None or eenheid is None else lambda aantal: hoeveelheid(aantal, eenheid)


def _months(dossier: Toewijzingdossier) -> list[tuple[date, int, int]]:
    """By month what was awarded and what is held, in what the allocation counts in."""
    geld = dossier.benutting.budget is not None or dossier.benutting.eenheid is None
    return [
        (
            date.fromisoformat(f"{item.maand}-01"),
            item.toegekend_bedrag if geld else item.toegekend_volume,
            item.aangehouden_bedrag if geld else item.aangehouden_volume,
        )
        for item in dossier.benutting.per_maand
    ]
