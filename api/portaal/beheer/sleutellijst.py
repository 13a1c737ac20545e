"""Keys of the API: whose they are, until when, and when they were last used; make one for software, or withdraw one."""

from datetime import date, timedelta

from fastapi.responses import Response

from api.basis.problemen import Probleem
from api.portaal.schil.bladzij import Beheer, Bladzij, Melding
from api.portaal.schil.invoer import GEEN_DAG, Adresinvoer, is_naam, parse_dag
from api.portaal.schil.navigatie import ROLNAMEN
from api.portaal.schil.paginarouter import Paginarouter
from berichten.fouten import Bedieningsfout
from berichten.processen.toegang.beheer_sleutels import (
    add_aanbiedersleutel,
    add_systeemsleutel,
    list_sleutels_of,
    list_systemen_of,
    tell_stand,
    withdraw_sleutel,
)
from berichten.standaard.waarden.agb import is_agb

router = Paginarouter()
_VELDEN = ("voor", "agb", "naam", "tot")
_AANBIEDER = "aanbieder"
_ONBEKEND = "Deze sleutel is er niet, of is niet van uw gemeente. Kies een sleutel uit de lijst."


@router.get("/sleutels")
def get_sleutellijst(bladzij: Beheer) -> Response:
    """Those that were not withdrawn, the newest first; with `stand=alles` those too."""
    invoer = Adresinvoer(bladzij.adres)
    alles = invoer.keuze("stand", ("alles",)) is not None
    lijst = list_sleutels_of(bladzij.werkplaats, bladzij.bezoeker.gemeente)
    getoond = [rij for rij in lijst if alles or rij.ingetrokken_op is None]
    waarschuwen = bladzij.werkplaats.instellingen.sleutel_waarschuw_dagen
    return bladzij.show(
        "beheer/sleutellijst.html",
        titel="Sleutels",
        lijst=getoond,
        ingetrokken=len(lijst) - len([rij for rij in lijst if rij.ingetrokken_op is None]),
        alles=alles,
        rolnamen=ROLNAMEN,
        stand={rij.sleutel_id: tell_stand(rij, bladzij.vandaag, waarschuwen) for rij in getoond},
        meldingen=invoer.meldingen(),
    )


@router.get("/sleutels/nieuw")
def get_nieuwe_sleutel(bladzij: Beheer) -> Response:
    """An empty form."""
    return _form(bladzij, dict.fromkeys(_VELDEN, ""), {})


@router.post("/sleutels")
def post_sleutel(bladzij: Beheer) -> Response:
    """Makes the key; its text is told on the page that follows, and never again."""
    velden = {naam: str(bladzij.formulier.get(naam, "")).strip() for naam in _VELDEN}
    tot, fouten = _check(bladzij, velden)
    if fouten or tot is None:
        return _form(bladzij, velden, fouten)
    try:
        sleutel = _make(bladzij, velden, tot)
    except Bedieningsfout as fout:
        return _form(bladzij, velden, {"voor": str(fout)})
    return bladzij.show("beheer/sleutel_klaar.html", titel="De sleutel is gemaakt", sleutel=sleutel, tot=tot)


def _make(bladzij: Bladzij, velden: dict[str, str], tot: date) -> str:
    """Software of the gemeente is registered beforehand, with who answers for it; people work with pages, not with keys."""
    wie = bladzij.bezoeker
    if velden["voor"] == _AANBIEDER:
        return add_aanbiedersleutel(bladzij.handelend, wie.gemeente, velden["agb"], velden["naam"], tot, wie.persoon)
    return add_systeemsleutel(bladzij.handelend, velden["voor"], wie.persoon, tot)


def _check(bladzij: Bladzij, velden: dict[str, str]) -> tuple[date | None, dict[str, str]]:
    """The last day, and what is wrong with each field."""
    fouten, laatste = {}, _last_day(bladzij)
    systemen = {item.systeem_id for item in list_systemen_of(bladzij.werkplaats, bladzij.bezoeker.gemeente)}
    if velden["voor"] not in {_AANBIEDER, *systemen}:
        fouten["voor"] = "Kies voor wie de sleutel is."
    if velden["voor"] == _AANBIEDER:
        fouten |= _check_aanbieder(velden)
    try:
        tot = parse_dag(velden["tot"]) if velden["tot"] else laatste
    except ValueError:
        return None, fouten | {"tot": GEEN_DAG}
    if not bladzij.vandaag <= tot <= laatste:
        fouten["tot"] = "Kies een dag van vandaag tot en met over een jaar."
    return tot, fouten


def _check_aanbieder(velden: dict[str, str]) -> dict[str, str]:
    fouten, agb = {}, velden["agb"]
    if not is_agb(agb):
        fouten["agb"] = "Een AGB-code heeft acht cijfers."
    if not is_naam(velden["naam"]):
        fouten["naam"] = "Vul in van wie de software is, in hooguit 100 tekens en zonder burgerservicenummer."
    return fouten


def _last_day(bladzij: Bladzij) -> date:
    return bladzij.vandaag + timedelta(days=bladzij.werkplaats.instellingen.sleutel_geldig_dagen)


def _form(bladzij: Bladzij, velden: dict[str, str], fouten: dict[str, str]) -> Response:
    systemen = list_systemen_of(bladzij.werkplaats, bladzij.bezoeker.gemeente)
    return bladzij.show(
        "beheer/sleutel_nieuw.html",
        status=400 if fouten else 200,
        titel="Nieuwe sleutel",
        velden=velden,
        fouten=fouten,
        laatste=_last_day(bladzij),
        wie=[
            ("", "Kies voor wie"),
            (_AANBIEDER, "Software van een aanbieder"),
            *((item.systeem_id, f"{item.naam} van {item.organisatie} ({ROLNAMEN.get(item.rol, item.rol)})") for item in systemen),
        ],
    )


@router.post("/sleutels/{sleutel_id}/intrekking")
def post_intrekking(bladzij: Beheer, sleutel_id: str) -> Response:
    """It works no more from the next request on. 404 for one of another gemeente."""
    rijen = list_sleutels_of(bladzij.werkplaats, bladzij.bezoeker.gemeente)
    rij = next((item for item in rijen if item.sleutel_id == sleutel_id), None)
    if rij is None:
        raise Probleem(404, _ONBEKEND)
    gedaan = withdraw_sleutel(bladzij.handelend, sleutel_id, bladzij.bezoeker.persoon)
    naam = rij.systeem or rij.eigenaar or rij.sleutel_id
    melding = f"De sleutel van {naam} werkt niet meer." if gedaan else f"De sleutel van {naam} was al ingetrokken."
    return bladzij.go("/portaal/sleutels", Melding(melding, "ok" if gedaan else "info"))
