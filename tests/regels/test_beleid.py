"""Each rule of the gemeente's own under each consequence that a gemeente may set (DOMAIN section 5), on the cases of its file."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from berichten.regels.register import ALLE
from tests.hulp.gevallen import MAP, Geval, Uitslag, judge, read_file

EIGEN = sorted({regel.id for regel in ALLE if regel.id.startswith("DA")})
UITKOMST = {"beoordelen": "ter_beoordeling", "signaal": "toegekend", "afwijzen": "afgewezen", "uit": "toegekend"}
CODE = "0611"


def _cases() -> Iterator[tuple[Geval, str]]:
    """Of each rule the first case in which it, and it alone, is broken: under each consequence."""
    for regel_id in EIGEN:
        gevallen = read_file(MAP / f"{regel_id}.yaml")[2]
        geval = next(item for item in gevallen if set(item.verwacht) == {regel_id})
        for gevolg in UITKOMST:
            yield geval, gevolg


GEVALLEN = list(_cases())


def _judge_with(geval: Geval, *beleid: dict[str, Any]) -> Uitslag:
    feiten = geval.bekend.get("feiten", {})
    regels = {"beleid": {"regels": list(beleid)}}
    return judge(replace(geval, bekend={**geval.bekend, **regels, "feiten": {**feiten, **regels}}))


@pytest.mark.parametrize(("geval", "gevolg"), GEVALLEN, ids=[f"{geval.regel} {gevolg}" for geval, gevolg in GEVALLEN])
def test_each_consequence_of_each_rule(geval: Geval, gevolg: str) -> None:
    uitslag = _judge_with(geval, {"regel": geval.regel, "gevolg": gevolg, "retourcode": CODE if gevolg == "afwijzen" else ""})
    gevonden = [(item.regel.id, item.regel.gevolg, item.regel.retourcode) for item in uitslag.bevindingen]
    if gevolg == "uit":
        assert gevonden == []
    elif geval.soort == "JW301":
        # An allocation cannot be held: to be looked at is a signal, and to reject rejects the message (IV032).
        verwacht = {"afwijzen": ("afkeuren", CODE)}.get(gevolg, ("signaal", None))
        assert [item[1:] for item in gevonden] == [verwacht]
    else:
        assert {item[:2] for item in gevonden} == {(geval.regel, gevolg)}
        assert uitslag.uitkomsten[-1] == UITKOMST[gevolg]
        assert all((code == CODE) == (gevolg == "afwijzen") or geval.regel in ("DA02", "DA03") for _, _, code in gevonden)


def test_the_row_of_an_aanbieder_goes_before_the_row_for_all() -> None:
    geval = GEVALLEN[0][0]
    algemeen = {"regel": geval.regel, "gevolg": "afwijzen", "retourcode": CODE}
    eigen = {"regel": geval.regel, "gevolg": "signaal", "agb": "42420001"}
    for volgorde in ((algemeen, eigen), (eigen, algemeen)):
        assert [item.regel.gevolg for item in _judge_with(geval, *volgorde).bevindingen] == ["signaal"]


@pytest.mark.parametrize(("einddatum", "gevolg"), [("2026-04-01", "signaal"), ("2026-03-31", "beoordelen")])
def test_policy_holds_by_the_first_day_of_the_productperiode(einddatum: str, gevolg: str) -> None:
    geval = GEVALLEN[0][0]
    uitslag = _judge_with(geval, {"regel": geval.regel, "gevolg": "signaal", "einddatum": einddatum})
    assert [item.regel.gevolg for item in uitslag.bevindingen] == [gevolg]


def test_a_proposed_code_goes_with_the_held_line() -> None:
    geval = GEVALLEN[0][0]
    uitslag = _judge_with(geval, {"regel": geval.regel, "gevolg": "beoordelen", "retourcode": CODE})
    assert [item.regel.retourcode for item in uitslag.bevindingen] == [CODE]


def test_rules_of_the_standard_have_no_policy() -> None:
    """Also when a file of the gemeente would name one: what the standard rejects stays rejected."""
    geval = next(item for item in read_file(MAP / "TR369.yaml")[2] if item.verwacht == ["TR369"])
    uitslag = _judge_with(geval, {"regel": "TR369", "gevolg": "signaal"})
    assert uitslag.uitkomsten == ("afgewezen",)
