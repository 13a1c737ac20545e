"""The work list: held lines with why, by when and what is at stake; filters and order stand in the address."""

from datetime import date
from functools import partial
from typing import Literal

from fastapi.responses import Response

from api.basis.bestanden import send_report
from api.portaal.contractbeheer.werklijstvraag import TERMIJNEN, Werklijstvraag, line_address, list_address, read_vraag
from api.portaal.schil.adres import Paginaadres
from api.portaal.schil.bladzij import Contractbeheer
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.opmaak import euro, termijn
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.basis.bladzijde import WijzerFout
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.berichten.bevindingen import split_kort
from berichten.inzage.besluiten.werkblad import list_bekeken, list_weergaven
from berichten.inzage.besluiten.werklijstbestand import export_beoordelingen
from berichten.inzage.besluiten.werkvoorraad import Werkvoorraad, list_beoordelingen
from berichten.inzage.besluiten.werkvoorraadkeuzes import Filterkeuzes, list_filterkeuzes
from berichten.inzage.verzoeken.aandachtspunten import count_aandachtspunten
from berichten.kern.taal import meervoud, telling
from berichten.rapporten.uitvoer.vormen import VORMEN

router = Paginarouter()
PER_KEER = 25


@router.get("/werkvoorraad")
def get_werkvoorraad(bladzij: Contractbeheer) -> Response:
    """A page of held lines; a pointer that was never given out begins the list again."""
    invoer = Adresinvoer(bladzij.adres)
    vraag = read_vraag(invoer)
    lijst = _list(bladzij.kijker, vraag, invoer.tekst("na") or None)
    keuzes = list_filterkeuzes(bladzij.kijker)
    return bladzij.show(
        "contractbeheer/werkvoorraad.html",
        titel="Werkvoorraad",
        lijst=lijst,
        punten=count_aandachtspunten(bladzij.kijker),
        kort=split_kort,
        bekeken=list_bekeken(bladzij.kijker, [regel.prestatie_id for regel in lijst.bladzijde.regels]),
        weergaven=list_weergaven(bladzij.kijker, "werkvoorraad"),
        vraag=vraag,
        invoer=invoer,
        wie=[(keuze.waarde, f"{keuze.tekst} ({keuze.aantal})") for keuze in keuzes.aanbieders],
        waarom=[(keuze.waarde, f"{keuze.tekst} ({keuze.waarde}, {keuze.aantal})") for keuze in keuzes.regels],
        samenvatting=_tell(lijst, bladzij.vandaag, vraag, eerste_blad=not invoer.tekst("na")),
        chips=_chips(bladzij.adres, vraag, keuzes),
        naar=partial(line_address, bladzij),
        bevestigen=list_address(bladzij, "/bevestigen"),
        bestand=lambda vorm: list_address(bladzij, f"/bestand.{vorm}"),
        waarschuw=bladzij.werkplaats.instellingen.waarschuw_werkdagen,
        meldingen=invoer.meldingen(),
    )


@router.get("/werkvoorraad/bestand.{vorm}")
def get_werkvoorraadbestand(bladzij: Contractbeheer, vorm: Literal["csv", "xlsx"]) -> Response:
    """The whole list that was asked for, in its order."""
    vraag = read_vraag(Adresinvoer(bladzij.adres))
    naam, maak = export_beoordelingen(bladzij.kijker, vraag.zeef, vraag.waarschuwing, vraag.volgorde)
    return send_report(bladzij.kijker, VORMEN[vorm], naam, maak)


def _list(kijker: Kijker, vraag: Werklijstvraag, na: str | None) -> Werkvoorraad:
    try:
        return list_beoordelingen(kijker, vraag.zeef, vraag.waarschuwing, PER_KEER, na, vraag.volgorde)
    except WijzerFout:
        return list_beoordelingen(kijker, vraag.zeef, vraag.waarschuwing, PER_KEER, None, vraag.volgorde)


def _tell(lijst: Werkvoorraad, vandaag: date, vraag: Werklijstvraag, *, eerste_blad: bool) -> str:
    """How much waits, and for how long yet."""
    wachten = meervoud(lijst.aantal, "wacht", "wachten")
    delen = [f"{telling(lijst.aantal, 'regel', 'regels')} {wachten} op een besluit", euro(lijst.bedrag)]
    if lijst.bladzijde.regels and vraag.volgorde == "termijn" and eerste_blad:
        delen.append(f"eerste termijn {termijn(lijst.bladzijde.regels[0].uiterlijk, vandaag)}")
    return " · ".join(delen)


def _chips(adres: Paginaadres, vraag: Werklijstvraag, keuzes: Filterkeuzes) -> list[tuple[str, Paginaadres]]:
    """The filters that are on in words, each with the address without it."""
    zeef = vraag.zeef
    namen = {keuze.waarde: keuze.tekst for keuze in keuzes.aanbieders}
    redenen = {keuze.waarde: keuze.tekst for keuze in keuzes.regels}
    aan = [
        ("agb", zeef.agb and f"aanbieder {namen.get(zeef.agb, zeef.agb)}"),
        ("regel", zeef.regel and f"reden: {redenen.get(zeef.regel, zeef.regel)}"),
        ("termijn", vraag.waarschuwing and f"termijn {TERMIJNEN[vraag.waarschuwing]}"),
        ("vanaf", zeef.min_bedrag is not None and f"vanaf {euro(zeef.min_bedrag)}"),
        ("toewijzing", zeef.toewijzingnummer is not None and f"toewijzing {zeef.toewijzingnummer}"),
    ]
    return [(woorden, adres.zonder(naam).zonder("na")) for naam, woorden in aan if woorden]
