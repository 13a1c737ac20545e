"""The rules of level 2 on a JW303 against the model of iJw 3.0: none missing, each at the element that carries it."""

import csv
from pathlib import Path

from berichten.beoordeling.pijplijn import check_inhoud
from berichten.regels.register import ALLE
from berichten.standaard.deur.toelating import Weigering, admit
from berichten.standaard.lezen.retour import Retourbericht
from tests.hulp.bouw import schemas

JW303, TECHNISCH = "JW303", "0001"


def _rows(gedeeld: Path, naam: str) -> list[dict[str, str]]:
    with (gedeeld / "ijw-303" / naam).open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand, delimiter=";"))


def _on_content(gedeeld: Path) -> set[str]:
    """Rules that a JW303 shows by itself, and that no schema judges; those with a retourcode of their own are of level 3."""
    return {
        rij["code"]
        for rij in _rows(gedeeld, "regels.csv")
        if rij["controleniveau"].startswith("binnen bericht")
        and rij["retourcode"] == TECHNISCH
        and JW303 in rij["berichten"].split(",")
    }


def test_every_rule_on_content_is_in_the_register(gedeeld: Path) -> None:
    assert {item.id for item in ALLE if item.niveau == 2 and JW303 in item.berichten} == _on_content(gedeeld)


def test_every_condition_and_constraint_is_judged_at_the_element_that_carries_it(gedeeld: Path) -> None:
    op_inhoud = _on_content(gedeeld)
    eigen = [item for item in ALLE if item.niveau == 2 and JW303 in item.berichten]
    ontbreekt = []
    for rij in _rows(gedeeld, "elementen.csv"):
        if rij["bericht"] != JW303:
            continue
        element = rij["pad"].rpartition(f"/{rij['klasse']}/")[2]
        for code in f"{rij['condities']},{rij['constraints']}".split(","):
            passend = [item for item in eigen if item.id == code and item.klasse == rij["klasse"]]
            if code in op_inhoud and not any(_is_at(item.element, element) for item in passend):
                ontbreekt.append((rij["klasse"], element, code))
    assert ontbreekt == []


def _is_at(eigen: str, element: str) -> bool:
    """At the element itself, above it, below it, or beside it in a group that is judged together."""
    groep = element.rpartition("/")[0]
    return element.startswith(eigen) or eigen.startswith(element) or bool(groep and eigen.startswith(groep))


def test_the_example_of_the_standard_is_sound(gedeeld: Path) -> None:
    bericht = admit((gedeeld / "ijw-303" / "voorbeelden-2.3" / "jw303.xml").read_bytes(), schemas())
    assert not isinstance(bericht, (Weigering, Retourbericht))
    assert check_inhoud(bericht) == []
