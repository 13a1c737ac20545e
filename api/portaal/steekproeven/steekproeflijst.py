"""Samples as a list, with a form to draw one for who controls, and one for beheer to say which years are controlled."""

import re
from datetime import date
from typing import Any

from fastapi.responses import Response

from api.portaal.schil.adres import Paginaadres, make_adres
from api.portaal.schil.bladzij import Beheer, Bladzij, Controleur, Melding, Steekproeflezer
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.lijst import PER_BLAD, Lijststand, read_blad
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.accountant.steekproeven import find_controlemandaat, list_steekproeven
from berichten.inzage.naslag.namen import find_namen
from berichten.processen.accountant.trek_steekproef import (
    GeenMandaat,
    OngeldigeTekst,
    Steekproefwens,
    TeGroot,
    draw_steekproef,
    give_mandaat,
    judge_mandaat,
)
from berichten.rapporten.accountant.trekking import Methode

router = Paginarouter()
_LIJST = make_adres("/steekproeven")
_MEEST = 10_000
"""Lines or units of one sample."""
_VELDEN = ("jaar", "methode", "aantal", "zaad", "agb", "categorie", "reden")
_MANDAATVELDEN = ("jaar_van", "jaar_tot", "tot", "reden")
_METHODEN: dict[str, Methode] = {"geldeenheden": "geldeenheden", "posten": "posten"}
METHODEN = {"geldeenheden": "Geldeenheden: elke cent heeft even veel kans", "posten": "Posten: elke regel heeft even veel kans"}
Fouten = dict[str, str]


@router.get("/steekproeven")
def get_steekproeven(bladzij: Steekproeflezer) -> Response:
    """Newest first."""
    return _show(bladzij, {"methode": "geldeenheden"}, {})


@router.post("/steekproeven")
def post_steekproef(bladzij: Controleur) -> Response:
    """To the lines that were drawn; what cannot be drawn is told at its field, with all that was filled in."""
    velden = _read(bladzij, _VELDEN)
    fouten = _judge(velden)
    if fouten:
        return _show(bladzij, velden, fouten)
    wens = Steekproefwens(
        velden["zaad"], _METHODEN[velden["methode"]], int(velden["aantal"]), int(velden["jaar"]), velden["reden"],
        velden["agb"] or None, velden["categorie"] or None,
    )  # fmt: skip
    try:
        nummer = draw_steekproef(bladzij.werkplaats, bladzij.bezoeker.houder, wens)
    except TeGroot as fout:
        return _show(bladzij, velden, {"aantal": str(fout)})
    except GeenMandaat as fout:
        return _show(bladzij, velden, {"jaar": str(fout)})
    except OngeldigeTekst as fout:
        return _show(bladzij, velden, {"reden": str(fout)})
    return bladzij.go(f"{_LIJST}/{nummer}", Melding("De steekproef is getrokken."))


@router.post("/steekproeven/mandaat")
def post_mandaat(bladzij: Beheer) -> Response:
    """Which years are controlled, and until which day; the last time counts."""
    velden = _read(bladzij, _MANDAATVELDEN)
    invoer = Adresinvoer(Paginaadres("", tuple(velden.items())))
    tot, fouten = invoer.dag("tot"), invoer.fouten
    for naam in ("jaar_van", "jaar_tot"):
        if not _is_jaar(velden[naam]):
            fouten[naam] = "Schrijf een jaar als 2026."
    if tot is None:
        fouten.setdefault("tot", "Vul een dag in. Schrijf een dag als 30-4-2026.")
    if not velden["reden"]:
        fouten["reden"] = "Schrijf op waarvoor dit is, bijvoorbeeld de controle van de jaarrekening."
    if fouten or tot is None:
        return _show(bladzij, velden, fouten)
    return _keep_mandaat(bladzij, velden, (int(velden["jaar_van"]), int(velden["jaar_tot"])), tot)


def _keep_mandaat(bladzij: Bladzij, velden: dict[str, str], jaren: tuple[int, int], tot: date) -> Response:
    fout = judge_mandaat(bladzij.vandaag, jaren, tot)
    if fout:
        return _show(bladzij, velden, {"tot" if jaren[0] <= jaren[1] else "jaar_tot": fout})
    try:
        give_mandaat(bladzij.werkplaats, bladzij.bezoeker.houder, jaren, tot, velden["reden"])
    except OngeldigeTekst as gevonden:
        return _show(bladzij, velden, {"reden": str(gevonden)})
    return bladzij.go(_LIJST, Melding("De controle is vastgelegd. De accountant kan nu steekproeven trekken."))


def _read(bladzij: Bladzij, namen: tuple[str, ...]) -> dict[str, str]:
    return {naam: str(bladzij.formulier.get(naam, "")).strip() for naam in namen}


def _is_jaar(tekst: str) -> bool:
    return re.fullmatch("20(1[5-9]|[2-9][0-9])", tekst) is not None


def _judge(velden: dict[str, str]) -> Fouten:
    """What cannot be read, by field."""
    aantal = velden["aantal"]
    proef = {
        "jaar": (_is_jaar(velden["jaar"]), "Schrijf een jaar als 2026."),
        "methode": (velden["methode"] in METHODEN, "Kies hoe er wordt getrokken."),
        "aantal": (
            re.fullmatch("[1-9][0-9]{0,4}", aantal) is not None and int(aantal) <= _MEEST,
            "Schrijf een aantal van 1 tot en met 10.000, zonder punt.",
        ),
        "zaad": (
            1 <= len(velden["zaad"]) <= 200 and velden["zaad"].isprintable(),
            "Schrijf een zaad van 1 tot en met 200 tekens, bijvoorbeeld 2027-A.",
        ),
        "agb": (not velden["agb"] or re.fullmatch("[0-9]{8}", velden["agb"]) is not None, "Een AGB-code heeft acht cijfers."),
        "categorie": (
            re.fullmatch("[0-9A-Z]{0,2}", velden["categorie"]) is not None,
            "Een categorie heeft twee tekens, bijvoorbeeld 45.",
        ),
        "reden": (1 <= len(velden["reden"]) <= 500, "Schrijf op waarvoor deze steekproef is, in 1 tot en met 500 tekens."),
    }
    return {naam: zin for naam, (goed, zin) in proef.items() if not goed}


def _show(bladzij: Bladzij, velden: dict[str, str], fouten: Fouten) -> Response:
    alle, mandaat = list_steekproeven(bladzij.kijker), find_controlemandaat(bladzij.kijker)
    velden.setdefault("jaar", str(mandaat.jaar_tot) if mandaat else "")
    stand = Lijststand(bladzij.adres, "", "op", read_blad(bladzij.adres), len(alle))
    van = (stand.blad - 1) * PER_BLAD
    waarden: dict[str, Any] = {naam: velden.get(naam, "") for naam in (*_VELDEN, *_MANDAATVELDEN)}
    return bladzij.show(
        "steekproeven/steekproeflijst.html",
        status=400 if fouten else 200,
        titel="Steekproeven",
        mandaat=mandaat,
        steekproeven=alle[van : van + PER_BLAD],
        stand=stand,
        methoden=METHODEN,
        namen=find_namen(bladzij.kijker),
        velden=waarden,
        fouten=fouten,
        meldingen=(Melding("Dit kan zo niet. Bij het veld staat waarom.", "error"),) if fouten else (),
    )
