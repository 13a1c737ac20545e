"""Tables that callers send: a CSV file or a workbook, whatever label a browser or a program gave it."""

from typing import Any

from fastapi import Request

from api.basis.problemen import Probleem
from api.berichten.berichten import content_type, read_limited
from berichten.processen.referentie.werkmap import MEDIATYPE

_SOORTEN = ("text/csv", MEDIATYPE, "application/vnd.ms-excel", "application/octet-stream")
"""The third is what Windows calls a CSV file where a spreadsheet is installed. What it is, its first bytes say."""

_TE_GROOT = "Een bestand mag hooguit 25 MB groot zijn. Verdeel de regels over meer bestanden."
ALS_TABEL: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "text/csv": {"schema": {"type": "string"}},
            MEDIATYPE: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}
"""For the description of an operation that takes such a table."""


async def read_tabel(request: Request, te_groot: str = _TE_GROOT) -> bytes:
    """The file; 415 when the caller says that it is something else, 413 with the sentence `te_groot`."""
    if content_type(request) not in _SOORTEN:
        raise Probleem(415, f"Stuur het bestand als CSV ('Content-Type: text/csv') of als XLSX ('Content-Type: {MEDIATYPE}').")
    return await read_limited(request, te_groot)
