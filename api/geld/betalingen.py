"""Payment runs: propose, look through, approve by somebody else, and fetch the file for the bank."""

from typing import Annotated

from fastapi import Path, Query, Response
from pydantic import Field

from api.basis.accept import Mediatype
from api.basis.afgeleid import shows
from api.basis.modellen import Bladzijdemodel, Model, Verzoek
from api.basis.problemen import NIET_NU, Probleem, raise_unless_done, raise_unless_found
from api.basis.route import Router
from api.basis.velden import Datum, MomentTot
from api.deur.toegang import Plaats
from api.geld.betaalbasis import ZONDER_INHOUD, Agb, Betaler, Financien, Grootte, Nummer
from berichten.fouten import Invoerfout
from berichten.inzage.geld import betaalruns as inzage
from berichten.processen.financien.keur_betaalrun import CSV, PAIN, approve, fetch_bestand, withdraw
from berichten.processen.financien.maak_betaalrun import propose_run

router = Router(prefix="/financien/betaalruns", tags=["betalingen"])

RunId = Annotated[int, Path(ge=1, le=2**63 - 1)]
_GEEN_RUN = "Deze gemeente kent deze betaalrun niet. Controleer het nummer."
_GEEN_BESTAND = "Er is nog geen bestand: deze betaalrun is niet goedgekeurd. Laat een tweede medewerker hem eerst nakijken."
_SOORTEN = {PAIN: ("application/xml", "xml"), CSV: ("text/csv", "csv")}
"""Media type and ending of the name by kind of file."""


class NieuweBetaalrun(Verzoek):
    """Tot welk moment wordt betaald, en wanneer."""

    peildatum: MomentTot | None = Field(
        None, description="Betaal wat tot en met dit moment is geboekt en beantwoord; ook een dag mag (jjjj-mm-dd). Leeg: nu"
    )
    uitvoeringsdatum: Datum | None = Field(None, description="De dag waarop de bank betaalt. Leeg: de volgende werkdag")


_BESTAND = "Van het bestand voor de bank; leeg tot de run is goedgekeurd"
_STATUS = "voorstel, goedgekeurd of ingetrokken"


@shows(inzage.Betaalrun, status=_STATUS, bestand_sha256=_BESTAND)
class Betaalrun(Model):
    """Een betaalrun. Bedragen in hele eurocenten; de rekening is die waarvan de gemeente betaalt."""


class Betaalruns(Bladzijdemodel):
    """Een bladzijde betaalruns, nieuwste eerst."""

    betaalruns: list[Betaalrun]
    volgende: str | None


@shows(
    inzage.Betaalopdracht,
    uitkomst="betalen, doorschuiven (door credits niets te goed), zonder_rekening of geblokkeerd",
    vorige_iban="Waarheen deze aanbieder het vorige keer is betaald; leeg: nog nooit",
    vorige_tenaamstelling="Op welke naam die rekening stond",
    rekening_gewijzigd="Of IBAN of tenaamstelling anders is dan bij de vorige betaling. Kijk haar dan na",
)
class Betaalopdracht(Model):
    """Wat de run met een aanbieder doet. Alleen bij uitkomst 'betalen' gaat er geld naar de aanbieder."""


@shows(
    inzage.Betaalrundossier,
    status=_STATUS,
    bestand_sha256=_BESTAND,
    gewijzigde_rekeningen="Betalingen naar een andere rekening dan de vorige keer",
    eerste_betalingen="Betalingen aan wie nog nooit is betaald",
)
class Betaalrundossier(Model):
    """Een betaalrun met wat hij per aanbieder doet."""


@shows(inzage.BetaaldeBoeking)
class BetaaldeBoeking(Model):
    """Een boeking die de run betaalt: een toekenning, creditering of correctie van een gedeclareerde regel."""


class Betaalregels(Bladzijdemodel):
    """Een bladzijde boekingen, per aanbieder en regel."""

    regels: list[BetaaldeBoeking]
    volgende: str | None


@router.get(
    "",
    response_model=Betaalruns,
    summary="Betaalruns, nieuwste eerst",
    description="Voorstellen, goedgekeurde en ingetrokken runs van de gemeente.",
)
def get_betaalruns(werkplaats: Plaats, houder: Financien, pagina_grootte: Grootte = 50, volgende: Nummer = None) -> Betaalruns:
    """Those of the caller's gemeente."""
    return Betaalruns.of(inzage.list_betaalruns(werkplaats.seen_by(houder), pagina_grootte, volgende))


