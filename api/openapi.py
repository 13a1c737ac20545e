"""The published description of the API: what the routes say of themselves, with what holds for all of them added.

NL API Design Rules 2.2: problem+json for every error, 400 and never 422, API-Version on every response, the version in the server's
address. Done here in one place, so that a new route is documented right without a thought.
"""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic.alias_generators import to_camel

from api.basis.modellen import Probleemmodel
from api.woordenboek import describe

BASIS = "/v1"
"""Path under which the API lives; major version of the API."""

_REF = "#/components/schemas/{model}"
_VERSIE_HEADER = {"description": "Volledig versienummer van de API", "schema": {"type": "string"}}
_LOCATION_HEADER = {"description": "Adres van het bericht", "schema": {"type": "string", "format": "uri-reference"}}
_TAGS = {
    "berichten": "Berichten insturen, uitproberen, volgen en terugvinden",
    "declaraties": "De gedeclareerde regels van een declaratie, met uitkomst en uitleg",
    "prestaties": "Eén gedeclareerde regel: besluiten, vragen en antwoorden",
    "beoordelingen": "De werkvoorraad van contractbeheer: regels die op een besluit wachten",
    "toewijzingen": "Toewijzingen met hun geschiedenis, levering en gebruik",
    "verzoeken": "Verzoeken van aanbieders om een toewijzing of een wijziging, met termijn, besluiten en antwoorden",
    "aanbieders": "De aanbieders, en wat er van hun declaraties werd",
    "signalen": "Wat over aanbieders opvalt, wat ermee is gedaan, en maatregelen",
    "verantwoordingen": "Verantwoorde minuten van aanbieders",
    "referentie": "Referentiegegevens: producten, contracten, tarieven, afspraken en beleid",
    "regels": "De regels en codelijsten waar de dienst op draait",
    "financien": "Totalen, journaal en de aansluiting van de boeken",
    "betalingen": "Betaalruns, rekeningen en blokkades",
    "accountant": "Wat er van elke toegekende regel is aan te tonen, en steekproeven",
    "monitor": "Tabellen en indicatoren waarin geen cliënt is te herkennen",
    "kwartaalrapporten": "Kwartaalrapporten, met begroting, uitleg en acties",
    "regio": "De regio: kosten en verplichtingen per gemeente",
    "instellingen": "Grenzen, drempels en keuzen van de gemeente, elk vanaf een dag",
    "inzagelog": "Wie wat heeft gezien",
    "dienst": "Draait de dienst?",
}
_VORMEN = {"application/json", "application/xml"}
"""Forms of an answer that have an ETag (`voorwaarden`)."""
_ETAG_HEADER = {"description": "Kenmerk van precies dit antwoord, voor If-None-Match", "schema": {"type": "string"}}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "De ETag van het antwoord dat u al hebt: is er niets veranderd, dan krijgt u 304 zonder inhoud",
    "schema": {"type": "string"},
    "example": '"5d41402abc4b2a76b9719d911017c592"',
}
_WACHTEN_HEADER = {"description": "Seconden tot het opnieuw kan", "schema": {"type": "integer"}}
_OMSCHRIJVINGEN = {
    "400": "Het verzoek of het bericht klopt niet; elke fout staat in 'fouten'",
    "401": "Geen sleutel, of een sleutel die niet (meer) werkt",
    "403": "Met deze sleutel mag dit niet",
    "404": "Niet gevonden, of niet van u",
    "406": "In de vorm die de header Accept vraagt, kan de dienst niet antwoorden",
    "408": "Het verzoek kwam te langzaam binnen: de headers binnen 10 seconden, de inhoud binnen 150 en zonder stiltes van 15",
    "409": "Zoals het er nu voorstaat kan dit niet",
    "411": "De omvang van het verzoek ontbreekt",
    "413": "Het verzoek is te groot",
    "415": "Dit soort bestand kan niet",
    "429": "Te veel verzoeken in een minuut, of te veel sleutels die niet werken; wacht zo lang als 'Retry-After' zegt",
    "431": "De headers zijn samen groter dan 32 kB, of het zijn er meer dan 100",
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
        for methode, actie in acties.items():
            _complete(pad, methode, actie)
    schemas = beschrijving.setdefault("components", {}).setdefault("schemas", {})
    _replace_schemas(schemas)
    for schema in schemas.values():
        for naam, veld in schema.get("properties", {}).items():
            describe(naam, veld)
    beschrijving["tags"] = [{"name": naam, "description": tekst} for naam, tekst in _TAGS.items()]
    return beschrijving


def _complete(pad: str, methode: str, actie: dict[str, Any]) -> None:
    """Add to one operation the problems that it can answer, the headers of its responses and what its parameters mean."""
    responses = actie["responses"]
    responses.pop("422", None)
    if methode == "get" and _VORMEN & set(responses["200"].get("content", {})):
        responses["304"] = {"description": "Wat u al had, is er nog net zo"}
        actie.setdefault("parameters", []).append(_IF_NONE_MATCH)
    for status in _problem_statuses(pad, actie):
        responses.setdefault(status, {})
    for status, response in responses.items():
        headers = response.setdefault("headers", {})
        headers["API-Version"] = _VERSIE_HEADER
        if "202" in responses and status in ("200", "202"):
            headers["Location"] = _LOCATION_HEADER
        if "304" in responses and status in ("200", "304"):
            headers["ETag"] = _ETAG_HEADER
        if status in ("429", "503"):
            headers["Retry-After"] = _WACHTEN_HEADER
        if status >= "400":
            response["description"] = _OMSCHRIJVINGEN.get(status, "Het verzoek is niet gelukt")
            response["content"] = {"application/problem+json": {"schema": {"$ref": _REF.format(model=Probleemmodel.__name__)}}}
    actie["responses"] = dict(sorted(responses.items()))
    for parameter in actie.get("parameters", []):
        describe(parameter["name"], parameter["schema"], parameter)


def _problem_statuses(pad: str, actie: dict[str, Any]) -> set[str]:
    """What can go wrong follows from what an operation takes: a key, values, a body."""
    statussen = {"400", "406", "408", "431", "500", "503"}
    if actie.get("security"):
        statussen |= {"401", "403", "429"}
    if "{" in pad:
        statussen.add("404")
    if actie.get("requestBody"):
        statussen |= {"411", "413", "415"}
    return statussen


def _replace_schemas(schemas: dict[str, Any]) -> None:
    """Our problem in place of FastAPI's own schemas for a 422 that never comes."""
    for naam in ("HTTPValidationError", "ValidationError"):
        schemas.pop(naam, None)
    probleem = Probleemmodel.model_json_schema(ref_template=_REF)
    schemas.update(probleem.pop("$defs", {}))
    schemas[Probleemmodel.__name__] = probleem
