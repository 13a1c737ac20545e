"""One payment run: what it pays to whom and to which account, a second person who approves, and the file for the bank."""

from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.basis.problemen import Probleem
from api.portaal.financien.betaalruns import STATUSSEN
from api.portaal.financien.geldbasis import UITKOMSTEN_BETALING, read_aanbieders
from api.portaal.schil.bladzij import Bladzij, Financien
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.lijst import PER_BLAD
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.geld.betaalruns import Betaalrundossier, find_betaalrun, list_betaalde_boekingen
from berichten.processen.financien.keur_betaalrun import CSV, PAIN, approve, fetch_bestand, withdraw

router = Paginarouter()
RunId = Annotated[int, Path(ge=1, le=2**63 - 1)]
_GEEN_RUN = "Deze betaalrun is er niet, of is niet van uw gemeente. Kies hem uit de lijst van betaalruns."
_BESTANDEN = {"xml": (PAIN, "application/xml"), "csv": (CSV, "text/csv; charset=utf-8")}
"""Kind of file and media type by the ending of its name."""


@router.get("/betaalruns/{run_id}")
def get_betaalrun(bladzij: Financien, run_id: RunId) -> Response:
    """The run with what it does for each aanbieder."""
    return _show(bladzij, _find(bladzij, run_id), "financien/betaalrun.html")


@router.get("/betaalruns/{run_id}/goedkeuren")
def get_goedkeuren(bladzij: Financien, run_id: RunId) -> Response:
    """What leaves when it is approved, once more; who proposed it is told to ask a colleague."""
    return _show(bladzij, _find(bladzij, run_id), "financien/betaalrun_goedkeuren.html")


def _find(bladzij: Bladzij, run_id: int) -> Betaalrundossier:
    run = find_betaalrun(bladzij.kijker, run_id)
    if run is None:
        raise Probleem(404, _GEEN_RUN)
    return run


def _show(bladzij: Bladzij, run: Betaalrundossier, sjabloon: str) -> Response:
    wie = bladzij.names_of((run.gemaakt_door, run.goedgekeurd_door, run.ingetrokken_door))
    return bladzij.show(
        sjabloon,
        titel=f"Betaalrun {run.run_id}",
        run=run,
        eigen=run.gemaakt_door == bladzij.bezoeker.houder.sleutel_id,
        wie=wie,
        stand=STATUSSEN[run.status],
        aanbieders=read_aanbieders(bladzij),
        uitkomsten=UITKOMSTEN_BETALING,
    )


@router.post("/betaalruns/{run_id}/goedkeuring")
def post_goedkeuring(bladzij: Financien, run_id: RunId) -> Response:
    """By another than who proposed it, or had a hand in the accounts."""
    uitkomst = approve(*bladzij.acting(), run_id)
    gedaan = "De betaalrun is goedgekeurd. Het bestand voor de bank staat klaar."
    return bladzij.tell(uitkomst, gedaan, f"/portaal/betaalruns/{run_id}")


@router.post("/betaalruns/{run_id}/intrekking")
def post_intrekking(bladzij: Financien, run_id: RunId) -> Response:
    """What was in it can go along in another run."""
    uitkomst = withdraw(*bladzij.acting(), run_id)
    gedaan = "Het voorstel is ingetrokken. Wat erin stond kan mee in een volgende betaalrun."
    return bladzij.tell(uitkomst, gedaan, f"/portaal/betaalruns/{run_id}")


@router.get("/betaalruns/{run_id}/regels")
def get_betaalregels(bladzij: Financien, run_id: RunId) -> Response:
    """The entries that are paid; each leads to its line."""
    invoer = Adresinvoer(bladzij.adres)
    agb = invoer.code("agb", "[0-9]{8}", "Een AGB-code heeft acht cijfers.")
    na = invoer.code("na", "[0-9]{8}-[0-9]{1,18}-[0-9]{1,4}", "")
    lijst = list_betaalde_boekingen(bladzij.kijker, run_id, agb, PER_BLAD, na)
    if lijst is None:
        raise Probleem(404, _GEEN_RUN)
    run = _find(bladzij, run_id)
    aanbieders = read_aanbieders(bladzij)
    return bladzij.show(
        "financien/betaalregels.html",
        titel=f"Wat betaalrun {run_id} betaalt",
        run=run,
        lijst=lijst,
        bedrag=sum(item.bedrag for item in run.opdrachten if item.uitkomst == "betalen" and agb in (None, item.agb)),
        wie=aanbieders.get(agb or "", agb or ""),
        aanbieders=aanbieders,
        meldingen=invoer.meldingen(),
    )


@router.get("/betaalruns/{run_id}/bestand/{vorm}")
def get_betaalbestand(bladzij: Financien, run_id: RunId, vorm: str) -> Response:
    """The bytes that were kept at the approval."""
    soort, mediatype = _BESTANDEN.get(vorm, (PAIN, "application/xml"))
    gevonden = fetch_bestand(bladzij.werkplaats, bladzij.bezoeker.houder, run_id, soort)
    if gevonden is None:
        raise Probleem(404, _GEEN_RUN)
    if gevonden[1] is None:
        raise Probleem(404, "Er is nog geen bestand voor de bank. Laat een collega de betaalrun eerst goedkeuren.")
    uitgang = "csv" if soort == CSV else "xml"
    naam = f'attachment; filename="betaalrun-{bladzij.bezoeker.gemeente}-{run_id}.{uitgang}"'
    return Response(gevonden[1], media_type=mediatype, headers={"Content-Disposition": naam})
