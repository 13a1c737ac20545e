"""The quarter of a region: cost by gemeente beside last year and budget, clients of all together."""

from collections.abc import Callable
from typing import Literal

from fastapi.responses import Response

from api.portaal.regio.regiobasis import Regiokolom, ask_as, list_keuzen, refuse, send_file, show_rows, with_regio
from api.portaal.schil.bladzij import Bladzij, Regiolezer
from api.portaal.schil.langwerk import Bezig
from api.portaal.schil.paginarouter import Paginarouter
from berichten.kern.kalender import add_maanden
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.regio.reken_regio import Regiovraag, report_regio
from berichten.processen.regio.reken_regiodelen import report_regioindicatoren, report_regiosegmenten
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.monitor.tabel import Tabel
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal, read_kwartaal

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
_AANTAL = 6


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
Deel = Literal["gemeenten", "segmenten", "indicatoren"]
_MAKERS: dict[Deel, Callable[[Werkplaats, Regiovraag, Kwartaal], Tabel]] = {
    "gemeenten": report_regio, "segmenten": report_regiosegmenten, "indicatoren": report_regioindicatoren,
}  # fmt: skip
_OOK: tuple[tuple[Deel, str, tuple[Regiokolom, ...]], ...] = (
    ("segmenten", "Segmenten van de regio", SEGMENTEN),
    ("indicatoren", "Indicatoren van de regio", INDICATOREN),
)
"""What stands below the table by gemeente."""


@router.get("/regio")
def get_regiokwartaal(bladzij: Regiolezer, periode: str = "") -> Response:
    """Of the last quarter that is over, unless another is chosen."""
    naam, tabellen, weigering = periode or list_perioden(bladzij)[0], dict[Deel, Tabel](), ""
    try:
        gelezen = read_kwartaal(naam)
        vraag = ask_as(bladzij)
        gemaakt = bladzij.work(
            f"regio {vraag} {gelezen.naam}",
            lambda: {deel: maak(bladzij.werkplaats, vraag, gelezen) for deel, maak in _MAKERS.items()},
        )
        if isinstance(gemaakt, Bezig):
            return bladzij.show("schil/langwerk.html", titel="Regio", bezig=gemaakt, kruimels=[])
        tabellen = gemaakt
    except Vraagfout as fout:
        weigering = str(fout)
    return bladzij.show(
        "regio/regiotabel.html",
        titel="Regio",
        kop=f"Kosten over {naam} per gemeente",
        veld="periode",
        label="Periode",
        keuzen=[(item, item) for item in list_perioden(bladzij)],
        gekozen=naam,
        adres_van="/portaal/regio",
        weigering=weigering,
        kolommen=KOLOMMEN,
        rijen=show_rows(tabellen["gemeenten"], KOLOMMEN) if tabellen else [],
        toelichting=tabellen["gemeenten"].toelichting if tabellen else (),
        bestanden=_list_files(bladzij, naam, "gemeenten"),
        ook=[
            (kop, kolommen, show_rows(tabellen[deel], kolommen), tabellen[deel].toelichting, _list_files(bladzij, naam, deel))
            for deel, kop, kolommen in _OOK
            if tabellen
        ],
        regios=list_keuzen(bladzij),
        regio=bladzij.adres.get("regio") or "",
        verder=("Naar de verplichtingen van de regio", with_regio(bladzij, "/portaal/regio/verplichtingen")),
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


def _list_files(bladzij: Bladzij, periode: str, deel: Deel) -> list[tuple[str, str]]:
    vraag = {"periode": periode} | ({} if deel == "gemeenten" else {"deel": deel})
    return [
        (woord, with_regio(bladzij, f"/portaal/regio/bestand/{vorm}", **vraag))
        for woord, vorm in (("Excel", "xlsx"), ("CSV", "csv"))
    ]


def list_perioden(bladzij: Bladzij) -> list[str]:
    """The last quarters that are over, from new to old."""
    dagen = [add_maanden(bladzij.vandaag, -3 * nummer) for nummer in range(1, _AANTAL + 1)]
    return [f"{dag.year}-Q{(dag.month + 2) // 3}" for dag in dagen]
