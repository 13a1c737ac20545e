"""Requests for who decides: those that wait by their term, or all of one state; filters stand in the address."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import Depends
from fastapi.responses import Response

from api.basis.bestanden import send_report
from api.portaal.schil.adres import Paginaadres
from api.portaal.schil.bladzij import Bladzij, for_roles
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.paginarouter import Paginarouter
from api.portaal.verzoeken.verzoekwoorden import SOORTEN, STATUSSEN, VERWIJZERS, WOORDEN, name_verzoek
from berichten.inzage.basis.bladzijde import Bladzijde, WijzerFout
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.naslag.namen import find_namen
from berichten.inzage.verzoeken.verzoekbestand import export_verzoeken
from berichten.inzage.verzoeken.verzoeklijst import Verzoek, Verzoekfilter, Volgorde, list_verzoeken
from berichten.rapporten.uitvoer.vormen import VORMEN

router = Paginarouter()
Verzoekbeslissers = Annotated[Bladzij, Depends(for_roles("contractbeheer", "gemeente"))]
PER_KEER = 25
_ALLE = "alle"
STANDKEUZES = [("", "Wacht op de gemeente"), *STATUSSEN.items(), (_ALLE, "Alle verzoeken")]


@router.get("/verzoeken")
def get_verzoekenlijst(bladzij: Verzoekbeslissers) -> Response:
    """What waits, whose term ends first at the top; a pointer that was never given out begins the list again."""
    invoer, namen = Adresinvoer(bladzij.adres), find_namen(bladzij.kijker)
    zeef, status, volgorde = _read_vraag(invoer)
    lijst = list_page(bladzij.kijker, zeef, PER_KEER, invoer.tekst("na") or None, volgorde)
    return bladzij.show(
        "verzoeken/verzoekenlijst.html",
        titel="Verzoeken",
        lijst=[(item, name_verzoek(item, namen), namen.aanbieders.get(item.agb, item.agb)) for item in lijst.regels],
        volgende=lijst.volgende,
        invoer=invoer,
        op_termijn=volgorde == "termijn",
        aanbieders=sorted(((agb, naam) for agb, naam in namen.aanbieders.items()), key=lambda item: item[1].casefold()),
        verwijzers=list(VERWIJZERS.items()),
        standkeuzes=STANDKEUZES,
        chips=_chips(bladzij.adres, zeef, status, namen.aanbieders),
        waarschuw=bladzij.werkplaats.instellingen.waarschuw_werkdagen,
        meldingen=invoer.meldingen(),
        bestand=lambda vorm: file_address(bladzij, vorm),
        **WOORDEN,
    )


@router.get("/verzoeken/bestand.{vorm}")
def get_verzoekenbestand(bladzij: Verzoekbeslissers, vorm: Literal["csv", "xlsx"]) -> Response:
    """The whole list that was asked for, in its order."""
    zeef, _, volgorde = _read_vraag(Adresinvoer(bladzij.adres))
    naam, maak = export_verzoeken(bladzij.kijker, zeef, volgorde)
    return send_report(bladzij.kijker, VORMEN[vorm], naam, maak)


def _read_vraag(invoer: Adresinvoer) -> tuple[Verzoekfilter, str | None, Volgorde]:
    """What is asked for; who looks for one by its reference looks among those that were answered too."""
    status, referentie = invoer.keuze("status", (*STATUSSEN, _ALLE)), invoer.tekst("kenmerk") or None
    zeef = Verzoekfilter(
        None if status == _ALLE else status,
        invoer.keuze("soort", tuple(SOORTEN)),
        invoer.code("agb", "[0-9]{8}", "Een AGB-code heeft acht cijfers."),
        invoer.keuze("verwijzer", tuple(VERWIJZERS)),
        referentie=referentie and referentie[:36],
    )
    return zeef, status, "ontvangst" if status or referentie else "termijn"


def file_address(bladzij: Bladzij, vorm: str) -> Paginaadres:
    """Where the list of this page is to be had as a file."""
    adres = bladzij.adres.zonder("na")
    return replace(adres, pad=f"{adres.pad}/bestand.{vorm}")


def list_page(kijker: Kijker, zeef: Verzoekfilter, grootte: int, na: str | None, volgorde: Volgorde) -> Bladzijde[Verzoek]:
    """A page of requests; the first for a pointer of no list of ours."""
    try:
        return list_verzoeken(kijker, zeef, grootte, na, volgorde)
    except WijzerFout:
        return list_verzoeken(kijker, zeef, grootte, None, volgorde)


def _chips(
    adres: Paginaadres, zeef: Verzoekfilter, status: str | None, aanbieders: Mapping[str, str]
) -> list[tuple[str, Paginaadres]]:
    """The filters that are on in words, each with the address without it."""
    aan = [
        ("status", status and dict(STANDKEUZES)[status].lower()),
        ("soort", zeef.soort and SOORTEN[zeef.soort].lower()),
        ("agb", zeef.agb and f"aanbieder: {aanbieders.get(zeef.agb, zeef.agb)}"),
        ("verwijzer", zeef.verwijzer and f"verwijzer: {VERWIJZERS[zeef.verwijzer]}"),
        ("kenmerk", zeef.referentie and f"kenmerk: {zeef.referentie}"),
    ]
    return [(woorden, adres.zonder(naam).zonder("na")) for naam, woorden in aan if woorden]
