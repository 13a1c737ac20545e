"""What a command tells of a file that it loaded."""

from pathlib import Path

import typer

from berichten.cli.basis.meldingen import print_fouten, scherm
from berichten.kern.taal import foutental, telling
from berichten.processen.referentie.opgave import Geladen


def tell_geladen(geladen: Geladen, soort: str, bestand: Path) -> None:
    """What came of loading a file, and what of it had better be looked at; ends the command with 1 when nothing was loaded."""
    if geladen.totaal:
        scherm.print(f"Niets geladen: {foutental(geladen.totaal)} in {bestand}.", style="red", highlight=False, markup=False)
        print_fouten(geladen.fouten)
        raise typer.Exit(1)
    scherm.print(f"{telling(geladen.regels, 'regel', 'regels')} geladen ({soort}).", highlight=False)
    for zin in geladen.waarschuwingen:
        scherm.print(f"  Let op: {zin}", style="yellow", highlight=False, markup=False)
