"""One person who may log in: roles with their last day, a new password, and out or in again."""

from datetime import date, timedelta

from fastapi.responses import Response

from api.basis.problemen import raise_unless_found
from api.portaal.schil.adres import make_adres
from api.portaal.schil.bladzij import Beheer, Bladzij, Melding
from api.portaal.schil.invoer import GEEN_DAG, parse_dag
from api.portaal.schil.navigatie import ROLNAMEN
from api.portaal.schil.opmaak import datum
from api.portaal.schil.paginarouter import Paginarouter
from berichten.fouten import Bedieningsfout
from berichten.kern.persoon import PERSOONSROLLEN
from berichten.processen.toegang.beheer_gebruikers import (
    Gebruikerdossier,
    NieuweRol,
    find_gebruiker,
    give_rol,
    renew_wachtwoord,
    take_rol,
)
from berichten.processen.toegang.wachtwoord import make_wachtwoord
from berichten.standaard.waarden.agb import is_agb

router = Paginarouter()
ONBEKEND = "Deze gebruiker is er niet, of is niet van uw gemeente. Kies iemand uit de lijst."
_EIGEN_ROL = "Uw eigen rollen verandert u niet zelf. Vraag een andere beheerder."
_EIGEN_WACHTWOORD = "Uw eigen wachtwoord verandert u hier niet. Vraag een andere beheerder om een nieuw."
_JAAR = timedelta(days=364)


@router.get("/gebruikers/{persoon_id}")
def get_gebruikerpagina(bladzij: Beheer, persoon_id: str) -> Response:
    """404 also for somebody of another gemeente."""
    return _show(bladzij, _find(bladzij, persoon_id))


@router.post("/gebruikers/{persoon_id}/rollen")
def post_rol(bladzij: Beheer, persoon_id: str) -> Response:
    """One role more; what cannot be is told at the field, and nobody gives one to themself."""
    dossier = _find(bladzij, persoon_id)
    if persoon_id == bladzij.bezoeker.persoon:
        return bladzij.go(_address(persoon_id), Melding(_EIGEN_ROL, "error"))
    velden = {naam: str(bladzij.formulier.get(naam, "")).strip() for naam in ("rol", "agb", "tot")}
    tot, fouten = _check(velden, bladzij.vandaag)
    if fouten or tot is None:
        return _show(bladzij, dossier, velden, fouten)
    try:
        geldt = give_rol(
            bladzij.handelend, dossier.gebruiker.inlognaam, NieuweRol(velden["rol"], velden["agb"] or None, tot), _who(bladzij)
        )
    except Bedieningsfout as fout:
        return _show(bladzij, dossier, velden, {"rol": str(fout)})
    rol = ROLNAMEN.get(velden["rol"], velden["rol"])
    einde = (
        f"heeft de rol {rol} tot en met {datum(tot)}."
        if geldt
        else f"krijgt de rol {rol} zodra een tweede beheerder haar bevestigt, bij Gebruikers, Rollen die wachten."
    )
    return bladzij.go(_address(persoon_id), Melding(f"{dossier.gebruiker.naam} {einde}"))


@router.post("/gebruikers/{persoon_id}/rollen/afname")
def post_rolafname(bladzij: Beheer, persoon_id: str) -> Response:
    """Taken away at once: who is logged in with it is out at the next click."""
    dossier = _find(bladzij, persoon_id)
    if persoon_id == bladzij.bezoeker.persoon:
        return bladzij.go(_address(persoon_id), Melding(_EIGEN_ROL, "error"))
    rol, agb = str(bladzij.formulier.get("rol", "")), str(bladzij.formulier.get("agb", "")) or None
    naam, gebruiker = ROLNAMEN.get(rol, rol), dossier.gebruiker
    if take_rol(bladzij.handelend, gebruiker.inlognaam, rol, agb, _who(bladzij)):
        return bladzij.go(_address(persoon_id), Melding(f"{gebruiker.naam} heeft de rol {naam} niet meer."))
    return bladzij.go(_address(persoon_id), Melding(f"{gebruiker.naam} had deze rol al niet meer.", "info"))


