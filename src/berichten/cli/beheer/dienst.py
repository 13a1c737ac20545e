"""`berichten dienst`: the service itself."""

import socket
from typing import Annotated

import typer
import uvicorn

from api.app import create_app
from api.deur.lijn import Lijnwacht
from berichten.cli.basis.huis import read_settings
from berichten.cli.basis.meldingen import stop
from berichten.processen.basis.geheugen import hold_little


def dienst(
    host: Annotated[str, typer.Option(help="Adres waarop de dienst luistert")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Poort waarop de dienst luistert")] = 8484,
) -> None:
    """Start API, portaal en (zonder broker) de werkers in één proces."""
    _stop_unless_free(host, port)
    hold_little()
    uvicorn.run(
        create_app(read_settings()), host=host, port=port, http=Lijnwacht, log_config=None, access_log=False, server_header=False
    )


def _stop_unless_free(host: str, port: int) -> None:
    """Refuse before a database and workers are started for nothing; the server would say so in its own words and too late."""
    try:
        soort, *_, adres = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(soort, socket.SOCK_STREAM) as proef:
            proef.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            proef.bind(adres)
    except OSError:
        stop(
            f"De dienst kan niet luisteren op {host}, poort {port}: de poort is bezet of mag niet, of dit adres is niet van deze"
            " machine. Kies een andere met --port of --host, of stop de dienst die er al draait."
        )
