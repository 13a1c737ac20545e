"""What a request asks for, for the access log: told by its address, because who is refused is refused before the rest is read."""

import re

from fastapi import Request

from berichten.inzage.basis.objecten import OBJECTSOORTEN, Objectsoort
from berichten.processen.basis.geweigerd import Gevraagd

OBJECT_VAN: dict[str, Objectsoort] = {
    "bericht": "bericht",
    "blokkade": "blokkade",
    "casussignaal": "casussignaal",
    "maatregel": "maatregel",
    "persoon": "gebruiker",
    "prestatie": "prestatie",
    "rekening": "rekening",
    "run": "betaalrun",
    "signaal": "signaal",
    "sleutel": "sleutel",
    "steekproef": "steekproef",
    "toekenning": "rol",
    "toewijzingnummer": "toewijzing",
    "verzoek": "verzoek",
    "zending": "inzending",
}
"""The kind of object that a place in an address stands for, by its name without `Id` or `_id`."""
_ACHTER = re.compile("_?[iI]d$")
_NUMMER = re.compile(r"[0-9]{1,19}|[0-9a-f]{12}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Anything else that is typed in such a place is no number of ours, and may be anything: it is not kept."""


def read_gevraagd(request: Request) -> Gevraagd:
    """The last object that the address names, else the list whose name stands in it."""
    for naam, waarde in reversed(request.path_params.items()):
        soort = OBJECT_VAN.get(base_name(naam))
        if soort is not None:
            return Gevraagd(soort, str(waarde) if _NUMMER.fullmatch(str(waarde)) else "")
    stukken = request.url.path.split("/")
    lijsten = [soort for soort in OBJECTSOORTEN if soort in stukken]
    return Gevraagd(lijsten[-1] if lijsten else "handeling")


def base_name(naam: str) -> str:
    """`bericht` of `berichtId` and of `bericht_id`."""
    return _ACHTER.sub("", naam)
