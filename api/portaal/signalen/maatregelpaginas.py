"""Measures of an aanbieder: a form to register one, and what happens to each."""

from datetime import date
from typing import Annotated

from fastapi import Form, Path
from fastapi.responses import Response

from api.basis.problemen import raise_unless_found
from api.portaal.financien.geldbasis import read_aanbieders
from api.portaal.schil.bladzij import Bladzij, Contractbeheer, Melding
from api.portaal.schil.invoer import GEEN_DAG, Adresinvoer, parse_dag
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.signalen.maatregellijst import SOORTNAMEN, find_maatregeldossier
from berichten.kern.nietnu import NietNu
from berichten.processen.signalen.leg_maatregel_vast import (
    GRONDEN,
    SOORTEN_PER_TREDE,
    STAPPEN,
    NieuweMaatregel,
    judge_maatregel,
    register_maatregel,
    step_maatregel,
)

router = Paginarouter()
MaatregelId = Annotated[int, Path(ge=1, le=2**63 - 1)]
_VELDEN = (
    "agb", "soort", "grond", "toelichting", "besluitdatum", "van", "tot", "hersteltermijn", "signaal", "zaaknummer",
    "zienswijze_op", "geen_zienswijze", "ingebrekestelling_op", "categorie", "segment",
)  # fmt: skip
_DAGEN = ("besluitdatum", "van", "tot", "hersteltermijn", "zienswijze_op", "ingebrekestelling_op")
_TREDE_VAN = {soort: trede for trede, soorten in SOORTEN_PER_TREDE.items() for soort in soorten}
_ONBEKEND = "Deze maatregel is er niet, of hij is niet van uw gemeente. Kies hem op de pagina van de aanbieder."
_WOORDEN = {
    "bevestigd": "bevestigd",
    "teruggenomen": "teruggenomen",
    "hersteld": "hersteld",
    "beeindigd": "beëindigd",
    "gedeeld": "gedeeld met de aanbieder",
}


@router.get("/maatregelen/nieuw")
def get_nieuwe_maatregel(bladzij: Contractbeheer) -> Response:
    """The form; a page of a signal or an aanbieder may have filled in which."""
    invoer = Adresinvoer(bladzij.adres)
    return _form(bladzij, {naam: invoer.tekst(naam) for naam in _VELDEN}, "")


@router.post("/maatregelen")
def post_maatregel(bladzij: Contractbeheer) -> Response:
    """Step 1 to 3 holds at once; 4 and 5 when a colleague confirms it."""
    velden = {naam: str(bladzij.formulier.get(naam, "")).strip() for naam in _VELDEN}
    nieuw = _read(velden)
    fout = nieuw if isinstance(nieuw, str) else judge_maatregel(nieuw)
    if fout or isinstance(nieuw, str):
        return _form(bladzij, velden, fout or "")
    uitkomst = register_maatregel(*bladzij.acting(), nieuw)
    if isinstance(uitkomst, NietNu):
        return _form(bladzij, velden, uitkomst.melding)
    if uitkomst is None:
        return _form(bladzij, velden, "Uw gemeente kent deze aanbieder niet. Controleer de AGB-code.")
    geldt = uitkomst.geldig_op is not None
    melding = "De maatregel geldt." if geldt else "De maatregel wacht op een collega, die haar bevestigt."
    return bladzij.go(f"/portaal/maatregelen/{uitkomst.maatregel_id}", Melding(melding))


def _read(velden: dict[str, str]) -> NieuweMaatregel | str:
    """The measure, or what could not be read."""
    if not (len(velden["agb"]) == 8 and velden["agb"].isascii() and velden["agb"].isdecimal()):
        return "Een AGB-code heeft acht cijfers."
    if velden["signaal"] and not (velden["signaal"].isascii() and velden["signaal"].isdecimal() and len(velden["signaal"]) < 19):
        return "Een signaal is een nummer. U vindt het in het adres van het signaal."
    dagen: dict[str, date | None] = {}
    for naam in _DAGEN:
        try:
            dagen[naam] = parse_dag(velden[naam]) if velden[naam] else None
        except ValueError:
            return GEEN_DAG
    besluit, van = dagen.pop("besluitdatum"), dagen.pop("van")
    if besluit is None or van is None:
        return "Vul de dag van het besluit en de eerste dag van de maatregel in."
    gelijk = {
        naam: velden[naam]
        for naam in ("agb", "soort", "grond", "toelichting", "zaaknummer", "geen_zienswijze", "categorie", "segment")
    }
    signalen = (int(velden["signaal"]),) if velden["signaal"] else ()
    trede = _TREDE_VAN.get(velden["soort"], 0)
    return NieuweMaatregel(trede=trede, besluitdatum=besluit, van=van, signalen=signalen, **gelijk, **dagen)  # type: ignore[arg-type]


def _form(bladzij: Bladzij, velden: dict[str, str], fout: str) -> Response:
    soorten = [(soort, f"{trede}. {SOORTNAMEN[soort]}") for soort, trede in _TREDE_VAN.items()]
    return bladzij.show(
        "signalen/maatregel_nieuw.html",
        status=400 if fout else 200,
        titel="Nieuwe maatregel",
        velden=velden,
        soorten=soorten,
        gronden=[(grond, grond) for grond in GRONDEN],
        meldingen=(Melding(fout, "error"),) if fout else (),
    )


@router.get("/maatregelen/{maatregel_id}")
def get_maatregelpagina(bladzij: Contractbeheer, maatregel_id: MaatregelId) -> Response:
    """One measure, with what can be done with it."""
    dossier = raise_unless_found(find_maatregeldossier(bladzij.kijker, maatregel_id), _ONBEKEND)
    maatregel = dossier.maatregel
    return bladzij.show(
        "signalen/maatregel.html",
        titel=maatregel.naam.capitalize(),
        dossier=dossier,
        maatregel=maatregel,
        aanbieder=read_aanbieders(bladzij).get(maatregel.agb, maatregel.agb),
        woorden=_WOORDEN,
        wie=bladzij.names_of((dossier.door, *(stap.door for stap in dossier.gebeurtenissen))),
        ik=bladzij.bezoeker.houder.sleutel_id,
    )


@router.post("/maatregelen/{maatregel_id}/stap")
def post_maatregelstap(
    bladzij: Contractbeheer,
    maatregel_id: MaatregelId,
    soort: Annotated[str, Form()] = "",
    reden: Annotated[str, Form()] = "",
) -> Response:
    """Today."""
    if soort not in STAPPEN:
        return bladzij.go(f"/portaal/maatregelen/{maatregel_id}", Melding("Kies wat er met de maatregel gebeurt.", "error"))
    uitkomst = step_maatregel(*bladzij.acting(), maatregel_id, soort, reden=reden.strip())
    return bladzij.tell(uitkomst, f"De maatregel is {_WOORDEN[soort]}.", f"/portaal/maatregelen/{maatregel_id}")
