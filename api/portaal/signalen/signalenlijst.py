"""Signals as a list, and one with its lines, its steps and what can be done with it."""

from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.basis.problemen import raise_unless_found
from api.portaal.financien.geldbasis import read_aanbieders
from api.portaal.schil.bladzij import Bladzij, Contractbeheer, Melding
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.lijst import PER_BLAD
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.signalen.signaallijst import TITELS, find_signaaldossier, list_signalen
from berichten.processen.signalen.zet_stap_signaal import MAG_NAAR, WOORDEN

router = Paginarouter()
SignaalId = Annotated[int, Path(ge=1, le=2**63 - 1)]
ONBEKEND = "Dit signaal is er niet, of het is niet van uw gemeente. Kies het uit de lijst."
_KANTEN = ("open", "gesloten", "alle")
_MEEST = 200
"""Lines that a page names; the API gives all."""


@router.get("/signalen")
def get_signalenlijst(bladzij: Contractbeheer) -> Response:
    """What is open, unless the address asks for what was closed."""
    invoer = Adresinvoer(bladzij.adres)
    kant = invoer.keuze("stand", _KANTEN) or "open"
    soort = invoer.keuze("soort", tuple(TITELS))
    agb = invoer.code("agb", "[0-9]{8}", "Een AGB-code heeft acht cijfers.")
    na = invoer.code("na", "[0-9]{1,18}", "")
    return bladzij.show(
        "signalen/signalenlijst.html",
        titel="Signalen",
        lijst=list_signalen(bladzij.kijker, agb, soort, kant, PER_BLAD, na),  # type: ignore[arg-type]
        kant=kant,
        soort=soort or "",
        titels=TITELS,
        staten=WOORDEN,
        aanbieders=read_aanbieders(bladzij),
        invoer=invoer,
        meldingen=invoer.meldingen(),
    )


@router.get("/signalen/{signaal_id}")
def get_signaalpagina(bladzij: Contractbeheer, signaal_id: SignaalId) -> Response:
    """One signal."""
    return show_signaal(bladzij, signaal_id)


def show_signaal(
    bladzij: Bladzij, signaal_id: int, status: int = 200, meldingen: tuple[Melding, ...] = (), **ingevuld: str
) -> Response:
    """With what was filled in; 404 when it is not there."""
    dossier = raise_unless_found(find_signaaldossier(bladzij.kijker, signaal_id), ONBEKEND)
    signaal = dossier.signaal
    return bladzij.show(
        "signalen/signaal.html",
        status=status,
        titel=signaal.titel,
        dossier=dossier,
        signaal=signaal,
        aanbieder=read_aanbieders(bladzij).get(signaal.agb, signaal.agb),
        staten=WOORDEN,
        kan=[(staat, WOORDEN[staat]) for staat in MAG_NAAR[signaal.staat]],
        nummers=dossier.nummers[:_MEEST],
        wie=bladzij.names_of(stap.door for stap in dossier.stappen),
        ingevuld=ingevuld,
        meldingen=meldingen,
    )
