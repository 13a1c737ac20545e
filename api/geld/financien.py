"""What finance asks of the books: totals and their lines, the journal, and the proof that all of it ties."""

from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from fastapi.responses import Response

from api.basis.accept import Mediatype
from api.basis.bestanden import ALS_BESTAND, send_report, wants_file
from api.basis.problemen import Probleem
from api.basis.route import Router
from api.deur.toegang import Plaats, require
from api.geld.boekmodellen import Aansluiting, Journaal, Totaalregels, Totalen
from api.geld.controlejaren import BUITEN_DE_JAREN, require_open_years
from berichten.fouten import Invoerfout
from berichten.inzage.geld.boeken import list_boekingen, list_getelde_prestaties
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.controleer_boeken import prove
from berichten.processen.rapportage.boeken import AANSLUITING, JOURNAAL, TOTALEN, Boekrapport
from berichten.rapporten.boeken.boekvraag import Boekvraag, ask
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.boeken.totalen import report_totalen

router = Router(prefix="/financien", tags=["financien"])

Lezer = Annotated[Sleutelhouder, Depends(require(*TOTALEN.rollen))]
Boekhouder = Annotated[Sleutelhouder, Depends(require("financien"))]
"""Who sees the lines behind a total too: those are of clients."""
_MEESTE_VERSCHILLEN = 1000
"""Differences in one JSON answer; CSV and XLSX hold all of them."""


def get_vraag(
    werkplaats: Plaats,
    houder: Lezer,
    periode: Annotated[str | None, Query(description="2026-04, 2026-Q2, 2026-T2 (vier maanden) of 2026", max_length=20)] = None,
    van: Annotated[str | None, Query(description="Eerste maand, in plaats van 'periode'", max_length=20)] = None,
    tot: Annotated[str | None, Query(description="Laatste maand, in plaats van 'periode'", max_length=20)] = None,
    periodesoort: Annotated[Literal["zorgmaand", "declaratiemaand"], Query()] = "zorgmaand",
    peildatum: Annotated[
        str | None, Query(description="De stand aan het eind van deze dag, of op dit moment; leeg is nu", max_length=40)
    ] = None,
    aanbieder: Annotated[str | None, Query(pattern="^[0-9]{8}$")] = None,
    declaratiemaand: Annotated[str | None, Query(max_length=20)] = None,
    zorgmaand: Annotated[str | None, Query(max_length=20)] = None,
    categorie: Annotated[str | None, Query(max_length=20)] = None,
    productcode: Annotated[str | None, Query(max_length=20)] = None,
) -> Boekvraag:
    """What is asked of the books; 400 when it cannot be asked."""
    filters = {
        "aanbieder": aanbieder, "declaratiemaand": declaratiemaand, "zorgmaand": zorgmaand, "categorie": categorie,
        "productcode": productcode,
    }  # fmt: skip
    try:
        vraag = ask(
            houder.gemeente, werkplaats.instellingen.nu(), periode=periode, van=van, tot=tot, periodesoort=periodesoort,
            peildatum=peildatum, filters=filters,
        )  # fmt: skip
    except Vraagfout as fout:
        raise _as_probleem(fout) from fout
    return require_open_years(werkplaats, houder, vraag)


def get_totaalvraag(
    vraag: Annotated[Boekvraag, Depends(get_vraag)],
    zorgvorm: Annotated[str | None, Query(max_length=200)] = None,
    segment: Annotated[str | None, Query(max_length=20)] = None,
    taakveld: Annotated[str | None, Query(max_length=200)] = None,
    uitkomst: Annotated[Literal["toegekend", "afgewezen", "ter_beoordeling", "niet_beoordeeld"] | None, Query()] = None,
) -> Boekvraag:
    """The same, with filters on what only lines and catalogue know."""
    meer = {"zorgvorm": zorgvorm, "segment": segment, "taakveld": taakveld, "uitkomst": uitkomst}
    return vraag.narrow({naam: waarde for naam, waarde in meer.items() if waarde is not None})


Journaalvraag = Annotated[Boekvraag, Depends(get_vraag)]
Totaalvraag = Annotated[Boekvraag, Depends(get_totaalvraag)]


def _as_probleem(fout: Vraagfout) -> Probleem:
    return Probleem(400, str(fout), [Invoerfout("query", "VERZOEK", str(fout), None)])