@router.post("/gebruikers/{persoon_id}/wachtwoord")
def post_nieuw_wachtwoord(bladzij: Beheer, persoon_id: str) -> Response:
    """A new password, told once; who was logged in with the old one is out, and a role that takes two people waits for a second."""
    gebruiker = _find(bladzij, persoon_id).gebruiker
    if persoon_id == bladzij.bezoeker.persoon:
        return bladzij.go(_address(persoon_id), Melding(_EIGEN_WACHTWOORD, "error"))
    wachtwoord = make_wachtwoord()
    wacht = renew_wachtwoord(bladzij.handelend, gebruiker.inlognaam, wachtwoord, _who(bladzij))
    velden = {"naam": gebruiker.naam, "inlognaam": gebruiker.inlognaam}
    titel = "Het wachtwoord is nieuw"
    return bladzij.show("beheer/gebruiker_klaar.html", titel=titel, velden=velden, wachtwoord=wachtwoord, wacht=wacht)


def _find(bladzij: Bladzij, persoon_id: str) -> Gebruikerdossier:
    return raise_unless_found(find_gebruiker(bladzij.werkplaats, bladzij.bezoeker.gemeente, persoon_id), ONBEKEND)


def _who(bladzij: Bladzij) -> str:
    return bladzij.bezoeker.persoon


def _address(persoon_id: str) -> str:
    return str(make_adres(f"/gebruikers/{persoon_id}"))


def _check(velden: dict[str, str], vandaag: date) -> tuple[date | None, dict[str, str]]:
    """The last day, and what is wrong with each field."""
    fouten = find_fault_of_rol(velden["rol"], velden["agb"])
    try:
        tot = parse_dag(velden["tot"]) if velden["tot"] else vandaag + _JAAR
    except ValueError:
        tot, fouten["tot"] = None, GEEN_DAG
    if tot is not None and not vandaag <= tot <= vandaag + _JAAR:
        fouten["tot"] = f"Een rol geldt hooguit een jaar. Kies een dag van vandaag tot en met {datum(vandaag + _JAAR)}."
    return tot, fouten


def find_fault_of_rol(rol: str, agb: str) -> dict[str, str]:
    """What is wrong with a role and its AGB code, by field; empty when they go together."""
    if rol not in PERSOONSROLLEN:
        return {"rol": "Kies een rol uit de lijst."}
    if rol == "aanbieder" and not is_agb(agb):
        return {"agb": "Een gebruiker van een aanbieder hoort bij een AGB-code van acht cijfers."}
    if rol != "aanbieder" and agb:
        return {"agb": "Alleen een gebruiker van een aanbieder heeft een AGB-code. Laat dit veld leeg."}
    return {}


def list_rolkeuzes() -> list[tuple[str, str]]:
    """Roles of people to choose from, with none chosen first."""
    return [("", "Kies een rol"), *((rol, ROLNAMEN.get(rol, rol).capitalize()) for rol in PERSOONSROLLEN)]


def _show(
    bladzij: Bladzij, dossier: Gebruikerdossier, velden: dict[str, str] | None = None, fouten: dict[str, str] | None = None
) -> Response:
    return bladzij.show(
        "beheer/gebruikerpagina.html",
        status=400 if fouten else 200,
        titel=dossier.gebruiker.naam,
        gebruiker=dossier.gebruiker,
        rollen=dossier.rollen,
        rolnamen=ROLNAMEN,
        keuzen=list_rolkeuzes(),
        zelf=dossier.gebruiker.persoon_id == bladzij.bezoeker.persoon,
        adres_persoon=_address(dossier.gebruiker.persoon_id),
        velden=velden or dict.fromkeys(("rol", "agb", "tot"), ""),
        fouten=fouten or {},
        laatste=bladzij.vandaag + _JAAR,
    )
