"""People who may log in: who they are and with which roles; a new one, and one who is out from the next request on."""

from datetime import timedelta

from fastapi.responses import Response

from api.basis.problemen import Probleem
from api.portaal.beheer.gebruikerpagina import ONBEKEND, find_fault_of_rol, list_rolkeuzes
from api.portaal.schil.bladzij import Beheer, Bladzij, Melding
from api.portaal.schil.invoer import is_naam
from api.portaal.schil.navigatie import ROLNAMEN
from api.portaal.schil.paginarouter import Paginarouter
from berichten.fouten import Bedieningsfout
from berichten.processen.toegang.beheer_gebruikers import (
    NieuweGebruiker,
    NieuweRol,
    add_gebruiker,
    admit_gebruiker,
    block_gebruiker,
    list_gebruikers_of,
)
from berichten.processen.toegang.bevestig_rollen import list_wachtende_rollen
from berichten.processen.toegang.wachtwoord import make_wachtwoord
from berichten.standaard.waarden.bsn import holds_bsn

router = Paginarouter()
_VELDEN = ("naam", "inlognaam", "rol", "agb")
_NOOIT_ZELF = "U kunt uzelf niet blokkeren. Vraag een andere beheerder."


@router.get("/gebruikers")
def get_gebruikers(bladzij: Beheer) -> Response:
    """Those of this gemeente."""
    lijst = list_gebruikers_of(bladzij.werkplaats, bladzij.bezoeker.gemeente)
    wachtend = len(list_wachtende_rollen(bladzij.werkplaats, bladzij.bezoeker.gemeente))
    ik = bladzij.bezoeker.persoon
    return bladzij.show("beheer/gebruikers.html", titel="Gebruikers", lijst=lijst, ik=ik, rolnamen=ROLNAMEN, wachtend=wachtend)


@router.get("/gebruikers/nieuw")
def get_nieuwe_gebruiker(bladzij: Beheer) -> Response:
    """An empty form."""
    return _form(bladzij, dict.fromkeys(_VELDEN, ""), {})


@router.post("/gebruikers")
def post_gebruiker(bladzij: Beheer) -> Response:
    """Makes the account; its password is told on the page that follows, and never again."""
    velden = {naam: str(bladzij.formulier.get(naam, "")).strip() for naam in _VELDEN}
    fouten = _check(velden)
    if fouten:
        return _form(bladzij, velden, fouten)
    instellingen = bladzij.werkplaats.instellingen
    rol = NieuweRol(velden["rol"], velden["agb"] or None, instellingen.vandaag() + timedelta(days=364))
    wachtwoord = make_wachtwoord()
    nieuw = NieuweGebruiker(bladzij.bezoeker.gemeente, velden["naam"], velden["inlognaam"], wachtwoord, (rol,))
    try:
        persoon = add_gebruiker(bladzij.werkplaats.asked_by(bladzij.bezoeker.houder), nieuw, bladzij.bezoeker.persoon)
    except Bedieningsfout as fout:
        return _form(bladzij, velden, {"inlognaam": str(fout)})
    wacht = any(item.persoon_id == persoon for item in list_wachtende_rollen(bladzij.werkplaats, bladzij.bezoeker.gemeente))
    return bladzij.show(
        "beheer/gebruiker_klaar.html", titel="De gebruiker is gemaakt", velden=velden, wachtwoord=wachtwoord, wacht=wacht
    )


def _check(velden: dict[str, str]) -> dict[str, str]:
    fouten = {}
    if not is_naam(velden["naam"]):
        fouten["naam"] = "Vul de naam van een persoon in, in hooguit 100 tekens en zonder burgerservicenummer."
    if not 3 <= len(velden["inlognaam"]) <= 100 or " " in velden["inlognaam"] or holds_bsn(velden["inlognaam"]):
        fouten["inlognaam"] = "Een inlognaam heeft 3 tot 100 tekens en geen spaties, bijvoorbeeld een e-mailadres."
    return fouten | find_fault_of_rol(velden["rol"], velden["agb"])


def _form(bladzij: Bladzij, velden: dict[str, str], fouten: dict[str, str]) -> Response:
    return bladzij.show(
        "beheer/gebruiker_nieuw.html",
        status=400 if fouten else 200,
        titel="Nieuwe gebruiker",
        velden=velden,
        fouten=fouten,
        rollen=list_rolkeuzes(),
    )


@router.post("/gebruikers/blokkade")
def post_gebruiker_blokkade(bladzij: Beheer) -> Response:
    """Out at once: every session ends."""
    inlognaam, naam = _find(bladzij)
    if bladzij.formulier.get("persoon") == bladzij.bezoeker.persoon:
        return bladzij.go("/portaal/gebruikers", Melding(_NOOIT_ZELF, "error"))
    block_gebruiker(bladzij.werkplaats.asked_by(bladzij.bezoeker.houder), inlognaam, bladzij.bezoeker.persoon)
    return bladzij.go("/portaal/gebruikers", Melding(f"{naam} is geblokkeerd en kan vanaf nu niets meer openen."))


@router.post("/gebruikers/toelating")
def post_gebruiker_toelating(bladzij: Beheer) -> Response:
    """May log in again."""
    inlognaam, naam = _find(bladzij)
    admit_gebruiker(bladzij.werkplaats.asked_by(bladzij.bezoeker.houder), inlognaam, bladzij.bezoeker.persoon)
    return bladzij.go("/portaal/gebruikers", Melding(f"{naam} mag weer inloggen."))


def _find(bladzij: Bladzij) -> tuple[str, str]:
    """Log-in name and name of the person of this gemeente that the form is about; 404 for anybody else."""
    persoon = bladzij.formulier.get("persoon")
    for item in list_gebruikers_of(bladzij.werkplaats, bladzij.bezoeker.gemeente):
        if item.persoon_id == persoon:
            return item.inlognaam, item.naam
    raise Probleem(404, ONBEKEND)
