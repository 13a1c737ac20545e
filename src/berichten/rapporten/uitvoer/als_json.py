"""A report as JSON for other programs: amounts in cents, names as in the API. Made as it is read."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

from berichten.rapporten.uitvoer.tabel import Kolomsoort, Rapport, Telling, conclude, count_along

MEDIATYPE = "application/json"


def write_json(rapport: Rapport) -> Iterator[bytes]:
    """The bytes of one object: the name of the report, its rows, and last what it rests on."""
    telling = Telling()
    kolommen = [(kolom.naam, kolom.soort) for kolom in rapport.kolommen]
    yield b'{"rapport":' + orjson.dumps(rapport.naam) + b',"rijen":['
    for nummer, rij in enumerate(count_along(rapport, telling)):
        eigen = {naam: as_json(soort, waarde) for (naam, soort), waarde in zip(kolommen, rij, strict=True)}
        yield (b",\n" if nummer else b"\n") + orjson.dumps(eigen)
    yield b'\n],"verantwoording":' + orjson.dumps(dict(conclude(rapport, telling))) + b"}\n"


def as_json(soort: Kolomsoort, waarde: Any) -> Any:
    """A value as JSON has it; a month as 2026-04."""
    if soort == "maand" and isinstance(waarde, date):
        return f"{waarde:%Y-%m}"
    if isinstance(waarde, datetime):
        return waarde.isoformat()
    return str(waarde) if isinstance(waarde, UUID) else waarde
