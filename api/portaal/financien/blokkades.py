"""Payment blocks: what is held back and why, and two people who let it go again."""

from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.portaal.financien.geldbasis import read_aanbieders
from api.portaal.schil.adres import make_adres
from api.portaal.schil.bladzij import Bladzij, Financien
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.lijst import PER_BLAD
from api.portaal.schil.paginarouter import Paginarouter
from berichten.beoordeling.besluit import check_tekst
from berichten.inzage.geld.rekeningen import list_blokkades
from berichten.processen.financien.stel_blokkade import Doel, keep_blokkade, lift_blokkade, set_blokkade

router = Paginarouter()
BlokkadeId = Annotated[int, Path(ge=1, le=2**63 - 1)]
_LIJST = make_adres("/blokkades")
_SOORTEN = {"nu": True, "opgeheven": False}


@router.get("/blokkades")
def get_blokkades(bladzij: Financien) -> Response:
    """What is blocked now, unless the address asks for what was."""
    invoer = Adresinvoer(bladzij.adres)
    soort = invoer.keuze("stand", (*_SOORTEN, "alles")) or "nu"
    agb = invoer.code("agb", "[0-9]{8}", "Een AGB-code heeft acht cijfers.")
    na = invoer.code("na", "[0-9]{1,18}", "")
    lijst = list_blokkades(bladzij.kijker, agb, _SOORTEN.get(soort), PER_BLAD, na)
    door = [item for rij in lijst.regels for item in (rij.ingesteld_door, rij.opgeheven_door, rij.opheffing_voorgesteld_door)]
    return bladzij.show(
        "financien/blokkades.html",
        titel="Blokkades",
        lijst=lijst,
        soort=soort,
        agb=agb or "",
        wie=bladzij.names_of(door),
        ik=bladzij.bezoeker.houder.sleutel_id,
        aanbieders=read_aanbieders(bladzij),
        invoer=invoer,
        meldingen=invoer.meldingen(),
    )


@router.get("/blokkades/nieuw")
def get_nieuwe_blokkade(bladzij: Financien) -> Response:
    """The form; a page of a line or an aanbieder may have filled in which."""
    invoer = Adresinvoer(bladzij.adres)
    return _form(bladzij, {"agb": invoer.tekst("agb"), "regel": invoer.tekst("regel"), "reden": ""}, {})


@router.post("/blokkades/controle")
def post_controle(bladzij: Financien) -> Response:
    """Once more what will be held back, or what is wrong with the form."""
    velden = _read(bladzij)
    fouten = _check(velden)
    if fouten:
        return _form(bladzij, velden, fouten)
    return bladzij.show(
        "financien/blokkade_controle.html",
        titel="Controleer de blokkade",
        velden=velden,
        aanbieder=read_aanbieders(bladzij).get(velden["agb"], ""),
    )


@router.post("/blokkades")
def post_blokkade(bladzij: Financien) -> Response:
    """Blocks from now on."""
    velden = _read(bladzij)
    fouten = _check(velden)
    if fouten:
        return _form(bladzij, velden, fouten)
    doel = Doel(velden["agb"] or None, int(velden["regel"]) if velden["regel"] else None)
    gesteld = set_blokkade(*bladzij.acting(), doel, velden["reden"])
    if gesteld is None:
        veld = "agb" if doel.prestatie_id is None else "regel"
        return _form(bladzij, velden, {veld: "Uw gemeente kent dit nummer niet. Controleer het."})
    return bladzij.tell(gesteld, "De blokkade staat. Deze betalingen wachten tot twee mensen haar opheffen.", _LIJST)


@router.post("/blokkades/{blokkade_id}/opheffing")
def post_opheffing(bladzij: Financien, blokkade_id: BlokkadeId) -> Response:
    """The first proposes it, a second person confirms it."""
    blokkade = lift_blokkade(*bladzij.acting(), blokkade_id)
    opgeheven = getattr(blokkade, "opgeheven_op", None) is not None
    voorgesteld = "U stelde voor de blokkade op te heffen. Een collega bevestigt dat; tot die tijd blijft zij staan."
    klaar = "De blokkade is opgeheven. Wat wachtte kan mee in de volgende betaalrun."
    return bladzij.tell(blokkade, klaar if opgeheven else voorgesteld, _LIJST)


@router.post("/blokkades/{blokkade_id}/behoud")
def post_behoud(bladzij: Financien, blokkade_id: BlokkadeId) -> Response:
    """Takes the proposal to lift it back."""
    blokkade = keep_blokkade(*bladzij.acting(), blokkade_id)
    return bladzij.tell(blokkade, "Het voorstel is teruggenomen. De blokkade blijft staan.", _LIJST)


def _read(bladzij: Bladzij) -> dict[str, str]:
    return {naam: str(bladzij.formulier.get(naam, "")).strip() for naam in ("agb", "regel", "reden")}


def _check(velden: dict[str, str]) -> dict[str, str]:
    fouten = {}
    if bool(velden["agb"]) == bool(velden["regel"]):
        fouten["agb"] = "Geef een AGB-code of een regelnummer, en niet allebei."
    elif velden["agb"] and not (len(velden["agb"]) == 8 and velden["agb"].isdecimal() and velden["agb"].isascii()):
        fouten["agb"] = "Een AGB-code heeft acht cijfers."
    elif velden["regel"] and not (velden["regel"].isascii() and velden["regel"].isdecimal() and 0 < int(velden["regel"]) < 2**63):
        fouten["regel"] = "Een regelnummer is een getal. U vindt het in het adres van de regel."
    reden = check_tekst(velden["reden"])
    return fouten | ({"reden": reden} if reden else {})


def _form(bladzij: Bladzij, velden: dict[str, str], fouten: dict[str, str]) -> Response:
    status = 400 if fouten else 200
    return bladzij.show("financien/blokkade_nieuw.html", status=status, titel="Nieuwe blokkade", velden=velden, fouten=fouten)
