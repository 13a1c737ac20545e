"""`berichten proef`: what messages would get, keeping nothing."""

from collections.abc import Iterable
from typing import Any

import typer

from berichten.cli.basis.huis import open_house
from berichten.cli.basis.uitvoer import Bestanden, print_json, tell_passed
from berichten.processen.archief.bronnen import list_files, read_file
from berichten.processen.berichten.proef_bericht import Proef, rehearse

_GEWEIGERD = ("geweigerd", "afgekeurd")


def proef(bestanden: Bestanden) -> None:
    """Laat zien wat er met berichten zou gebeuren. Er wordt niets bewaard. Uitgang 1 als er iets geweigerd zou worden."""
    lijst = list_files(bestanden)
    uitkomsten = []
    with open_house(nieuw=True) as werkplaats:
        for bron in lijst:
            for invoer in read_file(bron.pad, bron.naam):
                uitkomst = rehearse(werkplaats, invoer.inhoud, None)
                if isinstance(uitkomst, Proef):
                    antwoord = uitkomst.antwoord.decode() if uitkomst.antwoord else None
                    uitkomsten.append({"bestand": invoer.bestand, **uitkomst.beschrijving, "antwoord": antwoord})
    print_json({"berichten": uitkomsten, "overgeslagen": [item.describe() for item in lijst.overgeslagen]})
    tell_passed(lijst.overgeslagen)
    raise typer.Exit(1 if any(map(_is_refused, uitkomsten)) else 0)


def _is_refused(uitkomst: dict[str, Any]) -> bool:
    delen: Iterable[dict[str, Any]] = (*uitkomst["prestaties"], *uitkomst["producten"])
    return uitkomst["status"] in _GEWEIGERD or any(deel["uitkomst"] == "afgewezen" for deel in delen)
