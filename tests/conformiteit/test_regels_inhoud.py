"""The rules of level 2 against the standard's own lists: none missing, each at the element that carries it."""

import csv
from pathlib import Path

import pytest

from berichten.beoordeling.pijplijn import check_inhoud
from berichten.regels.register import ALLE
from berichten.standaard.deur.toelating import Weigering, admit
from berichten.standaard.lezen.retour import Retourbericht
from berichten.standaard.schema.schema import Schemas, own_schemas_dir

NASLAG = Path(__file__).parents[3] / "shared" / "ijw-3.2"
SOORTEN = {"JW301", "JW305", "JW307", "JW315", "JW317", "JW319", "JW323"}
RETOURCODE = "0001"


def _rows(pad: str) -> list[dict[str, str]]:
    with (NASLAG / pad).open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand, delimiter=";"))


def _op_inhoud() -> dict[str, set[str]]:
    """Rules on the content of a message, with those of our kinds that they are for."""
    rijen = [rij for rij in _rows("regels/regels.csv") if rij["controleniveau"] == "xslt bericht"]
    return {rij["code"]: soorten for rij in rijen if (soorten := SOORTEN & set(rij["berichten"].split(",")))}


ALLEEN_TOEN = ("CS104", "CS330")
"""Rules of 3.0 alone."""


def test_every_rule_on_content_is_in_the_register_for_the_same_messages() -> None:
    eigen: dict[str, set[str]] = {}
    for regel in ALLE:
        if regel.niveau == 2 and SOORTEN & set(regel.berichten) and regel.id not in ALLEEN_TOEN:
            eigen.setdefault(regel.id, set()).update(regel.berichten)
    assert eigen == _op_inhoud()


def test_every_rule_on_content_rejects_the_message_with_the_one_code() -> None:
    assert {(regel.retourcode, regel.gevolg) for regel in ALLE if regel.niveau == 2} == {(RETOURCODE, "afkeuren")}


def test_every_condition_and_constraint_is_judged_at_the_element_that_carries_it() -> None:
    op_inhoud = _op_inhoud()
    eigen = {
        (bericht, klasse, regel.id, regel.element)
        for regel in ALLE
        for bericht in regel.berichten
        for klasse in regel.klasse.split(" of ")
    }
    ontbreekt = []
    for rij in _rows("regels/condities_constraints_per_element.csv"):
        for code in f"{rij['CD']},{rij['CS']}".split(","):
            soort, klasse, element = rij["bericht"], rij["klasse"], rij["element"]
            if code in op_inhoud and soort in SOORTEN and not _is_judged(eigen, soort, klasse, code, element):
                ontbreekt.append((soort, klasse, element, code))
    assert ontbreekt == []


def _is_judged(eigen: set[tuple[str, str, str, str]], soort: str, klasse: str, code: str, element: str) -> bool:
    """At the element itself or a part of it (CS100), or at one beside it for a constraint on several of a group (CS338)."""
    groep = element.rpartition("/")[0]
    return any(
        item[:3] == (soort, klasse, code)
        and (f"{item[3]}/".startswith(f"{element}/") or (groep and item[3].rpartition("/")[0] == groep))
        for item in eigen
    )


@pytest.mark.parametrize(
    ("bestand", "verwacht"),
    [
        ("jw301.xml", []),
        ("jw305.xml", []),
        ("jw307.xml", []),
        ("jw317.xml", ["CS003"]),
        ("jw319.xml", []),
        ("jw323.xml", ["TR101"]),
    ],
)
def test_the_examples_of_the_standard_break_only_what_they_are_known_to_break(bestand: str, verwacht: list[str]) -> None:
    bericht = admit((NASLAG / "voorbeelden" / bestand).read_bytes(), Schemas(own_schemas_dir()))
    assert not isinstance(bericht, (Weigering, Retourbericht))
    assert [item.regel.id for item in check_inhoud(bericht)] == verwacht
