"""`berichten rapport` and `berichten db controle`: what the API tells finance, for who sits at the machine itself."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from berichten.cli.basis.huis import open_house
from berichten.cli.basis.meldingen import scherm, stop
from berichten.cli.inzicht.monitor import write_monitor, write_tabel
from berichten.kern.taal import telling
from berichten.kern.tekst import euro
from berichten.klok import dutch_day
from berichten.opslag.basis.verbinding import Toegang
from berichten.opslag.financien.nachtcontroles import list_gemeenten
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.controleer_boeken import Bewijs, describe_omvang, prove
from berichten.processen.rapportage.boeken import Boekrapport
from berichten.processen.rapportage.catalogus import CATALOGUS
from berichten.processen.rapportage.regiorapporten import Regiorapport
from berichten.processen.regio.reken_regio import Operatorvraag, list_members
from berichten.rapporten.boeken.aansluiting import HERSTEL
from berichten.rapporten.boeken.boekvraag import GROEPEN, Boekvraag, ask
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.uitvoer.als_csv import write_csv
from berichten.rapporten.uitvoer.als_json import write_json
from berichten.rapporten.uitvoer.als_xlsx import write_xlsx
from berichten.rapporten.uitvoer.namen import add_names
from berichten.rapporten.uitvoer.tabel import Rapport, file_name
from berichten.rapporten.uitvoer.vormen import VORMEN

_GETOOND = 10_000
"""Differences that are shown on a screen; the report gives all of them."""


def rapport(
    naam: Annotated[str, typer.Argument(help=", ".join(CATALOGUS))],
    formaat: Annotated[str, typer.Option(help="csv, xlsx, json; meer dan één met komma's ertussen")] = "csv",
    periode: Annotated[str | None, typer.Option(help="2026-04, 2026-Q2, 2026-T2 (vier maanden) of 2026")] = None,
    van: Annotated[str | None, typer.Option(help="Eerste maand, in plaats van --periode")] = None,
    tot: Annotated[str | None, typer.Option(help="Laatste maand, in plaats van --periode")] = None,
    periodesoort: Annotated[str, typer.Option(help="zorgmaand of declaratiemaand")] = "zorgmaand",
    groepeer: Annotated[str | None, typer.Option(help=", ".join(GROEPEN))] = None,
    peildatum: Annotated[str | None, typer.Option(help="De stand aan het eind van deze dag, of op dit moment")] = None,
    aanbieder: Annotated[str | None, typer.Option(help="Alleen deze AGB-code")] = None,
    gemeente: Annotated[
        list[str] | None, typer.Option(help="Gemeentecode; niet nodig als er maar één is, vaker voor meer gemeenten samen")
    ] = None,
    regio: Annotated[str | None, typer.Option(help="Naam van een regio, in plaats van --gemeente: haar leden samen")] = None,
    uit: Annotated[Path, typer.Option(help="Map voor de bestanden")] = Path(),
) -> None:
    """Schrijf een rapport: dezelfde cijfers als de API, als bestand per gekozen formaat. Ook van meer gemeenten."""
    formaten = [deel.strip() for deel in formaat.split(",")]
    if naam not in CATALOGUS:
        stop(f"Onbekend rapport '{naam}'. Kies uit: {', '.join(CATALOGUS)}.")
    if not set(formaten) <= set(VORMEN):
        stop(f"Onbekend formaat '{formaat}'. Kies uit: {', '.join(VORMEN)}.")
    opties = {
        "periode": periode, "van": van, "tot": tot, "periodesoort": periodesoort, "groepeer": groepeer, "peildatum": peildatum,
        "filters": {"aanbieder": aanbieder},
    }  # fmt: skip
    uit.mkdir(parents=True, exist_ok=True)
    gekozen = CATALOGUS[naam]
    with open_house() as werkplaats:
        if isinstance(gekozen, Boekrapport):
            if regio or len(gemeente or ()) > 1:
                stop(f"Het rapport {naam} is van één gemeente. Kies die met --gemeente, en maak het rapport per gemeente.")
            eigen = _choose_gemeente(werkplaats, next(iter(gemeente or ()), None))
            for soort in formaten:
                vraag = _ask(werkplaats, eigen, {} if gekozen.van_nu else opties)
                bestand = uit / f"{gekozen.name_file(vraag)}.{soort}"
                _write(werkplaats, gekozen, vraag, bestand)
                scherm.print(f"Geschreven: {bestand}", highlight=False, soft_wrap=True)
            return
        wie, vraag = _choose_gemeenten(werkplaats, gemeente or [], regio, {**opties, "groepeer": None})
        bestanden = [
            uit / f"{file_name(naam, '_'.join(wie), vraag.periode.bestandsdeel, _day_of(vraag))}.{soort}" for soort in formaten
        ]
        if isinstance(gekozen, Regiorapport):
            _write_region(werkplaats, gekozen, (wie, regio), vraag, bestanden)
            return
        for bestand in bestanden:
            write_monitor(werkplaats, naam, wie, (periode, van, tot), bestand, peildatum, groepeer=groepeer)


def _write_region(
    werkplaats: Werkplaats,
    gekozen: Regiorapport,
    wie: tuple[Sequence[str], str | None],
    vraag: Boekvraag,
    bestanden: Sequence[Path],
) -> None:
    """Made once; as a file for each."""
    gemeenten, regio = wie
    if regio is None and len(gemeenten) == 1:
        stop("Dit rapport is van meer gemeenten. Kies een regio met --regio, of geef --gemeente vaker.")
    leden = () if regio else tuple(gemeenten)
    try:
        tabel = gekozen.make(werkplaats, Operatorvraag(_day_of(vraag), regio or "", leden), vraag.periode)
    except Vraagfout as fout:
        stop(str(fout))
    for bestand in bestanden:
        soort = bestand.suffix.removeprefix(".")
        write_tabel(tabel, soort, bestand, [("Gemeenten", ", ".join(gemeenten)), ("Periode", str(vraag.periode))])
        scherm.print(f"Geschreven: {bestand}", highlight=False, soft_wrap=True)


def _day_of(vraag: Boekvraag) -> date:
    return dutch_day(vraag.peilmoment)


def _choose_gemeenten(
    werkplaats: Werkplaats, gemeenten: Sequence[str], regio: str | None, opties: dict[str, Any]
) -> tuple[list[str], Boekvraag]:
    """Those that were asked for, or the members of a region on the last day of the period, or today if that comes first; and the
    question, read once."""
    if regio is None:
        gevraagd: Sequence[str | None] = gemeenten or [None]
        wie = sorted({_choose_gemeente(werkplaats, code) for code in gevraagd})
        return wie, _ask(werkplaats, wie[0], opties)
    if gemeenten:
        stop("Kies een regio (--regio) of gemeenten (--gemeente), niet allebei.")
    vraag = _ask(werkplaats, "", opties)
    van, tot = vraag.periode.van, vraag.periode.laatste_dag
    if van is None or tot is None:
        stop("Geef een periode met --periode, zoals 2026 of 2026-Q2: daaruit volgt welke gemeenten lid zijn.")
    try:
        laatste = min(tot, werkplaats.instellingen.vandaag())
        return list(list_members(werkplaats, regio, min(van, laatste), laatste)), vraag
    except Vraagfout as fout:
        stop(str(fout))


def _choose_gemeente(werkplaats: Werkplaats, gemeente: str | None) -> str:
    """The one that was asked for, or the only one; of a code that is in no books a report would be empty and look right."""
    with werkplaats.opslag.transaction() as verbinding:
        gemeenten = list_gemeenten(verbinding)
    if gemeente in gemeenten:
        return gemeente
    if gemeente is not None:
        stop(f"Gemeente '{gemeente}' staat niet in de boeken. Daarin staan: {', '.join(gemeenten) or 'nog geen'}.")
    if len(gemeenten) != 1:
        stop(f"Kies een gemeente met --gemeente. In de boeken staan: {', '.join(gemeenten) or 'nog geen'}.")
    return gemeenten[0]


def _ask(werkplaats: Werkplaats, gemeente: str, opties: dict[str, Any]) -> Boekvraag:
    try:
        return ask(gemeente, werkplaats.instellingen.nu(), **opties)
    except Vraagfout as fout:
        stop(str(fout))


def _write(werkplaats: Werkplaats, gekozen: Boekrapport, vraag: Boekvraag, bestand: Path) -> None:
    """One file. With the view of staff, so that what a report shows is what the API shows."""
    try:
        with werkplaats.opslag.transaction(Toegang(vraag.gemeente, None)) as verbinding:
            write_rapport(add_names(verbinding, vraag.gemeente, gekozen.make(verbinding, werkplaats, vraag)), bestand)
    except Vraagfout as fout:
        stop(str(fout))


def write_rapport(gemaakt: Rapport, bestand: Path) -> None:
    """In the form that the suffix of the file names."""
    if bestand.suffix == ".xlsx":
        write_xlsx(gemaakt, bestand)
    else:
        _write_parts(bestand, write_csv(gemaakt) if bestand.suffix == ".csv" else write_json(gemaakt))


def _write_parts(bestand: Path, delen: Iterator[bytes]) -> None:
    with bestand.open("wb") as open_:
        open_.writelines(delen)


def controle(als_json: Annotated[bool, typer.Option("--json", help="Als JSON, om verder te verwerken")] = False) -> None:
    """Bewijs dat de boeken sluiten. Uitgang 1 met elk verschil als dat niet zo is."""
    with open_house() as werkplaats, werkplaats.opslag.transaction() as verbinding:
        bewijzen = [prove(verbinding, werkplaats, gemeente, _GETOOND) for gemeente in list_gemeenten(verbinding)]
    if als_json:
        print(orjson.dumps([_as_json(bewijs) for bewijs in bewijzen], option=orjson.OPT_INDENT_2).decode())
    else:
        for bewijs in bewijzen:
            _print(bewijs)
        totaal = sum(bewijs.uitslag.verschillen for bewijs in bewijzen)
        scherm.print(
            "De boeken sluiten." if totaal == 0 else f"De boeken sluiten NIET: {telling(totaal, 'verschil', 'verschillen')}.",
            highlight=False,
        )
    raise typer.Exit(1 if any(bewijs.uitslag.verschillen for bewijs in bewijzen) else 0)


def _print(bewijs: Bewijs) -> None:
    uitslag = bewijs.uitslag
    omvang = uitslag.omvang
    scherm.print(
        f"Gemeente {uitslag.gemeente}: {describe_omvang(omvang)}, saldo {euro(omvang.journaal)}",
        highlight=False,
        soft_wrap=True,
    )
    for _, omschrijving, verschillen in uitslag.list_controles():
        stand = "[green]klopt[/]" if not verschillen else f"[red]{telling(verschillen, 'verschil', 'verschillen')}[/]"
        scherm.print(f"  {omschrijving}: {stand}", highlight=False, soft_wrap=True)
    for item in bewijs.verschillen:
        tekst = f"  {item.plaats}: {item.wat} is {item.gevonden}; verwacht {item.verwacht}"
        scherm.print(tekst, style="red", highlight=False, markup=False, soft_wrap=True)
    for controle, opdracht in HERSTEL.items():
        if uitslag.per_controle[controle]:
            scherm.print(f"  Verschillen bij '{controle}' herstelt u met '{opdracht}'.", highlight=False, soft_wrap=True)
    if uitslag.verschillen > len(bewijs.verschillen):
        scherm.print(f"  De eerste {len(bewijs.verschillen)} staan hier; 'berichten rapport aansluiting' geeft ze alle.")


def _as_json(bewijs: Bewijs) -> dict[str, Any]:
    return {
        "gemeente": bewijs.uitslag.gemeente,
        "sluit": bewijs.uitslag.verschillen == 0,
        "aantalVerschillen": bewijs.uitslag.verschillen,
        "controles": [{"controle": naam, "verschillen": n} for naam, _, n in bewijs.uitslag.list_controles()],
        "verschillen": [
            {
                "controle": item.controle,
                "plaats": item.plaats,
                "wat": item.wat,
                "verwacht": item.verwacht,
                "gevonden": item.gevonden,
            }
            for item in bewijs.verschillen
        ],
    }
