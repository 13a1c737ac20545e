"""What commands share of how they take files and how they tell what became of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from berichten.cli.basis.meldingen import foutscherm
from berichten.kern.taal import telling
from berichten.processen.archief.bronnen import Overgeslagen

Bestanden = Annotated[list[Path], typer.Argument(help="XML- en ZIP-bestanden, of mappen daarmee")]
AlsJson = Annotated[bool, typer.Option("--json", help="Als JSON, om verder te verwerken")]


def print_json(inhoud: Any) -> None:
    """To the standard output, indented."""
    print(orjson.dumps(inhoud, option=orjson.OPT_INDENT_2).decode())


def tell_passed(overgeslagen: Sequence[Overgeslagen]) -> None:
    """Every file that was passed over, with the reason, on the error stream."""
    if not overgeslagen:
        return
    foutscherm.print(f"{telling(len(overgeslagen), 'bestand is', 'bestanden zijn')} overgeslagen:", highlight=False)
    for item in overgeslagen:
        foutscherm.print(f"  {item.bestand}: {item.reden}", highlight=False, markup=False, soft_wrap=True)
