"""The published description: complete, in the form that the NL API Design Rules ask, and true."""

import asyncio
import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute

import api
from api.app import create_app
from berichten.instellingen import Instellingen
from tests.api.berichten.test_berichten import BEDRAGEN, BEVINDING_VELDEN, VELDEN
from tests.conftest import Vertel

APP = create_app(Instellingen())
BESCHRIJVING: dict[str, Any] = json.loads(json.dumps(APP.openapi()))
SCHEMAS: dict[str, Any] = BESCHRIJVING["components"]["schemas"]
CAMEL = re.compile(r"[a-z][a-z0-9]*([A-Z][a-z0-9]*)*")


def list_operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [(pad, methode, actie) for pad, acties in BESCHRIJVING["paths"].items() for methode, actie in acties.items()]


def list_routes() -> list[APIRoute]:
    """Those of every router in `api`, so that one that was not hung in the app is missed here."""
    modules = (importlib.import_module(item.name) for item in pkgutil.walk_packages(api.__path__, "api."))
    routers = (module.router for module in modules if hasattr(module, "router"))
    return [route for router in routers for route in router.routes if isinstance(route, APIRoute) and route.include_in_schema]


each_operation = pytest.mark.parametrize(
    ("pad", "methode", "actie"), list_operations(), ids=[f"{methode} {pad}" for pad, methode, _ in list_operations()]
)


def test_it_is_served_without_a_key_and_with_a_version() -> None:
    antwoord = asyncio.run(get("/v1/openapi.json"))
    assert antwoord.status_code == 200
    assert antwoord.json() == BESCHRIJVING
    assert antwoord.headers["API-Version"] == BESCHRIJVING["info"]["version"]


def test_it_says_which_version_it_is_and_whom_to_ask() -> None:
    assert BESCHRIJVING["openapi"].startswith("3.")
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", BESCHRIJVING["info"]["version"])
    assert BESCHRIJVING["info"]["contact"].keys() >= {"name", "url", "email"}
    assert BESCHRIJVING["servers"] == [{"url": "/v1"}]


def test_every_route_is_in_it_and_nothing_else() -> None:
    echt = {(route.path_format, methode.lower()) for route in list_routes() for methode in route.methods}
    assert {(pad, methode) for pad, methode, _ in list_operations()} == echt
    assert len(echt) > 5


@each_operation
def test_every_problem_that_can_come_is_documented(pad: str, methode: str, actie: dict[str, Any]) -> None:
    statussen = set(actie["responses"])
    assert statussen >= {"500", "503"}
    assert "422" not in statussen
    if actie.get("security"):
        assert statussen >= {"401", "403"}
    if actie.get("parameters"):
        assert "400" in statussen
    if "{" in pad:
        assert "404" in statussen
    if methode == "post":
        assert statussen >= {"400", "413", "415"}


@each_operation
def test_errors_are_problems_and_every_response_has_a_version(pad: str, methode: str, actie: dict[str, Any]) -> None:
    for status, antwoord in actie["responses"].items():
        assert antwoord["description"], status
        assert antwoord["headers"]["API-Version"]["schema"] == {"type": "string"}
        if status >= "400":
            assert list(antwoord["content"]) == ["application/problem+json"]
            probleem = resolve(antwoord["content"]["application/problem+json"]["schema"])
            assert set(probleem["required"]) >= {"type", "title", "status", "detail", "fouten"}


@each_operation
def test_names_are_camel_case_and_texts_are_dutch(pad: str, methode: str, actie: dict[str, Any]) -> None:
    assert CAMEL.fullmatch(actie["operationId"])
    assert all(CAMEL.fullmatch(item["name"]) for item in actie.get("parameters", []) if item["in"] != "header")
    assert re.fullmatch(r"(/([a-z0-9.-]+|\{[a-z]+([A-Z][a-z]+)*\}))+", pad)
    # The docstring is ours and English; what is published is written for those who call.
    eigen = {inspect.cleandoc(route.endpoint.__doc__ or "") for route in list_routes()}
    assert actie["summary"]
    assert actie["description"]
    assert actie["description"] not in eigen


def test_everything_has_a_meaning_and_an_example(vertel: Vertel) -> None:
    """Every operation, every parameter and every field."""
    zonder, aantal = [], 0
    for naam, schema in SCHEMAS.items():
        for veld, eigen in schema.get("properties", {}).items():
            aantal += 1
            if not eigen.get("description") or not ("$ref" in eigen or {"example", "examples"} & set(eigen)):
                zonder.append(f"{naam}.{veld}")
    for pad, methode, actie in list_operations():
        aantal += 1
        if not (actie.get("summary") and actie.get("description") and actie.get("tags")):
            zonder.append(f"{methode} {pad}")
        for parameter in actie.get("parameters", []):
            aantal += 1
            if not parameter.get("description") or not {"example", "examples"} & {*parameter, *parameter["schema"]}:
                zonder.append(f"{methode} {pad} {parameter['name']}")
    vertel(f"API: {aantal} operations, parameters and fields with a meaning and an example")
    assert zonder == []
    assert aantal > 600


def test_every_tag_is_explained() -> None:
    assert {tag for _, _, actie in list_operations() for tag in actie["tags"]} == {tag["name"] for tag in BESCHRIJVING["tags"]}


def test_operation_ids_are_unique() -> None:
    namen = [actie["operationId"] for _, _, actie in list_operations()]
    assert sorted(set(namen)) == sorted(namen)


def test_every_reference_leads_somewhere() -> None:
    verwijzingen = list(find_references(BESCHRIJVING))
    assert verwijzingen
    assert {item for item in verwijzingen if item.removeprefix("#/components/schemas/") not in SCHEMAS} == set()
    assert "HTTPValidationError" not in SCHEMAS


@pytest.mark.parametrize("naam", sorted(SCHEMAS))
def test_fields_are_camel_case(naam: str) -> None:
    assert re.fullmatch(r"[A-Z][A-Za-z]+", naam)
    assert all(CAMEL.fullmatch(veld) for veld in SCHEMAS[naam].get("properties", {}))


def test_the_fields_of_the_contract_are_there() -> None:
    assert SCHEMAS["Bericht"]["properties"].keys() >= VELDEN
    assert SCHEMAS["Bevinding"]["properties"].keys() >= BEVINDING_VELDEN
    assert SCHEMAS["Fout"]["properties"].keys() == {"pad", "regel", "melding", "regelnummer"}
    for bedrag in BEDRAGEN:
        assert {"type": "integer"} in SCHEMAS["Bericht"]["properties"][bedrag]["anyOf"]


def test_posting_tells_where_the_message_went() -> None:
    antwoorden = BESCHRIJVING["paths"]["/berichten"]["post"]["responses"]
    assert all("Location" in antwoorden[status]["headers"] for status in ("200", "202"))


async def get(pad: str) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(APP), base_url="http://dienst") as client:
        return await client.get(pad)


def resolve(schema: dict[str, Any]) -> dict[str, Any]:
    return SCHEMAS[schema["$ref"].rpartition("/")[2]]


def find_references(deel: Any) -> Iterator[str]:
    if isinstance(deel, dict):
        if "$ref" in deel:
            yield deel["$ref"]
        for waarde in deel.values():
            yield from find_references(waarde)
    elif isinstance(deel, list):
        for waarde in deel:
            yield from find_references(waarde)
