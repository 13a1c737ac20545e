"""What `inzage` shows: no Bsn anywhere, pages that follow on each other, and models that are what is shown."""

import importlib
import pkgutil
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import pytest

from api.basis.afgeleid import shows
from api.basis.modellen import Model
from berichten import inzage
from berichten.inzage.basis.bladzijde import Bladzijde, cut
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take

GETOOND: list[type[Any]] = [
    deel
    for item in pkgutil.walk_packages(inzage.__path__, f"{inzage.__name__}.")
    for deel in vars(importlib.import_module(item.name)).values()
    if isinstance(deel, type) and is_dataclass(deel) and deel.__module__ == item.name and deel is not Kijker
]


def test_nothing_that_is_shown_has_a_bsn_but_what_was_asked_for_with_a_reason() -> None:
    assert len(GETOOND) > 25
    assert [soort.__name__ for soort in GETOOND if "bsn" in {veld.name for veld in fields(soort)}] == ["GetoondBsn"]


@pytest.mark.parametrize(("grootte", "regels", "volgende"), [(2, [3, 5], "5"), (3, [3, 5, 8], None), (4, [3, 5, 8], None)])
def test_a_page_tells_where_the_next_one_begins(grootte: int, regels: list[int], volgende: str | None) -> None:
    """One more row was read than fits: only then there is a next page."""
    gelezen = [3, 5, 8][: grootte + 1]
    assert cut(gelezen, grootte, lambda rij: rij) == Bladzijde(regels, volgende)


@dataclass(frozen=True, slots=True)
class Deel:
    """Part of what is shown."""

    bedrag: int


@dataclass(frozen=True, slots=True)
class Geheel:
    """What is shown, with a value that follows from it."""

    klant_naam: str | None
    delen: list[Deel]

    @property
    def aantal(self) -> int:
        return len(self.delen)


def test_a_row_without_a_field_is_no_value() -> None:
    with pytest.raises(AttributeError):
        take(Geheel, Deel(1), delen=[])


def test_a_model_is_what_is_shown() -> None:
    with pytest.raises(TypeError, match="Deel has no model"):
        shows(Geheel)(Model)

    @shows(Deel)
    class Deelmodel(Model):
        """Een deel."""

    @shows(Geheel, klant_naam="Hoe de klant heet")
    class Geheelmodel(Model):
        """Het geheel."""

    model = Geheelmodel.of(Geheel("Anna", [Deel(1), Deel(2)]))
    assert model.model_dump(by_alias=True) == {"klantNaam": "Anna", "delen": [{"bedrag": 1}, {"bedrag": 2}], "aantal": 2}
    schema = Geheelmodel.model_json_schema(mode="serialization")
    assert schema["properties"]["klantNaam"]["description"] == "Hoe de klant heet"
    assert [naam for naam, veld in schema["properties"].items() if veld.get("readOnly")] == ["aantal"]
