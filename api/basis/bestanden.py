"""Reports as files: which form the caller asks for, and a response that is made while it is sent."""

import os
import tempfile
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from fastapi.responses import FileResponse, Response, StreamingResponse
from sqlalchemy import Connection
from starlette.background import BackgroundTask

from berichten.inzage.basis.kijker import Kijker
from berichten.rapporten.uitvoer import als_csv as uitvoer_csv
from berichten.rapporten.uitvoer import als_xlsx as uitvoer_xlsx
from berichten.rapporten.uitvoer.namen import add_names
from berichten.rapporten.uitvoer.tabel import Rapport
from berichten.rapporten.uitvoer.vormen import VORMEN

_SOORTEN = {VORMEN[soort]: soort for soort in ("csv", "xlsx")}

ALS_BESTAND: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            uitvoer_csv.MEDIATYPE: {"schema": {"type": "string"}},
            uitvoer_xlsx.MEDIATYPE: {"schema": {"type": "string", "format": "binary"}},
        }
    }
}
"""For the description of an operation that answers in any of three forms."""


def wants_file(mediatype: str) -> bool:
    """Whether the caller asked for a file and not for JSON."""
    return mediatype in _SOORTEN


def send_report(kijker: Kijker, mediatype: str, naam: str, make: Callable[[Connection], Rapport]) -> Response:
    """The report as a file of that form, with names beside codes; `naam` is the file's without its ending (`tabel.file_name`).

    `make` gets a transaction with the caller's view, open until the last row is read. Whose clients it shows is said before, by
    who made the question.
    """
    bestand = f"{naam}.{_SOORTEN[mediatype]}"
    kop = {"Content-Disposition": f'attachment; filename="{bestand}"'}
    if mediatype == uitvoer_csv.MEDIATYPE:
        delen = _csv_parts(kijker, make)
        # Asked here and not while sending: what goes wrong with the question can then still be told.
        eerste = next(delen)
        return StreamingResponse(chain([eerste], delen), media_type=f"{mediatype}; charset=utf-8", headers=kop)
    nummer, pad = tempfile.mkstemp(suffix=".xlsx")
    os.close(nummer)
    opruimen = BackgroundTask(os.unlink, pad)
    try:
        with kijker.transaction() as (verbinding, vermelding):
            vermelding.shows_nobody()
            uitvoer_xlsx.write_xlsx(add_names(verbinding, kijker.gemeente, make(verbinding)), Path(pad))
    except BaseException:
        os.unlink(pad)
        raise
    return FileResponse(pad, media_type=mediatype, headers=kop, background=opruimen)


def _csv_parts(kijker: Kijker, make: Callable[[Connection], Rapport]) -> Iterator[bytes]:
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        yield from uitvoer_csv.write_csv(add_names(verbinding, kijker.gemeente, make(verbinding)))
