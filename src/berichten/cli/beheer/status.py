"""`berichten status`: what went wrong, and what asks for a person."""

from dataclasses import asdict
from typing import Any

import typer

from berichten.cli.basis.huis import open_house
from berichten.cli.basis.meldingen import scherm
from berichten.cli.basis.uitvoer import AlsJson, print_json
from berichten.processen.bewaking.bekijk_status import Aandacht, look_around


def status(als_json: AlsJson = False) -> None:
    """Laat zien wat er misging en wat aandacht vraagt. Uitgang 1 als er iets is."""
    with open_house() as werkplaats:
        gevonden = look_around(werkplaats)
    if als_json:
        print_json([_as_json(item) for item in gevonden])
    else:
        for item in gevonden:
            teken = "[red]let op[/]" if item.ernstig else "[green]goed[/] "
            scherm.print(f"{teken}  ", end="", highlight=False)
            scherm.print(item.melding, highlight=False, markup=False, soft_wrap=True)
    raise typer.Exit(1 if any(item.ernstig for item in gevonden) else 0)


def _as_json(item: Aandacht) -> dict[str, Any]:
    return asdict(item)
