"""Errors as RFC 9457 `application/problem+json`, in Dutch, with what to do. Never the text of an exception."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api.basis.methoden import allowed
from api.basis.namen import GEEN_TEKST, explain_unknown, find_unknown, names_at, tell_name
from api.basis.weigeringen import GEMELD, note_reason
from berichten.fouten import Invoerfout
from berichten.kern.nietnu import NietNu
from berichten.kern.tekst import fill

T = TypeVar("T")

_TITELS = {
    400: "Het verzoek klopt niet",
    401: "Geen geldige sleutel",
    403: "Niet toegestaan",
    404: "Niet gevonden",
    405: "Deze bewerking bestaat hier niet",
    406: "In deze vorm kan de dienst niet antwoorden",
    408: "Het verzoek kwam te langzaam binnen",
    409: "Dat kan nu niet",
    411: "De omvang van het verzoek ontbreekt",
    413: "Het bestand is te groot",
    415: "Dit soort bestand kan niet",
    429: "Te veel verzoeken",
    431: "De headers zijn te groot",
    500: "Er ging bij ons iets mis",
    503: "De dienst is even niet bereikbaar",
}
_ONJUIST = "Een of meer waarden in het verzoek kloppen niet. Herstel ze en doe het verzoek opnieuw."
NIET_NU: dict[int | str, dict[str, Any]] = {409: {}}
"""What an operation that may come at the wrong moment can answer besides."""
ANDERE_WIJZER = "Deze waarde van 'volgende' hoort niet bij deze lijst. Neem hem precies over uit het vorige antwoord."
_REDENEN = {400: "inhoud", 403: "niet_van_u"}
"""In a word, why; where who refuses says nothing more precise."""
_TEKSTEN = {
    404: "Op dit adres is niets te vinden, of het is niet van u. Controleer het adres.",
    405: "Dit adres kent deze bewerking niet. Zie /v1/openapi.json voor wat er kan.",
}
_WAARDEN = {
    "int_parsing": "Dit is geen heel getal. Geef een getal zonder letters of komma.",
    "int_parsing_size": "Dit getal is te lang. Geef een kleiner getal.",
    "greater_than_equal": "Dit getal is te klein. Geef {ge} of meer.",
    "less_than_equal": "Dit getal is te groot. Geef hoogstens {le}.",
    "uuid_parsing": "Dit is geen nummer van een bericht of verzoek. Neem het precies over uit het antwoord waarin u het vond.",
    "missing": "Deze waarde ontbreekt. Vul hem in.",
    "int_type": "Dit is geen heel getal. Geef een getal zonder aanhalingstekens, letters of komma.",
    "bool_type": "Dit is geen ja of nee. Geef true of false, zonder aanhalingstekens.",
    "bool_parsing": "Dit is geen ja of nee. Geef true of false.",
    "string_type": "Dit is geen tekst. Zet de waarde tussen aanhalingstekens.",
    "literal_error": "Deze waarde kan hier niet. Kies uit: {expected}.",
    "bsn": "Dit is geen burgerservicenummer. Controleer de negen cijfers.",
    "regel": "Deze regel is er niet. Kies een regel uit /v1/regels, zoals TR307.",
    "datum": "Dit is geen datum. Schrijf een dag als 2026-04-30.",
    "moment": "Dit is geen moment. Schrijf een dag als 2026-04-30, of een moment als 2026-04-30T12:00:00+02:00.",
    "json_invalid": "Deze inhoud is geen JSON. Controleer haakjes, komma's en aanhalingstekens.",
    "string_too_short": "Deze tekst is leeg of te kort. Vul ten minste {min_length} {min_length:teken|tekens} in.",
    "string_too_long": "Deze tekst is te lang. Gebruik hoogstens {max_length} tekens.",
    "too_long": "Deze lijst is te lang. Geef hoogstens {max_length} waarden.",
    "too_short": "Deze lijst is leeg of te kort. Geef ten minste {min_length} {min_length:waarde|waarden}.",
    "string_pattern_mismatch": "Deze waarde heeft niet de juiste vorm. Neem hem precies over uit het vorige antwoord.",
    "string_unicode": GEEN_TEKST,
}
_VORMEN = {
    "^[0-9]{8}$": "Een AGB-code heeft acht cijfers, zoals 42420001.",
    "^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$": "Dit is geen maand. Schrijf een maand als 2026-04.",
    "^[0-9]{4}-(0[1-9]|1[0-2])$": "Dit is geen maand. Schrijf een maand als 2026-04.",
    "^[0-9A-Z]{4}$": "Een retourcode heeft vier cijfers of hoofdletters, zoals 9307.",
    "^[A-Z]{2,20}[0-9]{0,4}$": "Een regel heeft hoofdletters en cijfers, zoals TR307. Zie /v1/regels.",
    "^[0-9A-Z]{1,10}$": "Een code heeft hoogstens tien cijfers of hoofdletters, zoals 45A04.",
}
"""What a value looks like, by the pattern that it has to have; another pattern is of something that we gave out ourselves."""


class Probleem(Exception):
    """Stops a request with a problem that the caller can act on."""

    def __init__(
        self, status: int, detail: str, fouten: Sequence[Invoerfout] = (), *, headers: Mapping[str, str] | None = None, **extra: Any
    ) -> None:
        super().__init__(status)
        self.headers = headers or {}
        self.status = status
        self.detail = detail
        self.fouten = fouten
        self.extra = extra


def unavailable(detail: str = "De database antwoordt niet. Probeer het over een minuut opnieuw.") -> Probleem:
    """503 that says when to come back."""
    return Probleem(503, detail, headers={"Retry-After": "60"})


def title_of(status: int) -> str:
    """What went wrong, in a few words."""
    return _TITELS.get(status, "Het verzoek is niet gelukt")


def problem_response(status: int, detail: str, fouten: Sequence[Invoerfout] = (), extra: dict[str, Any] | None = None) -> Response:
    """A problem+json response; `fouten` always present, so that a client need not look twice."""
    inhoud = {
        "type": "about:blank",
        "title": title_of(status),
        "status": status,
        "detail": detail,
        "fouten": [
            {"pad": fout.pad, "regel": fout.regel, "melding": fout.melding, "regelnummer": fout.regelnummer} for fout in fouten
        ],
        **(extra or {}),
    }
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return Response(orjson.dumps(inhoud), status, media_type="application/problem+json", headers=headers)


def as_response(fout: Probleem) -> Response:
    """What a problem is to who asked."""
    antwoord = problem_response(fout.status, fout.detail, fout.fouten, fout.extra)
    antwoord.headers.update(fout.headers)
    return antwoord


def answer_problem(request: Request, fout: Probleem) -> Response:
    """What an operation that raises it answers; why stands in the log."""
    if fout.status in GEMELD and not hasattr(request.state, "weigering"):
        note_reason(request.state, _REDENEN.get(fout.status, "verzoek"), fout.fouten)
    return as_response(fout)


def install_problem_handlers(app: FastAPI) -> None:
    """Make every error of the app a problem+json."""

    @app.exception_handler(Probleem)
    async def _probleem(request: Request, fout: Probleem) -> Response:
        return answer_problem(request, fout)

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, fout: RequestValidationError) -> Response:
        gevonden = [*(_as_fout(request, item) for item in fout.errors()), *find_unknown(request)]
        note_reason(request.state, "waarden", gevonden)
        return problem_response(400, _ONJUIST, gevonden)

    @app.exception_handler(HTTPException)
    async def _http(request: Request, fout: HTTPException) -> Response:
        antwoord = problem_response(fout.status_code, _TEKSTEN.get(fout.status_code, "Het verzoek is niet gelukt."))
        # A 405 has to name in Allow what the address does know (RFC 9110).
        antwoord.headers.update(fout.headers or {})
        if fout.status_code == 405:
            antwoord.headers["Allow"] = ", ".join(allowed(app, request.url.path))
        return antwoord


def raise_unless_found(gevonden: T | None, onbekend: str) -> T:
    """404 for what is not there, or another's."""
    if gevonden is None:
        raise Probleem(404, onbekend)
    return gevonden


