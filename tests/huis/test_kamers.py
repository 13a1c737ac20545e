"""Rooms of the house: none too full, none with one file, none that lean on each other, each with its sentence in the docs."""

import ast
import re
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


def read_map(tekst: str) -> dict[str, str]:
    """The sentence of each folder on the map, by its path: what is indented lies in what is above it."""
    zinnen, pad = {}, list[tuple[int, str]]()
    for inspringing, naam, zin in _OP_DE_KAART.findall(tekst.split("```")[1]):
        pad = [*(deel for deel in pad if deel[0] < len(inspringing)), (len(inspringing), naam)]
        zinnen["".join(map_ for _, map_ in pad)] = zin.strip()
    return zinnen


_OP_DE_KAART = re.compile(r"^( *)([a-z][a-z0-9/]*/) *(.*)$", re.MULTILINE)
KAART = read_map(DOCS)
PAKKETTEN = sorted(str(pad.parent.relative_to(WORTEL)) + "/" for boom in BOMEN for pad in boom.rglob("__init__.py"))


@pytest.mark.parametrize("pakket", [pakket for pakket in PAKKETTEN if pakket != "src/berichten/"])
def test_every_room_says_in_its_docstring_what_the_map_says(pakket: str) -> None:
    assert KAART.get(pakket), f"{pakket} heeft in docs/architectuur.md geen zin"
    uitleg = ast.get_docstring(ast.parse((WORTEL / pakket / "__init__.py").read_text(encoding="utf-8"))) or ""
    zin = KAART[pakket]
    assert uitleg.partition("\n")[0] == f"{zin[0].upper()}{zin[1:]}.", "zet de zin van de kaart in __init__.py"


def test_every_room_of_the_map_is_there() -> None:
    assert [pad for pad in KAART if not (WORTEL / pad).is_dir()] == []


_ZONDER_SQL = ("berichten.processen.", "berichten.inzage.", "berichten.cli.", "api.", "workers.")
_SQL = {"Vraag", "Opdracht", "text"}


def test_no_sql_above_the_storage() -> None:
    """A statement is made where tables are known; what the portal calls `text` of a page is none of it."""
    gevonden = [
        naam
        for naam, pad in FILES.items()
        if naam.startswith(_ZONDER_SQL)
        for knoop in ast.walk(ast.parse(pad.read_text(encoding="utf-8")))
        if isinstance(knoop, ast.ImportFrom) and knoop.module in ("sqlalchemy", "berichten.opslag.basis.vraag")
        if _SQL & {item.name for item in knoop.names}
    ]
    assert gevonden == []


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
