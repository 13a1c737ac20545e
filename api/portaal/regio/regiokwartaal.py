"""The quarter of a region: cost by gemeente beside last year and budget, clients of all together."""

from collections.abc import Callable
from typing import Literal

from fastapi.responses import Response

from api.portaal.regio.regiobasis import REGIO, Regioblad, Regiokolom, Regiotabel, ask_as, refuse, show_regio
from api.portaal.schil.bladzij import Bladzij, Regiolezer
from api.portaal.schil.paginarouter import Paginarouter
from api.portaal.schil.tabelbestand import send_file
from berichten.kern.kalender import add_maanden
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.regio.reken_regio import Regiovraag, report_regio
from berichten.processen.regio.reken_regiodelen import report_regioindicatoren, report_regiosegmenten
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.monitor.tabel import Tabel
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal, quarter_of, read_kwartaal

router = Paginarouter()
KOLOMMEN = (
    Regiokolom("naam", "Gemeente", getal=False),
    Regiokolom("kosten_euro", "Kosten (€)"),
    Regiokolom("vorig_jaar_toen_euro", "Vorig jaar toen (€)"),
    Regiokolom("verschil_pct", "Verschil (%)"),
    Regiokolom("nog_verwacht_euro", "Nog verwacht (€)"),
    Regiokolom("prognose_jaar_euro", "Prognose jaar (€)"),
    Regiokolom("begroot_jaar_euro", "Begroot (€)"),
    Regiokolom("oordeel", "Oordeel", getal=False),
    Regiokolom("clienten", "Cliënten"),
)
SEGMENTEN = (
    Regiokolom("segment", "Segment", getal=False),
    Regiokolom("kosten_euro", "Kosten (€)"),
    Regiokolom("kosten_dit_jaar_euro", "Kosten dit jaar (€)"),
    Regiokolom("begroot_jaar_euro", "Begroot (€)"),
    Regiokolom("uitputting_pct", "Uitputting (%)"),
    Regiokolom("prognose_jaar_euro", "Prognose jaar (€)"),
)
INDICATOREN = (
    Regiokolom("maat", "Indicator", getal=False),
    Regiokolom("eenheid", "Eenheid", getal=False),
    Regiokolom("waarde", "Deze periode"),
    Regiokolom("vorig_jaar", "Vorig jaar"),
)
_AANTAL = 6
"""Quarters to choose from."""
Deel = Literal["gemeenten", "segmenten", "indicatoren"]
_MAKERS: dict[Deel, Callable[[Werkplaats, Regiovraag, Kwartaal], Tabel]] = {
    "gemeenten": report_regio, "segmenten": report_regiosegmenten, "indicatoren": report_regioindicatoren,
}  # fmt: skip


@router.get("/regio")
def get_regiokwartaal(bladzij: Regiolezer, periode: str = "") -> Response:
    """Of the last quarter that is over, unless another is chosen; below the table by gemeente those of the whole region."""
    perioden = list_perioden(bladzij)
    naam = periode or perioden[0]
    verder = ("Naar de verplichtingen van de regio", f"{REGIO}/verplichtingen")
    blad = Regioblad("Regio", REGIO, "periode", "Periode", perioden, naam, verder)
    try:
        gelezen = read_kwartaal(naam)
    except Vraagfout as fout:
        return show_regio(bladzij, blad, (), str(fout))

    def make(deel: Deel) -> Callable[[Regiovraag], Tabel]:
        return lambda vraag: _MAKERS[deel](bladzij.werkplaats, vraag, gelezen)

    return show_regio(
        bladzij,
        blad,
        (
            Regiotabel(f"Kosten over {naam} per gemeente", KOLOMMEN, make("gemeenten")),
            Regiotabel("Segmenten van de regio", SEGMENTEN, make("segmenten"), "segmenten"),
            Regiotabel("Indicatoren van de regio", INDICATOREN, make("indicatoren"), "indicatoren"),
        ),
    )


@router.get("/regio/bestand/{vorm}")
def get_regiobestand(bladzij: Regiolezer, vorm: str, periode: str = "", deel: Deel = "gemeenten") -> Response:
    """One of its tables with every column, as a file."""
    try:
        gelezen = read_kwartaal(periode or list_perioden(bladzij)[0])
        tabel = _MAKERS[deel](bladzij.werkplaats, ask_as(bladzij), gelezen)
    except Vraagfout as fout:
        raise refuse(fout) from fout
    return send_file(bladzij, tabel, gelezen.bereik(bladzij.bezoeker.gemeente), vorm)


def list_perioden(bladzij: Bladzij) -> list[str]:
    """The last quarters that are over, from new to old."""
    dagen = [add_maanden(bladzij.vandaag, -3 * nummer) for nummer in range(1, _AANTAL + 1)]
    return [quarter_of(dag) for dag in dagen]