def raise_unless_done(uitkomst: T | NietNu | None, onbekend: str) -> T:
    """404 for what is not there, 409 with the reason for what cannot be done now."""
    if isinstance(uitkomst, NietNu):
        raise Probleem(409, uitkomst.melding)
    return raise_unless_found(uitkomst, onbekend)


def raise_unless_known(fouten: Sequence[Invoerfout]) -> None:
    """400 that tells of everything in a request that the service does not know."""
    if fouten:
        raise Probleem(400, _ONJUIST, fouten)


def _as_fout(request: Request, item: dict[str, Any]) -> Invoerfout:
    """What pydantic found, in words; a wrong name with the nearest right one."""
    plaats = item["loc"]
    if item["type"] != "extra_forbidden":
        return Invoerfout(".".join(map(str, plaats)), "VERZOEK", _explain_value(item["type"], item.get("ctx", {})))
    naam = str(plaats[-1])
    pad = ".".join(map(str, (*plaats[:-1], tell_name(naam))))
    return Invoerfout(pad, "VERZOEK", explain_unknown(naam, names_at(request.scope["route"], plaats)))


def _explain_value(soort: str, grenzen: dict[str, Any]) -> str:
    """What to do about a value of a kind that pydantic refused. Never repeats the value: it may hold anything."""
    if grenzen.get("pattern") in _VORMEN:
        return _VORMEN[grenzen["pattern"]]
    if soort == "literal_error":
        # pydantic sums up in English: 'a', 'b' or 'c'.
        grenzen = grenzen | {"expected": " of ".join(grenzen["expected"].rsplit(" or ", 1))}
    return fill(_WAARDEN.get(soort, "Deze waarde kan hier niet. Zie /v1/openapi.json voor wat er kan."), grenzen)
