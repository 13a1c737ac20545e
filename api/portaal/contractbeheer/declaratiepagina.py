"""A declaration for who keeps the contract: what became of its lines, adding up to the message, and why."""

from typing import Literal
from uuid import UUID

from fastapi.responses import Response

from api.basis.bestanden import send_report
from api.basis.problemen import raise_unless_found
from api.portaal.schil.adres import make_adres
from api.portaal.schil.bladzij import Contractbeheer
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.berichten.berichten import Bericht
from berichten.inzage.berichten.declaraties import find_declaratie
from berichten.inzage.besluiten.prestaties import Prestatiefilter, export_prestaties, list_prestaties
from berichten.inzage.besluiten.verloop import tell_bericht
from berichten.inzage.naslag.namen import find_namen
from berichten.rapporten.uitvoer.vormen import VORMEN

router = Paginarouter()
PER_KEER = 50
UITKOMSTEN = {
    "ter_beoordeling": "Wacht op besluit", "afgewezen": "Afgewezen", "niet_beoordeeld": "Niet beoordeeld", "toegekend": "Toegekend",
}  # fmt: skip
STATUSSEN = {
    "ontvangen": "Ontvangen", "in_behandeling": "Wordt verwerkt", "geweigerd": "Geweigerd", "afgekeurd": "Afgekeurd",
    "ter_beoordeling": "Wacht op besluiten", "verwerkt": "Beantwoord",
}  # fmt: skip
_ONBEKEND = "Dit bericht bestaat niet, of het is niet van uw gemeente. Zoek het op nummer met het zoekveld."


@router.get("/declaraties/{bericht_id}")
def get_declaratiepagina(bladzij: Contractbeheer, bericht_id: UUID) -> Response:
    """404 also when it is another's."""
    kijker, invoer = bladzij.kijker, Adresinvoer(bladzij.adres)
    overzicht = raise_unless_found(find_declaratie(kijker, bericht_id), _ONBEKEND)
    uitkomst, na = invoer.keuze("uitkomst", tuple(UITKOMSTEN)), invoer.tekst("na")
    regels = list_prestaties(kijker, bericht_id, Prestatiefilter(uitkomst=uitkomst), PER_KEER, na if na.isdecimal() else None)
    bericht, namen = overzicht.bericht, find_namen(kijker)
    return bladzij.show(
        "contractbeheer/declaratiepagina.html",
        titel=_title(bericht),
        overzicht=overzicht,
        bericht=bericht,
        aanbieder=namen.aanbieders.get(bericht.afzender or "", bericht.afzender or ""),
        namen=namen,
        uitkomst=uitkomst,
        uitkomsten=UITKOMSTEN,
        stand=STATUSSEN.get(bericht.status, bericht.status),
        regels=raise_unless_found(regels, _ONBEKEND),
        verloop=list(reversed(tell_bericht(kijker, bericht_id) or [])),
        bestand=lambda vorm: make_adres(f"/declaraties/{bericht_id}/bestand.{vorm}", {"uitkomst": uitkomst}),
        meldingen=invoer.meldingen(),
    )


def _title(bericht: Bericht) -> str:
    """`Declaratie DN004`; of another message its kind and Identificatie."""
    return (
        f"Declaratie {bericht.declaratienummer}" if bericht.declaratienummer else f"{bericht.soort} {bericht.identificatie or ''}"
    )


@router.get("/declaraties/{bericht_id}/bestand.{vorm}")
def get_declaratiebestand(bladzij: Contractbeheer, bericht_id: UUID, vorm: Literal["csv", "xlsx"]) -> Response:
    """All lines that were asked for."""
    uitkomst = Adresinvoer(bladzij.adres).keuze("uitkomst", tuple(UITKOMSTEN))
    zeef = Prestatiefilter(uitkomst=uitkomst)
    naam, maak = raise_unless_found(export_prestaties(bladzij.kijker, bericht_id, zeef), _ONBEKEND)
    return send_report(bladzij.kijker, VORMEN[vorm], naam, maak)
