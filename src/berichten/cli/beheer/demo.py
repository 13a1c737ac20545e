"""`berichten demo`: a made-up town at the counter."""

from typing import Annotated

import typer

from berichten.cli.basis.voortgang import wide
from berichten.demo.demo import run_demo


def demo(
    stop: Annotated[bool, typer.Option("--stop", help="Stop de dienst na het tonen")] = False,
    port: Annotated[int, typer.Option(help="Poort waarop de dienst luistert")] = 8484,
) -> None:
    """Start de dienst, stuur de berichten van een verzonnen stad in en laat zien wat ervan wordt."""
    raise typer.Exit(run_demo(wide(), port=port, stop=stop))
