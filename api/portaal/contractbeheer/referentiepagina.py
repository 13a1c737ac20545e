"""Load reference data: choose a file, see its faults by line or what it changes, and only then load it."""

from typing import Annotated

from fastapi import File, Form, UploadFile
from fastapi.responses import Response

from api.portaal.schil.bladzij import Bladzij, Contractbeheer, Melding
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.naslag.referentie import show_wijzigingen
from berichten.kern.taal import foutental, telling
from berichten.processen.referentie.bewaar_bestand import WEG, drop_bestand, find_bestand, keep_bestand
from berichten.processen.referentie.laad_referentie import SOORTEN, Inlezing, load_referentie

router = Paginarouter()
_UITLEG = {
    "aanbieders": "Aanbieders", "pdc": "Producten (pdc)", "contracten": "Contracten", "tarieven": "Tarieven",
    "gezinsplanafspraken": "Afspraken uit gezinsplannen", "verantwoording": "Verantwoording", "kaders": "Kaders",
    "bestedingsruimte": "Bestedingsruimte", "regelbeleid": "Regelbeleid", "declaratiewijzen": "Declaratiewijzen",
    "verzoekbeleid": "Verzoekbeleid", "contractdossier": "Contractdossier",
    "beschikkingen": "Beschikkingen", "evaluaties": "Evaluaties", "casusregie": "Casusregie",
    "teamleden": "Leden van teams",
}  # fmt: skip
_GEEN = "Kies een bestand (CSV of Excel)."


@router.get("/referentie")
def get_referentiepagina(bladzij: Contractbeheer) -> Response:
    """Which kinds there are, with their columns."""
    return _show(bladzij)


@router.post("/referentie")
def post_referentieproef(
    bladzij: Contractbeheer, bestand: Annotated[UploadFile | None, File()] = None, soort: Annotated[str, Form()] = ""
) -> Response:
    """Tried as a whole; nothing is kept."""
    inhoud = bestand.file.read() if bestand is not None else b""
    fouten = {} if soort in SOORTEN else {"soort": "Kies wat er in het bestand staat."}
    if not inhoud:
        fouten["bestand"] = _GEEN
    if fouten:
        return _show(bladzij, soort, fouten, status=400)
    inlezing = load_referentie(bladzij.werkplaats, soort, inhoud, gemeente=bladzij.bezoeker.gemeente, proef=True)
    if inlezing.verschil is None:
        return _show(bladzij, soort, inlezing=inlezing, status=400)
    merk = keep_bestand(bladzij.werkplaats, bladzij.bezoeker.houder, soort, inhoud)
    return _show(bladzij, soort, inlezing=inlezing, merk=merk)


@router.post("/referentie/laden")
def post_referentieladen(
    bladzij: Contractbeheer, merk: Annotated[str, Form()] = "", soort: Annotated[str, Form()] = ""
) -> Response:
    """What was tried is loaded; it is judged again, since others may have loaded something meanwhile."""
    houder = bladzij.bezoeker.houder
    bestand = find_bestand(bladzij.werkplaats, houder, soort, merk) if soort in SOORTEN else None
    if bestand is None:
        return _show(bladzij, soort if soort in SOORTEN else "", {"bestand": WEG}, status=400)
    inlezing = load_referentie(bladzij.handelend, soort, bestand, gemeente=bladzij.bezoeker.gemeente)
    if inlezing.verschil is None:
        return _show(bladzij, soort, inlezing=inlezing, status=400)
    drop_bestand(bladzij.werkplaats, houder, soort)
    nieuw = telling(inlezing.verschil.nieuw, "nieuwe rij", "nieuwe rijen")
    anders = telling(inlezing.verschil.gewijzigd, "gewijzigde rij", "gewijzigde rijen")
    return bladzij.go("/portaal/referentie", Melding(f"{_UITLEG.get(soort, soort)} geladen: {nieuw} en {anders}."))


def _show(
    bladzij: Bladzij,
    soort: str = "",
    fouten: dict[str, str] | None = None,
    inlezing: Inlezing | None = None,
    merk: str = "",
    status: int = 200,
) -> Response:
    verschil = inlezing.verschil if inlezing else None
    return bladzij.show(
        "contractbeheer/referentiepagina.html",
        status=status,
        titel="Referentiegegevens",
        soorten=[("", "Kies een soort"), *((naam, _UITLEG.get(naam, naam)) for naam in SOORTEN)],
        kolommen=[(_UITLEG.get(naam, naam), naam, [kolom.naam for kolom in item.kolommen]) for naam, item in SOORTEN.items()],
        soort=soort,
        soortnaam=_UITLEG.get(soort, soort),
        fouten=fouten or {},
        inlezing=inlezing,
        foutental=foutental(inlezing.totaal) if inlezing else "",
        verschil=verschil,
        wijzigingen=show_wijzigingen(bladzij.kijker, SOORTEN[soort].tabel, verschil.wijzigingen) if verschil else [],
        merk=merk,
    )
