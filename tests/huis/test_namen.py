"""One class name, one class: who reads a name need not look up which of two it is."""

import ast
import importlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from tests.huis.test_kamers import FILES

# What people see of a thing bears the name of that thing: once in `inzage`, and once among the models of the API, whose names are
# those of the public description.
NAAMRUIMTES = {"huis": ("berichten", "workers"), "inzage": ("berichten.inzage",), "api": ("api",)}


def _space_of(module: str) -> str:
    """The last space that fits, so that `inzage` goes before the house it stands in."""
    return [naam for naam, begin in NAAMRUIMTES.items() if f"{module}.".startswith(tuple(f"{deel}." for deel in begin))][-1]


def classes_of(module: str, pad: Path) -> list[tuple[str, str]]:
    """Public classes of a file, each with its module; a private one is its file's own affair."""
    boom = ast.parse(pad.read_text(encoding="utf-8"))
    return [(knoop.name, module) for knoop in ast.walk(boom) if isinstance(knoop, ast.ClassDef) and knoop.name[0] != "_"]


KLASSEN: dict[str, dict[str, list[str]]] = {ruimte: defaultdict(list) for ruimte in NAAMRUIMTES}
for _module, _pad in FILES.items():
    for _naam, _waar in classes_of(_module, _pad):
        KLASSEN[_space_of(_module)][_naam].append(_waar)


@pytest.mark.parametrize("ruimte", NAAMRUIMTES)
def test_a_class_name_is_one_class(ruimte: str) -> None:
    assert {naam: waar for naam, waar in KLASSEN[ruimte].items() if len(waar) > 1} == {}


def test_only_models_of_the_api_bear_names_of_others() -> None:
    for module in FILES:
        if _space_of(module) == "api":
            importlib.import_module(module)
    modellen = {klasse.__name__ for klasse in _subclasses(BaseModel) if klasse.__module__.startswith("api.")}
    anderen = KLASSEN["huis"].keys() | KLASSEN["inzage"].keys()
    assert KLASSEN["api"].keys() & anderen - modellen == set()


def _subclasses(klasse: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for directe in klasse.__subclasses__():
        yield directe
        yield from _subclasses(directe)
