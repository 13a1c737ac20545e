"""What the gemeenten of a region are bound to in a year."""

from datetime import date

from fastapi.responses import Response

from api.portaal.regio.regiobasis import REGIO, Regioblad, Regiokolom, Regiotabel, ask_as, refuse, show_regio
from api.portaal.schil.bladzij import Bladzij, Regiolezer
from api.portaal.schil.paginarouter import Paginarouter
from api.portaal.schil.tabelbestand import send_file
from berichten.processen.regio.reken_regio import Regiovraag, report_regioverplichtingen
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
    gekozen, nu = _read_jaar(bladzij, jaar), bladzij.vandaag.year
    jaren = [str(item) for item in range(nu, nu - 4, -1)]
    verder = ("Naar de kosten van de regio", REGIO)
    blad = Regioblad("Verplichtingen van de regio", f"{REGIO}/verplichtingen", "jaar", "Jaar", jaren, str(gekozen), verder)

    def make(vraag: Regiovraag) -> Tabel:
        return report_regioverplichtingen(bladzij.werkplaats, vraag, gekozen)

    return show_regio(bladzij, blad, (Regiotabel(f"Verplichtingen over {gekozen} per gemeente", KOLOMMEN, make),))


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
