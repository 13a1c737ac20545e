"""Bank accounts: where aanbieders are paid and from which the gemeente pays; the one records, another confirms."""

from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.portaal.financien.geldbasis import read_aanbieders
from api.portaal.schil.adres import Paginaadres, make_adres
from api.portaal.schil.bladzij import Bladzij, Financien, Melding
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.lijst import PER_BLAD
from api.portaal.schil.paginarouter import Paginarouter
from berichten.boeken.betaling import Rekening
from berichten.inzage.geld.rekeningen import list_rekeningen
from berichten.processen.financien.beoordeel_rekening import confirm_rekening, withdraw_rekening
from berichten.processen.financien.leg_rekening_vast import NieuweRekening, record_rekening
from berichten.standaard.waarden.iban import tidy_iban

router = Paginarouter()
RekeningId = Annotated[int, Path(ge=1, le=2**63 - 1)]
_LIJST = make_adres("/rekeningen")
_VELDEN = ("agb", "iban", "tenaamstelling", "ingangsdatum", "einddatum")
_STANDEN = ("voorstel", "bevestigd", "ingetrokken")


@router.get("/rekeningen")
def get_rekeningen(bladzij: Financien) -> Response:
    """The last recorded first; those that wait for a colleague are the reason to come here."""
    invoer = Adresinvoer(bladzij.adres)
    stand = invoer.keuze("stand", _STANDEN)
    agb = invoer.code("agb", "[0-9]{8}", "Een AGB-code heeft acht cijfers.")
    na = invoer.code("na", "[0-9]{1,18}", "")
    lijst = list_rekeningen(bladzij.kijker, agb, False, stand, PER_BLAD, na)  # type: ignore[arg-type]
    return bladzij.show(
        "financien/rekeningen.html",
        titel="Bankrekeningen",
        lijst=lijst,
        stand=stand or "",
        wie=bladzij.names_of(item for rij in lijst.regels for item in (rij.vastgelegd_door, rij.beoordeeld_door)),
        ik=bladzij.bezoeker.houder.sleutel_id,
        aanbieders=read_aanbieders(bladzij),
        invoer=invoer,
        meldingen=invoer.meldingen(),
    )


@router.get("/rekeningen/nieuw")
def get_nieuwe_rekening(bladzij: Financien) -> Response:
    """An empty form."""
    return _form(bladzij, dict.fromkeys(_VELDEN, ""), {})


@router.post("/rekeningen")
def post_rekening(bladzij: Financien) -> Response:
    """Recorded, but not used until a colleague confirmed it."""
    velden = {naam: str(bladzij.formulier.get(naam, "")).strip() for naam in _VELDEN}
    invoer = Adresinvoer(Paginaadres("", tuple(velden.items())))
    van, tot = invoer.dag("ingangsdatum"), invoer.dag("einddatum")
    invoer.code("agb", "[0-9]{8}", "Een AGB-code heeft acht cijfers.")
    if van is None and "ingangsdatum" not in invoer.fouten:
        invoer.fouten["ingangsdatum"] = "Vul in vanaf welke dag deze rekening geldt."
    if van is None or invoer.fouten:
        return _form(bladzij, velden, invoer.fouten)
    nieuw = NieuweRekening(velden["agb"] or None, Rekening(tidy_iban(velden["iban"]), velden["tenaamstelling"]), van, tot)
    rij = record_rekening(*bladzij.acting(), nieuw)
    if isinstance(rij, list):
        return _form(bladzij, velden, {fout.pad: fout.melding for fout in rij})
    return bladzij.go(
        _LIJST, Melding("De rekening is vastgelegd. Een collega bevestigt haar; tot die tijd wordt zij niet gebruikt.")
    )


@router.post("/rekeningen/{rekening_id}/bevestiging")
def post_bevestiging(bladzij: Financien, rekening_id: RekeningId) -> Response:
    """By another than who recorded it."""
    uitkomst = confirm_rekening(*bladzij.acting(), rekening_id)
    return bladzij.tell(uitkomst, "De rekening is bevestigd. Vanaf de ingangsdatum wordt hierop betaald.", _LIJST)


@router.post("/rekeningen/{rekening_id}/intrekking")
def post_intrekking_rekening(bladzij: Financien, rekening_id: RekeningId) -> Response:
    """Then it is never used."""
    uitkomst = withdraw_rekening(*bladzij.acting(), rekening_id)
    return bladzij.tell(uitkomst, "De rekening is ingetrokken. Zij wordt niet gebruikt.", _LIJST)


def _form(bladzij: Bladzij, velden: dict[str, str], fouten: dict[str, str]) -> Response:
    status = 400 if fouten else 200
    return bladzij.show("financien/rekening_nieuw.html", status=status, titel="Nieuwe bankrekening", velden=velden, fouten=fouten)
