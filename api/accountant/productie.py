"""What aanbieders account for by year and product: loading it, and laying it beside our own books."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import StreamingResponse

from api.accountant.verantwoord import Lezer, Vraag
from api.basis.accept import Mediatype
from api.basis.bestanden import ALS_BESTAND, send_report, wants_file
from api.basis.problemen import Probleem
from api.basis.route import Router
from api.berichten.invoerbestand import ALS_TABEL
from api.deur.toegang import Plaats, require
from api.geld.controlejaren import BUITEN_DE_JAREN
from api.naslag.laden import Lading, load_tabel
from berichten.fouten import Invoerfout
from berichten.kern.houder import Sleutelhouder
from berichten.processen.accountant.laad_productie import load_productie
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.rapportage.boeken import PRODUCTIEVERANTWOORDING
from berichten.processen.rapportage.verantwoord import require_heel_jaar
from berichten.rapporten.boeken.boekvraag import Boekvraag
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.uitvoer.als_json import write_json

router = Router(prefix="/financien", tags=["accountant"])

Schrijver = Annotated[Sleutelhouder, Depends(require("contractbeheer", "financien", "beheer"))]


@router.post(
    "/productieverantwoording",
    response_model=Lading,
    summary="Laad wat aanbieders over een jaar verantwoorden",
    description="CSV of XLSX met de kolommen gemeente;agb;jaar;productcategorie;productcode;eenheid;volume;bedrag;verklaring;"
    "oordeel;datum (UTF-8, puntkomma's, kopregel), bedragen in eurocenten. Een latere rij voor dezelfde aanbieder, jaar, product en"
    " eenheid komt in de plaats van de vorige, die bewaard blijft. Bij één foute regel wordt niets geladen.",
    openapi_extra=ALS_TABEL,
)
async def post_productieverantwoording(request: Request, werkplaats: Plaats, houder: Schrijver) -> Lading:
    """Remembers who loaded it and when."""
    return await load_tabel(request, werkplaats, houder, load_productie)


@router.get(
    "/productieverantwoording",
    summary="Wat aanbieders verantwoorden, naast de eigen boeken",
    description="Van een jaar, per aanbieder en product: wat is verantwoord, toegekend, aangehouden en afgewezen, en welk verschil"
    " daarmee niet is verklaard. JSON, of CSV of XLSX volgens de header Accept.",
    responses={**ALS_BESTAND, **BUITEN_DE_JAREN},
)
def get_productieverantwoording(werkplaats: Plaats, houder: Lezer, vraag: Vraag, mediatype: Mediatype) -> Any:
    """400 for what is no whole year."""
    try:
        require_heel_jaar(vraag)
    except Vraagfout as fout:
        raise Probleem(400, str(fout), [Invoerfout("query", "VERZOEK", str(fout), None)]) from fout
    if wants_file(mediatype):
        naam = PRODUCTIEVERANTWOORDING.name_file(vraag)
        kijker = werkplaats.seen_by(houder)
        return send_report(kijker, mediatype, naam, lambda verbinding: PRODUCTIEVERANTWOORDING.make(verbinding, werkplaats, vraag))
    return StreamingResponse(_as_json(werkplaats, houder, vraag), media_type=mediatype)


def _as_json(werkplaats: Werkplaats, houder: Sleutelhouder, vraag: Boekvraag) -> Iterator[bytes]:
    with werkplaats.seen_by(houder).transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        yield from write_json(PRODUCTIEVERANTWOORDING.make(verbinding, werkplaats, vraag))
