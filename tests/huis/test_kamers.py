"""Rooms of the house: none too full, none with one file, none that lean on each other, each with its sentence in the docs."""

import ast
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

WORTEL = Path(__file__).resolve().parents[2]
BOMEN = (WORTEL / "src" / "berichten", WORTEL / "api", WORTEL / "workers")
DOCS = (WORTEL / "docs" / "architectuur.md").read_text(encoding="utf-8")


def _module(pad: Path) -> str:
    begin = WORTEL / "src" if pad.is_relative_to(WORTEL / "src") else WORTEL
    return ".".join(pad.relative_to(begin).with_suffix("").parts)


FILES = {_module(pad): pad for boom in BOMEN for pad in boom.rglob("*.py") if pad.name not in ("__init__.py", "__main__.py")}
KAMERS: dict[str, list[str]] = defaultdict(list)
for _naam in FILES:
    KAMERS[_naam.rpartition(".")[0]].append(_naam)


def test_every_room_has_two_to_twelve_files() -> None:
    assert {kamer: len(wie) for kamer, wie in KAMERS.items() if not 2 <= len(wie) <= 12} == {}


@pytest.mark.parametrize("kamer", sorted(KAMERS))
def test_every_room_has_its_sentence(kamer: str) -> None:
    assert f"{kamer.rpartition('.')[2]}/" in DOCS


def _imports(naam: str) -> set[str]:
    """Rooms that a module takes something from."""
    gevonden = set()
    for knoop in ast.walk(ast.parse(FILES[naam].read_text(encoding="utf-8"))):
        if isinstance(knoop, ast.ImportFrom) and knoop.module:
            bronnen = {f"{knoop.module}.{item.name}" for item in knoop.names} | {knoop.module}
            gevonden |= {bron.rpartition(".")[0] for bron in bronnen if bron in FILES}
    return gevonden - {naam.rpartition(".")[0]}


def test_no_rooms_lean_on_each_other() -> None:
    graaf = {kamer: set().union(*(_imports(naam) for naam in wie)) for kamer, wie in KAMERS.items()}
    try:
        TopologicalSorter(graaf).prepare()
    except CycleError as kring:
        pytest.fail(f"these rooms lean on each other: {kring.args[1]}")
