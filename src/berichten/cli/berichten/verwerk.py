"""`berichten verwerk`: files, folders and ZIPs through the same pipeline as the endpoint."""

from pathlib import Path
from typing import Annotated

import typer

from berichten.cli.basis.huis import open_house
from berichten.cli.basis.meldingen import scherm, stop
from berichten.cli.basis.uitvoer import tell_passed
from berichten.cli.basis.voortgang import progress, summarise, wide
from berichten.kern.taal import telling
from berichten.logboek import configure_logging
from berichten.processen.archief.bronnen import count_messages, list_files
from berichten.processen.archief.verwerk_archief import process_files


def verwerk(
    paden: Annotated[list[Path], typer.Argument(help="Bestanden, mappen of ZIP-bestanden")],
    uit: Annotated[Path, typer.Option(help="Map voor de antwoorden en resultaat.json")] = Path("antwoorden"),
) -> None:
    """Verwerk berichten zoals het adres /v1/berichten dat doet. Opnieuw starten gaat verder waar het was gebleven."""
    configure_logging()
    bronnen = list_files(paden, uit)
    with open_house(nieuw=True) as werkplaats, progress() as balk:
        taak = balk.add_task("Verwerken", total=count_messages(bronnen), regels=0)
        overzicht = process_files(
            werkplaats, bronnen, uit, lambda stand: balk.update(taak, completed=stand.berichten, regels=stand.regels)
        )
    wide().print(summarise(overzicht))
    tell_passed(bronnen.overgeslagen)
    scherm.print(f"Het resultaat per bericht en per regel staat in {uit / 'resultaat.json'}.", highlight=False)
    if overzicht.wachtend:
        stop(
            f"{telling(overzicht.wachtend, 'bericht is', 'berichten zijn')} ontvangen en nog niet verwerkt,"
            " door een storing bij ons. Start de opdracht"
            " opnieuw; blijft het zo, kijk dan in de regels hierboven wat er misging.",
            uitgang=1,
        )
