"""Payment runs: what was proposed and paid, and a new proposal, which is looked through before it is laid down."""

from collections.abc import Iterable
from datetime import date

from fastapi.responses import Response

from api.portaal.financien.geldbasis import UITKOMSTEN_BETALING, read_aanbieders
from api.portaal.schil.adres import make_adres
from api.portaal.schil.bladzij import Bladzij, Financien, Melding
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.langwerk import Bezig
from api.portaal.schil.lijst import PER_BLAD
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.geld.betaalruns import list_betaalruns
from berichten.kern.nietnu import NietNu
from berichten.kern.tekst import datum
from berichten.processen.financien.maak_betaalrun import preview_run, propose_run

router = Paginarouter()
STATUSSEN = {
    "voorstel": ("Wacht op goedkeuring", "oranje"),
    "goedgekeurd": ("Goedgekeurd", "groen"),
    "ingetrokken": ("Ingetrokken", ""),
}
"""What a status is called, and its colour."""
_VOORSTEL = "Voorstel voor een betaalrun"
_NIEUW = make_adres("/betaalruns/nieuw")


@router.get("/betaalruns")
def get_betaalruns(bladzij: Financien) -> Response:
    """New to old; a proposal waits for a colleague."""
    invoer = Adresinvoer(bladzij.adres)
    lijst = list_betaalruns(bladzij.kijker, PER_BLAD, invoer.code("na", "[0-9]{1,18}", ""))
    wie = bladzij.names_of(_hands(lijst.regels))
    return bladzij.show("financien/betaalruns.html", titel="Betaalruns", lijst=lijst, wie=wie, statussen=STATUSSEN)


def _hands(runs: Iterable[object]) -> Iterable[str | None]:
    return (getattr(run, naam) for run in runs for naam in ("gemaakt_door", "goedgekeurd_door", "ingetrokken_door"))


@router.get("/betaalruns/nieuw")
def get_nieuwe_betaalrun(bladzij: Financien) -> Response:
    """What a proposal would hold at this moment: how much, how often, to whom. Nothing is kept yet.

    It is reckoned over everything that is open, which may take longer than a page.
    """
    invoer = Adresinvoer(bladzij.adres)
    dag = _read_dag(bladzij, invoer)
    gemeente = bladzij.bezoeker.gemeente
    vooruitblik = bladzij.work(f"betaalrun {dag}", lambda: preview_run(bladzij.werkplaats, gemeente, None, dag))
    if isinstance(vooruitblik, Bezig):
        return bladzij.show(
            "schil/langwerk.html", titel=_VOORSTEL, bezig=vooruitblik, kruimels=[("Betaalruns", "/portaal/betaalruns")]
        )
    geweigerd = isinstance(vooruitblik, NietNu)
    return bladzij.show(
        "financien/betaalrun_nieuw.html",
        titel=_VOORSTEL,
        weigering=vooruitblik.melding if isinstance(vooruitblik, NietNu) else "",
        vooruitblik=None if geweigerd else vooruitblik,
        aanbieders=read_aanbieders(bladzij),
        uitkomsten=UITKOMSTEN_BETALING,
        invoer=invoer,
        meldingen=invoer.meldingen(),
    )


def _read_dag(bladzij: Bladzij, invoer: Adresinvoer) -> date | None:
    """The day on which the bank pays; none for the next working day."""
    dag = invoer.dag("dag")
    if dag is not None and dag < bladzij.vandaag:
        invoer.fouten["dag"] = "De bank kan niet in het verleden betalen. Kies vandaag of een latere dag."
        return None
    return dag


@router.post("/betaalruns")
def post_betaalrun(bladzij: Financien) -> Response:
    """Lays the proposal down as it was looked through; when amounts changed meanwhile it is looked through once more."""
    invoer = Adresinvoer(_NIEUW.met(dag=str(bladzij.formulier.get("dag", ""))))
    dag = _read_dag(bladzij, invoer)
    if dag is None:
        return bladzij.go(_NIEUW, Melding("Kies opnieuw op welke dag de bank betaalt.", "warning"))
    naar = _NIEUW.met(dag=f"{dag:%d-%m-%Y}")
    vooruitblik = preview_run(bladzij.werkplaats, bladzij.bezoeker.gemeente, None, dag)
    if not isinstance(vooruitblik, NietNu) and str(vooruitblik.bedrag) != bladzij.formulier.get("bedrag"):
        return bladzij.go(naar, Melding("De bedragen zijn intussen veranderd. Kijk het voorstel nog eens na.", "warning"))
    run = propose_run(*bladzij.acting(), None, dag)
    if run is None or isinstance(run, NietNu):
        return bladzij.tell(run, "", "/portaal/betaalruns")
    gedaan = f"Het voorstel is vastgelegd. Een collega keurt het goed; daarna betaalt de bank op {datum(dag)}."
    return bladzij.go(f"/portaal/betaalruns/{run.run_id}", Melding(gedaan))
