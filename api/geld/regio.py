"""The region: its quarter and its obligations; cost by gemeente, and no row of a client, line or allocation."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import Depends, Path, Query, Response

from api.basis.accept import Mediatype
from api.basis.problemen import Probleem
from api.basis.route import Router
from api.basis.velden import Datum
from api.deur.toegang import Plaats, require
from api.geld.monitor import ALS_BESTAND, Monitortabel, as_asked
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.regio.reken_regio import ROLLEN, Regiovraag, report_regio, report_regioverplichtingen
from berichten.processen.regio.reken_regiodelen import report_regioindicatoren, report_regiosegmenten
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.monitor.bereik import Bereik
from berichten.rapporten.monitor.tabel import Tabel
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal, read_kwartaal

router = Router(prefix="/regio", tags=["regio"])
Lezer = Annotated[Sleutelhouder, Depends(require(*ROLLEN))]
Periode = Annotated[str, Path(pattern="^[0-9]{4}-[QqTt][1-4]$", description="Kwartaal of vier maanden", examples=["2026-Q1"])]
Regionaam = Annotated[str | None, Query(max_length=60, description="Naam van de regio, als uw gemeente bij meer dan een hoort")]
Dag = Annotated[Datum | None, Query(description="De stand aan het einde van deze dag; leeg is vandaag")]


@router.get(
    "/kwartaalrapporten/{periode}",
    response_model=Monitortabel,
    summary="Het kwartaal van de regio",
    description="Per gemeente de kosten naast vorig jaar en de begroting, en een totaal. Leden zijn wie dat op de laatste dag van"
    " de periode zijn. Cliënten alleen van de hele regio en van de eigen gemeente. Als JSON, of als CSV of XLSX volgens de header"
    " Accept.",
    responses=ALS_BESTAND,
)
def get_regiokwartaal(
    werkplaats: Plaats,
    houder: Lezer,
    mediatype: Mediatype,
    periode: Periode,
    peildatum: Dag = None,
    regio: Regionaam = None,
) -> Response | Monitortabel:
    """400 for a period that is not over, and for who is in no region."""
    return _answer(werkplaats, Regiovraag(houder.gemeente, houder.rol, peildatum, regio), periode, report_regio, mediatype)


@router.get(
    "/segmenten/{periode}",
    response_model=Monitortabel,
    summary="De segmenten van de regio",
    description="Alle gemeenten samen, per segment: de kosten van de periode en van het jaar, naast de begroting en de prognose."
    " Zonder cliënten. Als JSON, of als CSV of XLSX volgens de header Accept.",
    responses=ALS_BESTAND,
)
def get_regiosegmenten(
    werkplaats: Plaats, houder: Lezer, mediatype: Mediatype, periode: Periode, peildatum: Dag = None, regio: Regionaam = None
) -> Response | Monitortabel:
    """As the quarter of the region."""
    vraag = Regiovraag(houder.gemeente, houder.rol, peildatum, regio)
    return _answer(werkplaats, vraag, periode, report_regiosegmenten, mediatype)


@router.get(
    "/indicatoren/{periode}",
    response_model=Monitortabel,
    summary="De indicatoren van de regio",
    description="Alle gemeenten samen, naast vorig jaar. Een streepje staat waar het cijfer over een kleine groep zou gaan, ook"
    " als een gemeente haar eigen cijfers eraf haalt. Als JSON, of als CSV of XLSX volgens de header Accept.",
    responses=ALS_BESTAND,
)
def get_regioindicatoren(
    werkplaats: Plaats, houder: Lezer, mediatype: Mediatype, periode: Periode, peildatum: Dag = None, regio: Regionaam = None
) -> Response | Monitortabel:
    """As the quarter of the region."""
    vraag = Regiovraag(houder.gemeente, houder.rol, peildatum, regio)
    return _answer(werkplaats, vraag, periode, report_regioindicatoren, mediatype)


def _answer(
    werkplaats: Werkplaats,
    vraag: Regiovraag,
    periode: str,
    maak: Callable[[Werkplaats, Regiovraag, Kwartaal], Tabel],
    mediatype: str,
) -> Response | Monitortabel:
    try:
        gelezen = read_kwartaal(periode)
        tabel = maak(werkplaats, vraag, gelezen)
    except Vraagfout as fout:
        raise Probleem(400, str(fout)) from fout
    return as_asked(tabel, gelezen.bereik(vraag.gemeente), mediatype, vraag.peildatum or werkplaats.instellingen.vandaag())


@router.get(
    "/verplichtingen",
    response_model=Monitortabel,
    summary="Waar de gemeenten van de regio aan vastzitten",
    description="Per gemeente over een jaar wat is toegewezen en gedeclareerd, en wat er nog komt. Bedragen, en geen aantallen."
    " Als JSON, of als CSV of XLSX volgens de header Accept.",
    responses=ALS_BESTAND,
)
def get_regioverplichtingen(
    werkplaats: Plaats,
    houder: Lezer,
    mediatype: Mediatype,
    jaar: Annotated[int | None, Query(ge=2015, le=2100, description="Kalenderjaar; leeg is dit jaar")] = None,
    peildatum: Dag = None,
    regio: Regionaam = None,
) -> Response | Monitortabel:
    """As of the end of the peildatum, or now."""
    vandaag = werkplaats.instellingen.vandaag()
    gevraagd = jaar or vandaag.year
    try:
        tabel = report_regioverplichtingen(werkplaats, Regiovraag(houder.gemeente, houder.rol, peildatum, regio), gevraagd)
    except Vraagfout as fout:
        raise Probleem(400, str(fout)) from fout
    bereik = Bereik((houder.gemeente,), date(gevraagd, 1, 1), date(gevraagd, 12, 31))
    return as_asked(tabel, bereik, mediatype, peildatum or vandaag)
