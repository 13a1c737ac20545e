"""Every page of the portal and what can be asked of it, taken from the routes themselves: a new page is walked by itself."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from starlette.routing import BaseRoute, Mount

from api.app import create_app
from berichten.instellingen import Instellingen
from tests.hulp.api.wandeling import AANWIJZERS

ZOEKVELD = "q"
"""The field in which anything may be typed that points at something."""
ZEVEN = {"agb": "agb", "aanbieder": "agb", "toewijzingnummer": "toewijzingnummer", "berichtId": "berichtId"}
"""What a page may be narrowed by, and what of a party goes there."""
_KEUZEN = {"periode": "2026-Q1", "nr": "1", "vorm": "csv", "tabel": "tabel1", "regel": "DA01", "blad": "accountant"}
"""What points at nobody: the form of a file."""
_AANWIJZEND = (
    "bsn",
    "toewijzingnummer",
    "referentienummer",
    "identificatie",
    "agb",
    "berichtId",
    "prestatieId",
    "eigenKenmerk",
    "iban",
)


@dataclass(frozen=True, slots=True)
class Adres:
    """A route, under whatever it was hung."""

    pad: str
    methoden: frozenset[str]
    velden: tuple[str, ...] = ()
    """Of a form."""


@dataclass(frozen=True, slots=True)
class Bladvraag:
    """One request of a page, or of a form that looks for something."""

    methode: str
    pad: str
    query: tuple[tuple[str, str], ...] = ()
    velden: tuple[tuple[str, str], ...] = ()


def list_addresses() -> list[Adres]:
    """All of the service."""
    return list(_list_under(create_app(Instellingen()).routes, ""))


def _list_under(routes: Iterable[BaseRoute], voor: str) -> Iterator[Adres]:
    for route in routes:
        if isinstance(route, Mount):
            yield from _list_under(route.routes, voor + route.path)
        elif hasattr(route, "effective_route_contexts"):
            yield from (_as_adres(voor, item) for item in route.effective_route_contexts())
        else:
            yield _as_adres(voor, route)


def _as_adres(voor: str, route: Any) -> Adres:
    wat = [] if getattr(route, "dependant", None) is None else [*_dependants(route.dependant)]
    return Adres(
        re.sub(r":\w+(?=})", "", voor + route.path),
        frozenset(route.methods),
        tuple(item.alias for deel in wat for item in deel.body_params),
    )


def _dependants(wat: Any) -> Iterator[Any]:
    yield wat
    for deel in wat.dependencies:
        yield from _dependants(deel)


def list_page_questions(adres: Adres, kent: dict[str, Any]) -> Iterator[Bladvraag]:
    """A page as it is, and with each thing in its address that points at this party; a form that looks for something, likewise."""
    pad = adres.pad
    for naam in re.findall(r"\{(\w+)\}", pad):
        waarde = _KEUZEN.get(naam) or kent[AANWIJZERS[_camel(naam)]]
        pad = pad.replace("{" + naam + "}", str(waarde))
    waarden = [str(kent[naam]) for naam in _AANWIJZEND]
    if "GET" in adres.methoden:
        yield Bladvraag("GET", pad)
        yield from (Bladvraag("GET", pad, ((naam, str(kent[bron])),)) for naam, bron in ZEVEN.items())
        yield from (Bladvraag("GET", pad, ((ZOEKVELD, waarde),)) for waarde in waarden)
    if "POST" in adres.methoden and ZOEKVELD in adres.velden:
        yield from (Bladvraag("POST", pad, velden=((ZOEKVELD, waarde),)) for waarde in waarden)


def _camel(naam: str) -> str:
    begin, *rest = naam.split("_")
    return begin + "".join(deel.title() for deel in rest)
