"""What the gemeenten of a region are bound to in a year."""

from datetime import date

from fastapi.responses import Response

from api.portaal.regio.regiobasis import Regiokolom, ask_as, list_keuzen, refuse, send_file, show_rows, with_regio
from api.portaal.schil.bladzij import Bladzij, Regiolezer
from api.portaal.schil.langwerk import Bezig
from api.portaal.schil.paginarouter import Paginarouter
from berichten.processen.regio.reken_regio import report_regioverplichtingen
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.monitor.bereik import Bereik
from berichten.rapporten.monitor.tabel import Tabel

router = Paginarouter()
KOLOMMEN = (
    Regiokolom("naam", "Gemeente", getal=False),
    Regiokolom("toegewezen_euro", "Toegewezen (€)"),
    Regiokolom("gedeclareerd_euro", "Gedeclareerd (€)"),
    Regiokolom("aangehouden_euro", "Aangehouden (€)"),
    Regiokolom("open_verplichting_euro", "Open verplichting (€)"),
    Regiokolom("nog_verwacht_euro", "Nog verwacht (€)"),
    Regiokolom("vrijgevallen_euro", "Vrijgevallen (€)"),
    Regiokolom("overschrijding_euro", "Overschrijding (€)"),
)


@router.get("/regio/verplichtingen")
def get_regioverplichtingen(bladzij: Regiolezer, jaar: str = "") -> Response:
    """Of this year, unless another is chosen."""
    gekozen, tabel, weigering = _read_jaar(bladzij, jaar), None, ""
    try:
        vraag = ask_as(bladzij)
        gemaakt = bladzij.work(
            f"regioverplichtingen {vraag} {gekozen}", lambda: report_regioverplichtingen(bladzij.werkplaats, vraag, gekozen)
        )
        if isinstance(gemaakt, Bezig):
            return bladzij.show("schil/langwerk.html", titel="Regio", bezig=gemaakt, kruimels=[("Regio", "/portaal/regio")])
        tabel = gemaakt
    except Vraagfout as fout:
        weigering = str(fout)
    nu = bladzij.vandaag.year
    return bladzij.show(
        "regio/regiotabel.html",
        titel="Verplichtingen van de regio",
        kop=f"Verplichtingen over {gekozen} per gemeente",
        veld="jaar",
        label="Jaar",
        keuzen=[(str(item), str(item)) for item in range(nu, nu - 4, -1)],
        gekozen=str(gekozen),
        adres_van="/portaal/regio/verplichtingen",
        weigering=weigering,
        kolommen=KOLOMMEN,
        rijen=show_rows(tabel, KOLOMMEN) if isinstance(tabel, Tabel) else [],
        toelichting=tabel.toelichting if isinstance(tabel, Tabel) else (),
        bestanden=[
            (woord, with_regio(bladzij, f"/portaal/regio/verplichtingen/bestand/{vorm}", jaar=str(gekozen)))
            for woord, vorm in (("Excel", "xlsx"), ("CSV", "csv"))
        ],
        ook=(),
        regios=list_keuzen(bladzij),
        regio=bladzij.adres.get("regio") or "",
        verder=("Naar de kosten van de regio", with_regio(bladzij, "/portaal/regio")),
    )


@router.get("/regio/verplichtingen/bestand/{vorm}")
def get_regioverplichtingenbestand(bladzij: Regiolezer, vorm: str, jaar: str = "") -> Response:
    """The same as a file."""
    gekozen = _read_jaar(bladzij, jaar)
    try:
        tabel = report_regioverplichtingen(bladzij.werkplaats, ask_as(bladzij), gekozen)
    except Vraagfout as fout:
        raise refuse(fout) from fout
    return send_file(bladzij, tabel, Bereik((bladzij.bezoeker.gemeente,), date(gekozen, 1, 1), date(gekozen, 12, 31)), vorm)


def _read_jaar(bladzij: Bladzij, jaar: str) -> int:
    nu = bladzij.vandaag.year
    return int(jaar) if jaar in map(str, range(nu - 20, nu + 1)) else nu
