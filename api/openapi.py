"""The published description of the API: what the routes say of themselves, with what holds for all of them added.

NL API Design Rules 2.2: problem+json for every error, 400 and never 422, API-Version on every response, the version in the server's
address. Done here in one place, so that a new route is documented right without a thought.
"""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic.alias_generators import to_camel

from api.modellen import Probleemmodel

BASIS = "/v1"
"""Path under which the API lives; major version of the API."""

_REF = "#/components/schemas/{model}"
_VERSIE_HEADER = {"description": "Volledig versienummer van de API", "schema": {"type": "string"}}
_LOCATION_HEADER = {"description": "Adres van het bericht", "schema": {"type": "string", "format": "uri-reference"}}
_OMSCHRIJVINGEN = {
    "400": "Het verzoek of het bericht klopt niet; elke fout staat in 'fouten'",
    "401": "Geen sleutel, of een sleutel die niet (meer) werkt",
    "403": "Met deze sleutel mag dit niet",
    "404": "Niet gevonden, of niet van u",
    "409": "Zoals het er nu voorstaat kan dit niet",
    "413": "Het bericht is te groot",
    "415": "Dit soort bestand kan niet",
    "500": "Er ging bij de dienst iets mis",
    "503": "De dienst is even niet bereikbaar",
}


class BeschrevenApp(FastAPI):
    """A FastAPI that publishes the description made here."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI description, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = _describe(self)
        return self.openapi_schema


def operation_id(route: APIRoute) -> str:
    """`postBericht` for the function `post_bericht`: names that client generators can use."""
    return to_camel(route.name)


def _describe(app: FastAPI) -> dict[str, Any]:
    beschrijving = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        servers=app.servers,
        contact=app.contact,
    )
    # The server's address already ends in the version.
    beschrijving["paths"] = {pad.removeprefix(BASIS): acties for pad, acties in beschrijving["paths"].items()}
    for pad, acties in beschrijving["paths"].items():
        for actie in acties.values():
            _complete(pad, actie)
    _replace_schemas(beschrijving.setdefault("components", {}).setdefault("schemas", {}))
    return beschrijving


def _complete(pad: str, actie: dict[str, Any]) -> None:
    """Add to one operation the problems that it can answer and the headers of its responses."""
    responses = actie["responses"]
    responses.pop("422", None)
    for status in _problem_statuses(pad, actie):
        responses.setdefault(status, {})
    for status, response in responses.items():
        headers = response.setdefault("headers", {})
        headers["API-Version"] = _VERSIE_HEADER
        if "202" in responses and status in ("200", "202"):
            headers["Location"] = _LOCATION_HEADER
        if status >= "400":
            response["description"] = _OMSCHRIJVINGEN.get(status, "Het verzoek is niet gelukt")
            response["content"] = {"application/problem+json": {"schema": {"$ref": _REF.format(model=Probleemmodel.__name__)}}}
    actie["responses"] = dict(sorted(responses.items()))


def _problem_statuses(pad: str, actie: dict[str, Any]) -> set[str]:
    """What can go wrong follows from what an operation takes: a key, values, a body."""
    statussen = {"500", "503"}
    if actie.get("security"):
        statussen |= {"401", "403"}
    if actie.get("parameters") or actie.get("requestBody"):
        statussen.add("400")
    if "{" in pad:
        statussen.add("404")
    if actie.get("requestBody"):
        statussen |= {"413", "415"}
    return statussen


def _replace_schemas(schemas: dict[str, Any]) -> None:
    """Our problem in place of FastAPI's own schemas for a 422 that never comes."""
    for naam in ("HTTPValidationError", "ValidationError"):
        schemas.pop(naam, None)
    probleem = Probleemmodel.model_json_schema(ref_template=_REF)
    schemas.update(probleem.pop("$defs", {}))
    schemas[Probleemmodel.__name__] = probleem
