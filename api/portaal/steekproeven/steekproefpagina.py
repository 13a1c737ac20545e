"""One sample with its drawn lines, the same as a file, and the chain of a drawn line."""

from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.basis.bestanden import send_report
from api.basis.problemen import Probleem, raise_unless_found
from api.portaal.schil.bladzij import Controle, Steekproeflezer
from api.portaal.schil.lijst import PER_BLAD, Lijststand, read_blad
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.accountant.steekproeven import find_keten, find_steekproef, report_steekproef
from berichten.inzage.naslag.namen import find_namen
from berichten.rapporten.uitvoer.vormen import VORMEN

router = Paginarouter()
Nummer = Annotated[int, Path(ge=1, le=2**63 - 1)]
_GEEN = "Deze steekproef is er niet, of de controle over dat jaar is niet meer open. Kies er een uit de lijst."
_NIET_GETROKKEN = "Deze regel is niet getrokken in deze steekproef. Kies een regel uit de lijst van de steekproef."
_MEESTE_CONTACTEN = 50
"""Delivery records that a page shows."""
_BEVINDING = {"signaal": "opgemerkt", "beoordelen": "voorgelegd", "afwijzen": "afgewezen", "afkeuren": "afgekeurd"}


@router.get("/steekproeven/{steekproef_id}")
def get_steekproefpagina(bladzij: Steekproeflezer, steekproef_id: Nummer) -> Response:
    """Its lines in the order of the population, a page at a time."""
    steekproef = raise_unless_found(find_steekproef(bladzij.kijker, steekproef_id), _GEEN)
    stand = Lijststand(bladzij.adres, "", "op", read_blad(bladzij.adres), len(steekproef.regels))
    van = (stand.blad - 1) * PER_BLAD
    adres = f"/portaal/steekproeven/{steekproef_id}"
    return bladzij.show(
        "steekproeven/steekproefpagina.html",
        titel=f"Steekproef {steekproef_id}",
        steekproef=steekproef,
        regels=steekproef.regels[van : van + PER_BLAD],
        stand=stand,
        namen=find_namen(bladzij.kijker),
        bestanden=[(f"Download {vorm.upper()}", f"{adres}/bestand/{vorm}") for vorm in ("csv", "xlsx")],
        opent=bladzij.bezoeker.rol in ("controle", "financien"),
    )


@router.get("/steekproeven/{steekproef_id}/bestand/{vorm}")
def get_steekproefbestand(bladzij: Steekproeflezer, steekproef_id: Nummer, vorm: str) -> Response:
    """All its lines, to reckon with elsewhere."""
    if vorm not in ("csv", "xlsx"):
        raise Probleem(404, "Dit bestand bestaat niet. Kies CSV of XLSX.")
    dossier = raise_unless_found(find_steekproef(bladzij.kijker, steekproef_id), _GEEN)
    naam, rapport = report_steekproef(dossier, bladzij.bezoeker.gemeente)
    return send_report(bladzij.kijker, VORMEN[vorm], naam, lambda _: rapport)


@router.get("/steekproeven/{steekproef_id}/regels/{prestatie_id}")
def get_ketenpagina(bladzij: Controle, steekproef_id: Nummer, prestatie_id: Nummer) -> Response:
    """All that a drawn line rests on; 404 for a line that was not drawn in this sample."""
    steekproef = raise_unless_found(find_steekproef(bladzij.kijker, steekproef_id), _GEEN)
    nummers = [regel.prestatie_id for regel in steekproef.regels]
    # A line that was not drawn is asked for too: the log keeps that it was.
    keten = raise_unless_found(find_keten(bladzij.kijker, prestatie_id, nummers), _NIET_GETROKKEN)
    plaats = nummers.index(prestatie_id)
    namen = find_namen(bladzij.kijker)
    return bladzij.show(
        "steekproeven/ketenpagina.html",
        titel=f"Regel {keten.regel.referentienummer}",
        steekproef=steekproef,
        getrokken=steekproef.regels[plaats],
        keten=keten,
        aanbieder=namen.aanbieders.get(keten.agb, keten.agb),
        product=namen.producten.get(keten.regel.productcode, keten.regel.productcode),
        contacten=keten.geleverd[:_MEESTE_CONTACTEN],
        minuten=sum(item.minuten for item in keten.geleverd),
        gevolgen=_BEVINDING,
        vorige=nummers[plaats - 1] if plaats else None,
        volgende=nummers[plaats + 1] if plaats + 1 < len(nummers) else None,
    )
