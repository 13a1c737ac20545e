"""Requests for the aanbieder who made them: how each stands, until when, why, and a wish to withdraw."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Form
from fastapi.responses import Response

from api.basis.bestanden import send_report
from api.basis.problemen import raise_unless_found
from api.besluiten.besluitmodellen import STATUSSEN as HTTP
from api.portaal.schil.bladzij import Aanbieder, Bladzij, Melding
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.paginarouter import Paginarouter
from api.portaal.verzoeken.verzoekenlijst import PER_KEER, file_address, list_page
from api.portaal.verzoeken.verzoekwoorden import SOORTEN, STATUSSEN, WOORDEN, name_verzoek, tell_aanbieder
from berichten.inzage.naslag.namen import find_namen
from berichten.inzage.verzoeken.verzoekbestand import export_verzoeken
from berichten.inzage.verzoeken.verzoekdossier import find_verzoek
from berichten.inzage.verzoeken.verzoeklijst import Verzoekfilter
from berichten.processen.verzoeken.vul_verzoek_aan import ask_intrekking
from berichten.rapporten.uitvoer.vormen import VORMEN

router = Paginarouter()
_ONBEKEND = "Dit verzoek bestaat niet, of het is niet van u. Ga terug naar uw verzoeken."
_GEVRAAGD = "De gemeente ziet dat u dit verzoek wilt intrekken. U krijgt antwoord met een JW319; tot dan staat het verzoek open."


@router.get("/mijn-verzoeken")
def get_eigenverzoeken(bladzij: Aanbieder) -> Response:
    """Newest first."""
    invoer, namen = Adresinvoer(bladzij.adres), find_namen(bladzij.kijker)
    zeef = _read_zeef(invoer)
    lijst = list_page(bladzij.kijker, zeef, PER_KEER, invoer.tekst("na") or None, "ontvangst")
    aan = [("status", zeef.status and STATUSSEN[zeef.status].lower()), ("soort", zeef.soort and SOORTEN[zeef.soort].lower())]
    aan.append(("kenmerk", zeef.referentie and f"kenmerk: {zeef.referentie}"))
    return bladzij.show(
        "verzoeken/eigenverzoeken.html",
        titel="Verzoeken",
        lijst=[(item, name_verzoek(item, namen), tell_aanbieder(item)) for item in lijst.regels],
        volgende=lijst.volgende,
        invoer=invoer,
        chips=[(woorden, bladzij.adres.zonder(naam).zonder("na")) for naam, woorden in aan if woorden],
        meldingen=invoer.meldingen(),
        bestand=lambda vorm: file_address(bladzij, vorm),
        **WOORDEN,
    )


def _read_zeef(invoer: Adresinvoer) -> Verzoekfilter:
    referentie = invoer.tekst("kenmerk")[:36] or None
    return Verzoekfilter(invoer.keuze("status", tuple(STATUSSEN)), invoer.keuze("soort", tuple(SOORTEN)), referentie=referentie)


@router.get("/mijn-verzoeken/bestand.{vorm}")
def get_eigenverzoekenbestand(bladzij: Aanbieder, vorm: Literal["csv", "xlsx"]) -> Response:
    """The whole list that was asked for."""
    naam, maak = export_verzoeken(bladzij.kijker, _read_zeef(Adresinvoer(bladzij.adres)), "ontvangst")
    return send_report(bladzij.kijker, VORMEN[vorm], naam, maak)


@router.get("/mijn-verzoeken/{verzoek_id}")
def get_eigenverzoek(bladzij: Aanbieder, verzoek_id: UUID) -> Response:
    """404 also when it is another's."""
    return _show(bladzij, verzoek_id)


@router.post("/mijn-verzoeken/{verzoek_id}/intrekking")
def post_eigenintrekking(
    bladzij: Aanbieder, verzoek_id: UUID, toelichting: Annotated[str, Form(max_length=10_000)] = ""
) -> Response:
    """What cannot be asked is told with what was typed."""
    weigering = ask_intrekking(bladzij.werkplaats, bladzij.bezoeker.houder, verzoek_id, toelichting)
    if weigering is None:
        return bladzij.go(f"/portaal/mijn-verzoeken/{verzoek_id}", Melding(_GEVRAAGD))
    return _show(bladzij, verzoek_id, toelichting, weigering.melding, HTTP[weigering.soort])


def _show(bladzij: Bladzij, verzoek_id: UUID, toelichting: str = "", fout: str = "", status: int = 200) -> Response:
    verzoek = raise_unless_found(find_verzoek(bladzij.kijker, verzoek_id), _ONBEKEND)
    namen = find_namen(bladzij.kijker)
    kan = verzoek.termijn is not None and verzoek.intrekking is None
    return bladzij.show(
        "verzoeken/eigenverzoek.html",
        status=status,
        titel=f"{name_verzoek(verzoek, namen)}, {verzoek.referentie_aanbieder}",
        verzoek=verzoek,
        woorden=tell_aanbieder(verzoek),
        namen=namen,
        antwoord=verzoek.geldend_antwoord,
        besluit=verzoek.geldend_besluit,
        kan_intrekken=kan,
        toelichting=toelichting,
        fout=fout,
        meldingen=(Melding(fout, "error"),) if fout and not kan else (),
        **WOORDEN,
    )
