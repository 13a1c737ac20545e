"""The rule book knows its edition, and its rules say from when they held and of which text they are."""

from dataclasses import replace
from datetime import date

from berichten.beoordeling.release import holds
from berichten.regels.regelboek import REGELBOEK, edition_of
from berichten.regels.register import ALLE

OP_ID = {item.id: item for item in reversed(ALLE) if "JW303" not in item.berichten}


def test_an_edition_changes_with_what_its_rules_say() -> None:
    assert edition_of(ALLE) == REGELBOEK
    assert edition_of((replace(ALLE[0], titel="Iets anders."), *ALLE[1:])) != REGELBOEK
    assert edition_of((replace(ALLE[0], vanaf=date(2030, 1, 1)), *ALLE[1:])) != REGELBOEK
    assert edition_of(ALLE[1:]) != REGELBOEK


def test_a_rule_holds_from_its_first_to_its_last_day() -> None:
    regel = replace(OP_ID["TR384"], vanaf=date(2022, 4, 4), tot=date(2023, 4, 3))
    dagen = (date(2022, 4, 3), date(2022, 4, 4), date(2023, 4, 3), date(2023, 4, 4))
    assert [regel.held_on(dag) for dag in dagen] == [False, True, True, False]


def test_a_release_knows_the_rules_that_came_before_it() -> None:
    assert [holds(OP_ID["TR384"], release) for release in ("3.0", "3.1", "3.2")] == [False, True, True]
    assert [holds(OP_ID["TR416"], release) for release in ("3.0", "3.1", "3.2")] == [False, False, True]


def test_every_rule_of_the_standard_names_the_release_of_its_text() -> None:
    van_ijw = {item.versie for item in ALLE if item.bron.startswith("iJw")}
    assert van_ijw == {"3.0", "3.2"}
    assert all(item.versie for item in ALLE if "20" in item.bron)


def test_every_rule_on_a_jw303_holds_in_its_release() -> None:
    assert [item.id for item in ALLE if "JW303" in item.berichten and not holds(item, "3.0")] == []
    assert [item.id for item in ALLE if "JW303" in item.berichten and not holds(item, "2.3")] == []
