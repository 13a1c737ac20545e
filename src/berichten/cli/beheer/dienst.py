"""`berichten dienst`: the service itself."""

from typing import Annotated

import typer
import uvicorn

from api.app import create_app
from api.deur.lijn import Lijn
from berichten.cli.basis.huis import read_settings
from berichten.processen.basis.geheugen import hold_little


def dienst(
    host: Annotated[str, typer.Option(help="Adres waarop de dienst luistert")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Poort waarop de dienst luistert")] = 8484,
) -> None:
    """Start API, portaal en (zonder broker) de werkers in één proces."""
    hold_little()
    uvicorn.run(
        create_app(read_settings()), host=host, port=port, http=Lijn, log_config=None, access_log=False, server_header=False
    )
