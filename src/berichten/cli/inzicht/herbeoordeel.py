"""`berichten herbeoordeel --proef`: which decided lines today's facts would have changed."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import orjson
import typer

from berichten.cli.basis.huis import open_house
from berichten.cli.basis.meldingen import scherm, stop
from berichten.cli.basis.voortgang import load_progress
from berichten.cli.inzicht.rapport import write_rapport
from berichten.kern.taal import telling
from berichten.kern.tekst import euro
from berichten.processen.accountant.herzie_steekproef import reconsider_sample
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.herbeoordeel import Herbeoordeling, reconsider, tell_todo
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.uitvoer.vormen import VORMEN


def herbeoordeel(
    gemeente: Annotated[str, typer.Option(help="Gemeentecode")],
    agb: Annotated[str | None, typer.Option(help="AGB-code van de aanbieder")] = None,
    steekproef: Annotated[int | None, typer.Option(help="Nummer van een steekproef, in plaats van --agb: haar regels")] = None,
    alleen_proef: Annotated[bool, typer.Option("--proef", help="Laat alleen zien wat er anders zou zijn")] = False,
    als_json: Annotated[bool, typer.Option("--json", help="Alleen bij --agb: als JSON, om verder te verwerken")] = False,
    formaat: Annotated[str | None, typer.Option(help=f"Alleen bij --steekproef: {', '.join(VORMEN)} (anders csv)")] = None,
    uit: Annotated[Path | None, typer.Option(help="Alleen bij --steekproef: map voor het bestand (anders deze)")] = None,
) -> None:
    """Laat zien welke besliste regels met de gegevens van nu anders zouden uitvallen. Er verandert niets in de boeken.

    Met --steekproef komt van elke getrokken regel waarvan nu iets is toegekend de verklaring in een bestand, met in de norm fout
    wat nu zou worden afgewezen.
    """
    if not alleen_proef:
        stop("Een besluit verandert alleen als iemand dat neemt. Geef --proef mee om te zien wat er anders zou uitvallen.")
    if (agb is None) == (steekproef is None):
        stop("Kies een aanbieder met --agb, of een steekproef met --steekproef.")
    if steekproef is not None and als_json:
        stop("Een steekproef komt in een bestand. Kies --formaat json in plaats van --json.")
    if agb is not None and (formaat is not None or uit is not None):
        stop("Van een aanbieder komt de uitkomst op het scherm, niet in een bestand. Laat --formaat en --uit weg, of kies --json.")
    if (formaat := formaat or "csv") not in VORMEN:
        stop(f"Onbekend formaat '{formaat}'. Kies uit: {', '.join(VORMEN)}.")
    with open_house() as werkplaats, load_progress() as balk:
        taak = balk.add_task("Opnieuw beoordelen", total=None)

        def meld(gedaan: int, totaal: int) -> None:
            balk.update(taak, completed=gedaan, total=totaal)

        if steekproef is not None:
            _write_sample(werkplaats, (gemeente, steekproef), uit or Path(), formaat, meld)
            return
        uitkomst = reconsider(werkplaats, gemeente, agb or "", meld)
    if als_json:
        _print_as_json(uitkomst)
    else:
        _print_as_text(uitkomst)


def _write_sample(
    werkplaats: Werkplaats, welke: tuple[str, int], uit: Path, formaat: str, meld: Callable[[int, int], None]
) -> None:
    """The file, and on the screen what it rests on: a CSV has no heading to say so."""
    try:
        naam, rapport = reconsider_sample(werkplaats, *welke, meld)
    except Vraagfout as fout:
        stop(str(fout))
    uit.mkdir(parents=True, exist_ok=True)
    bestand = uit / f"{naam}.{formaat}"
    write_rapport(rapport, bestand)
    for kop, waarde in rapport.verantwoording:
        scherm.print(f"{kop}: {waarde}", highlight=False, markup=False, soft_wrap=True)
    scherm.print(f"Geschreven: {bestand}", highlight=False, markup=False, soft_wrap=True)


def _print_as_json(uitkomst: Herbeoordeling) -> None:
    regels = [{**orjson.loads(orjson.dumps(item)), "wat_te_doen": tell_todo(item)} for item in uitkomst.veranderingen]
    geheel = {"berichten": uitkomst.berichten, "verschil": uitkomst.verschil, "regels": regels}
    typer.echo(orjson.dumps(geheel, option=orjson.OPT_INDENT_2).decode())


def _print_as_text(uitkomst: Herbeoordeling) -> None:
    for item in uitkomst.veranderingen:
        scherm.print(
            f"{item.referentienummer} ({item.identificatie}, {euro(item.bedrag)}): de regels zeiden {item.was}"
            f" {_rules(item.was_regels)}en zeggen nu {item.wordt} {_rules(item.wordt_regels)}; nu {item.staat}"
            f"{' door een besluit' if item.door_persoon else ''}.",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )
        for melding in (*item.meldingen, tell_todo(item)):
            scherm.print(f"  {melding}", highlight=False, markup=False, soft_wrap=True)
    aantal = len(uitkomst.veranderingen)
    berichten = f"{uitkomst.berichten} {'bericht' if uitkomst.berichten == 1 else 'berichten'}"
    regels = telling(aantal, "regel valt", "regels vallen")
    scherm.print(
        f"{berichten} opnieuw bekeken; {regels} anders uit, samen {euro(uitkomst.verschil)}. Er is niets veranderd.",
        highlight=False,
        soft_wrap=True,
    )


def _rules(regels: list[str]) -> str:
    return f"({', '.join(regels)}) " if regels else ""