@router.post(
    "",
    status_code=201,
    response_model=Betaalrun,
    summary="Maak een voorstel voor een betaalrun",
    description="Per aanbieder de som van wat is toegekend, gecrediteerd en gecorrigeerd, waarop het antwoord is verstuurd, wat nu"
    " niet geblokkeerd is en in geen andere run staat. Is die som niet positief, dan schuift zij door naar een volgende run.",
    responses=NIET_NU,
)
def post_betaalrun(werkplaats: Plaats, houder: Betaler, nieuw: NieuweBetaalrun, response: Response) -> Betaalrun:
    """409 when there is nothing to pay."""
    peildatum, dag = nieuw.peildatum, nieuw.uitvoeringsdatum
    if dag is not None and dag < werkplaats.instellingen.vandaag():
        fout = Invoerfout(
            "uitvoeringsdatum", "VERZOEK", "De bank kan niet in het verleden betalen. Kies vandaag of een latere dag."
        )
        raise Probleem(400, "Deze betaalrun kan zo niet. Herstel wat hieronder staat en doe het verzoek opnieuw.", [fout])
    run = raise_unless_done(propose_run(werkplaats.asked_by(houder), houder.gemeente, houder.sleutel_id, peildatum, dag), _GEEN_RUN)
    response.headers["Location"] = f"/v1/financien/betaalruns/{run.run_id}"
    return Betaalrun.of(inzage.show_betaalrun(run))


@router.get(
    "/{runId}",
    response_model=Betaalrundossier,
    summary="Eén betaalrun, met het bedrag per aanbieder",
    description="Ook aanbieders met iets open dat de run niet betaalt staan erbij, met de reden.",
)
def get_betaalrun(werkplaats: Plaats, houder: Financien, runId: RunId) -> Betaalrundossier:  # noqa: N803
    """404 also when the run is another gemeente's."""
    return Betaalrundossier.of(raise_unless_found(inzage.find_betaalrun(werkplaats.seen_by(houder), runId), _GEEN_RUN))


@router.get(
    "/{runId}/regels",
    response_model=Betaalregels,
    summary="De boekingen die een betaalrun betaalt",
    description="Samen zijn zij het bedrag van de run.",
)
def get_betaalregels(
    werkplaats: Plaats,
    houder: Financien,
    runId: RunId,  # noqa: N803
    agb: Agb = None,
    pagina_grootte: Annotated[int, Query(alias="paginaGrootte", ge=1, le=1000)] = 200,
    volgende: Annotated[str | None, Query(pattern="^[0-9]{8}-[0-9]{1,18}-[0-9]{1,4}$")] = None,
) -> Betaalregels:
    """404 also when the run is another gemeente's."""
    gevonden = inzage.list_betaalde_boekingen(werkplaats.seen_by(houder), runId, agb, pagina_grootte, volgende)
    return Betaalregels.of(raise_unless_found(gevonden, _GEEN_RUN))


@router.post(
    "/{runId}/goedkeuring",
    response_model=Betaalrun,
    summary="Keur een betaalrun goed",
    description="Dat doet een andere medewerker dan wie het voorstel maakte. Blokkades, bedragen en rekeningen worden dan nog eens"
    " nagekeken; klopt er iets niet meer, maak dan een nieuw voorstel. Na goedkeuring is er een bestand voor de bank.",
    responses=ZONDER_INHOUD,
)
def post_goedkeuring(werkplaats: Plaats, houder: Betaler, runId: RunId) -> Betaalrun:  # noqa: N803
    """409 for who made the proposal, and when something changed since."""
    run = raise_unless_done(approve(werkplaats.asked_by(houder), houder.gemeente, houder.sleutel_id, runId), _GEEN_RUN)
    return Betaalrun.of(inzage.show_betaalrun(run))


@router.post(
    "/{runId}/intrekking",
    response_model=Betaalrun,
    summary="Trek een voorstel in",
    description="Wat erin stond, kan in een andere betaalrun mee. Een goedgekeurde run kan niet meer worden ingetrokken.",
    responses=ZONDER_INHOUD,
)
def post_intrekking(werkplaats: Plaats, houder: Betaler, runId: RunId) -> Betaalrun:  # noqa: N803
    """409 when it is no proposal any more."""
    run = raise_unless_done(withdraw(werkplaats.asked_by(houder), houder.gemeente, houder.sleutel_id, runId), _GEEN_RUN)
    return Betaalrun.of(inzage.show_betaalrun(run))


@router.get(
    "/{runId}/betaalbestand",
    summary="Het bestand voor de bank",
    description="ISO 20022 pain.001.001.09, of met 'Accept: text/csv' dezelfde betalingen als CSV (puntkomma, decimale komma). Het"
    " is gemaakt bij de goedkeuring en blijft daarna hetzelfde. Zolang de run niet is goedgekeurd: 404.",
    response_class=Response,
    responses={200: {"content": {soort: {"schema": {"type": "string"}} for soort, _ in _SOORTEN.values()}}},
)
def get_betaalbestand(werkplaats: Plaats, houder: Financien, mediatype: Mediatype, runId: RunId) -> Response:  # noqa: N803
    """The bytes that were kept at the approval."""
    soort = CSV if mediatype == "text/csv" else PAIN
    _, inhoud = raise_unless_found(fetch_bestand(werkplaats, houder, runId, soort), _GEEN_RUN)
    _, uitgang = _SOORTEN[soort]
    naam = f'attachment; filename="betaalrun-{houder.gemeente}-{runId}.{uitgang}"'
    return Response(
        raise_unless_found(inhoud, _GEEN_BESTAND), media_type=mediatype, headers={"Content-Disposition": naam, "Vary": "Accept"}
    )
