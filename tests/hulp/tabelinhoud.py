"""What every table holds, without what differs between two runs of the same messages: moments, and numbers that we gave out."""

import importlib
import pkgutil
import re
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from berichten.opslag import tabellen
from berichten.opslag.berichten.berichten import PRESTATIE_BITS
from berichten.opslag.tabellen.metadata import METADATA
from berichten.processen.basis.werkplaats import Werkplaats
from tests.hulp.eigenaar import as_owner

for _module in pkgutil.walk_packages(tabellen.__path__, "berichten.opslag.tabellen."):
    importlib.import_module(_module.name)

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_EIGEN_NUMMER = re.compile(rb"(<ijw:Identificatie>|<\w+:IdentificatieRetour>|<ijw:GemeenteReferentieNummer>)\d{12}<")


def nameless(antwoord: bytes) -> bytes:
    """An answer without its own number, which tells when the message came in (decision 29)."""
    return _EIGEN_NUMMER.sub(rb"\1<", antwoord)


def tables(werkplaats: Werkplaats) -> dict[str, list[Any]]:
    """Rows of every table, in an order that does not tell how they came there."""
    inhoud = {}
    with as_owner(werkplaats) as verbinding:
        # Who looked is hidden from the owner too; this database is thrown away after the test.
        verbinding.execute(text("ALTER TABLE inzagelog NO FORCE ROW LEVEL SECURITY"))
        bericht = METADATA.tables["bericht"]
        nummers = verbinding.execute(select(bericht.c.gemeente, bericht.c.volgnummer, bericht.c.bericht_id, bericht.c.sha256)).all()
        bekend: dict[Any, str] = {}
        for rij in nummers:
            bekend |= {rij.bericht_id: rij.sha256.hex(), str(rij.bericht_id): rij.sha256.hex(), rij.volgnummer: rij.sha256.hex()}
        for tabel in METADATA.sorted_tables:
            rijen = [
                {naam: _neutral(tabel.name, naam, waarde, bekend, werkplaats) for naam, waarde in rij._mapping.items()}
                for rij in verbinding.execute(select(tabel))
            ]
            inhoud[tabel.name] = sorted(rijen, key=repr)
    return inhoud


def _neutral(tabel: str, naam: str, waarde: Any, bekend: dict[Any, str], werkplaats: Werkplaats) -> Any:
    if isinstance(waarde, datetime) or (isinstance(waarde, str) and _MOMENT.match(waarde)):
        return "moment"
    if isinstance(waarde, dict):
        return {sleutel: _neutral(tabel, naam, deel, bekend, werkplaats) for sleutel, deel in waarde.items()}
    if isinstance(waarde, UUID) or naam == "object_id":
        return bekend.get(waarde, "eigen")
    if isinstance(waarde, int) and (naam == "prestatie_id" or (tabel, naam) == ("bericht", "volgnummer")):
        return (bekend[waarde >> PRESTATIE_BITS], waarde % (1 << PRESTATIE_BITS)) if naam == "prestatie_id" else bekend[waarde]
    if tabel in ("antwoord", "bericht_inhoud") and naam == "inhoud":
        return nameless(werkplaats.kluis.unpack(waarde))
    if (tabel, naam) == ("antwoord", "identificatie"):
        return re.sub(r"^\d{12}$", "eigen", waarde)
    return waarde