@router.get(
    "/totalen",
    response_model=Totalen,
    summary="Totalen, gegroepeerd zoals u wilt, op elk moment",
    description="Ingediend, toegekend, gecrediteerd, afgewezen, te beoordelen, betaalbaar en geblokkeerd. Groepeer op een of meer"
    " van gemeente, aanbieder, zorgmaand, categorie, productcode, declaratiemaand, zorgvorm, segment, taakveld en uitkomst, met"
    " komma's ertussen. Met een peildatum krijgt u de stand zoals die toen was. JSON, of CSV of XLSX volgens de header Accept.",
    responses={**ALS_BESTAND, **BUITEN_DE_JAREN},
)
def get_totalen(
    werkplaats: Plaats,
    houder: Lezer,
    vraag: Totaalvraag,
    mediatype: Mediatype,
    groepeer: Annotated[str | None, Query(description="Bijvoorbeeld: aanbieder,categorie", max_length=200)] = None,
) -> Any:
    """Reckoned from the journal and the lines each time."""
    try:
        vraag = vraag.group_by(groepeer)
        if wants_file(mediatype):
            return _send(werkplaats, houder, mediatype, TOTALEN, vraag)
        with werkplaats.seen_by(houder).transaction() as (verbinding, vermelding):
            vermelding.shows_nobody()
            rapport = report_totalen(verbinding, vraag)
    except Vraagfout as fout:
        raise _as_probleem(fout) from fout
    return Totalen.reckoned(vraag, rapport)


@router.get(
    "/totalen/regels",
    response_model=Totaalregels,
    summary="De regels achter een totaal",
    description="Geef dezelfde periode, peildatum en filters als bij het totaal, en de waarden van de groep als filter. De bedragen"
    " van alle bladzijden samen zijn het totaal.",
)
def get_totaalregels(
    werkplaats: Plaats,
    houder: Boekhouder,
    vraag: Totaalvraag,
    pagina_grootte: Annotated[int, Query(alias="paginaGrootte", ge=1, le=1000)] = 200,
    volgende: Annotated[str | None, Query(pattern="^[0-9]{1,18}$")] = None,
) -> Totaalregels:
    """Every line, whatever became of it."""
    return Totaalregels.of(list_getelde_prestaties(werkplaats.seen_by(houder), vraag, pagina_grootte, volgende))


@router.get(
    "/journaal",
    response_model=Journaal,
    summary="De boekingen zelf",
    description="Elke toekenning, creditering en correctie, met de regel en het besluit waar zij bij hoort. Als JSON per bladzijde;"
    " als CSV of XLSX (header Accept) alle boekingen die u vraagt.",
    responses={**ALS_BESTAND, **BUITEN_DE_JAREN},
)
def get_journaal(
    werkplaats: Plaats,
    houder: Lezer,
    vraag: Journaalvraag,
    mediatype: Mediatype,
    pagina_grootte: Annotated[int, Query(alias="paginaGrootte", ge=1, le=1000)] = 200,
    volgende: Annotated[str | None, Query(pattern="^[0-9]{1,18}\\.[0-9]{1,4}$")] = None,
) -> Any:
    """In the order of lines and entries."""
    if wants_file(mediatype):
        return _send(werkplaats, houder, mediatype, JOURNAAL, vraag)
    return Journaal.of(list_boekingen(werkplaats.seen_by(houder), vraag, pagina_grootte, volgende))


@router.get(
    "/aansluiting",
    response_model=Aansluiting,
    summary="Sluiten de boeken?",
    description="Rekent op dit moment na dat declaraties, regels, journaal, besluiten, antwoordberichten, toewijzingen, betaalruns"
    " en zegels met elkaar kloppen. Elk verschil staat erbij: waar, wat, wat er hoort te staan en wat er staat.",
    responses=ALS_BESTAND,
)
def get_aansluiting(werkplaats: Plaats, houder: Lezer, mediatype: Mediatype) -> Any:
    """Differences are listed, never hidden."""
    if wants_file(mediatype):
        return _send(werkplaats, houder, mediatype, AANSLUITING, ask(houder.gemeente, werkplaats.instellingen.nu()))
    with werkplaats.seen_by(houder).transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        bewijs = prove(verbinding, werkplaats, houder.gemeente, _MEESTE_VERSCHILLEN)
    return Aansluiting.proven(bewijs)


def _send(werkplaats: Werkplaats, houder: Sleutelhouder, mediatype: str, rapport: Boekrapport, vraag: Boekvraag) -> Response:
    return send_report(
        werkplaats.seen_by(houder),
        mediatype,
        rapport.name_file(vraag),
        lambda verbinding: rapport.make(verbinding, werkplaats, vraag),
    )
