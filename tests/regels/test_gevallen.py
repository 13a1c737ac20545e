"""Every rule of the register against its case file, in this folder, under its id: `TR307.yaml`, or `303/TR307.yaml` for a JW303."""

import re
from functools import cache
from pathlib import Path

import pytest

from berichten.kern.regel import Bevinding
from berichten.regels.register import ALLE
from tests.hulp.bouw import bouw
from tests.hulp.gevallen import MAP, Geval, Uitslag, check_geval, find_file, judge, list_files, list_gevallen, read_file


def _name(pad: Path) -> str:
    return str(pad.relative_to(MAP).with_suffix(""))


GEVALLEN = list(list_gevallen())
BESTANDEN = {_name(pad): read_file(pad) for pad in list_files()}
REGELS = sorted({_name(find_file(regel)) for regel in ALLE})
_KALE_CODE = re.compile(r"\b(TR|CD|CS|OP|IV|RS)[0-9]{2,3}\b")
_BSN = re.compile(r"(?<![0-9])[0-9]{9}(?![0-9])")


@cache
def _outcome(nummer: int) -> Uitslag:
    return judge(GEVALLEN[nummer])


def _told(geval: Geval) -> str:
    return f"{geval.regel} {geval.soort}: {geval.naam}"


@pytest.mark.parametrize("nummer", range(len(GEVALLEN)), ids=map(_told, GEVALLEN))
def test_case(nummer: int) -> None:
    geval, uitslag = GEVALLEN[nummer], _outcome(nummer)
    check_geval(geval, uitslag)
    for bevinding in uitslag.bevindingen:
        _check_sentence(bevinding)


def _check_sentence(bevinding: Bevinding) -> None:
    """Plain Dutch: a whole sentence that tells what is wrong and what to do, without holes, bare codes or a BSN."""
    melding = bevinding.melding
    assert melding[0].isupper() or melding[0].isdigit()
    assert melding.endswith(".")
    assert len(melding) >= 40
    assert not re.search(r"[{}]|\bNone\b|  ", melding), melding
    assert not _KALE_CODE.search(melding), melding
    assert not _BSN.search(f"{melding} {dict(bevinding.gegevens)} {bevinding.pad}"), bevinding.regel.id


@pytest.mark.parametrize("naam", REGELS)
def test_every_rule_has_cases_that_break_it_and_cases_that_do_not(naam: str) -> None:
    assert naam in BESTANDEN, f"tests/regels/{naam}.yaml ontbreekt"
    regel_id, _, gevallen = BESTANDEN[naam]
    assert regel_id == Path(naam).name
    assert any(regel_id in geval.verwacht for geval in gevallen)
    assert any(regel_id not in geval.verwacht and geval.geweigerd != "ja" for geval in gevallen)


@pytest.mark.parametrize("naam", sorted(BESTANDEN))
def test_every_case_file_is_about_a_rule_of_the_register(naam: str) -> None:
    regel_id, retourcode, _ = BESTANDEN[naam]
    assert Path(naam).name == regel_id
    codes = {regel.retourcode for regel in ALLE if _name(find_file(regel)) == naam}
    assert codes, f"{naam} staat niet in het register"
    assert {retourcode} == codes


def test_every_entry_of_the_register_is_broken_by_some_case() -> None:
    """A rule that is judged at several classes has an entry for each."""
    gebroken = {item.regel for nummer in range(len(GEVALLEN)) for item in _outcome(nummer).bevindingen}
    assert [(regel.id, regel.klasse, regel.element) for regel in ALLE if regel not in gebroken] == []


def test_no_two_cases_of_a_rule_have_the_same_name() -> None:
    namen = [_told(geval) for geval in GEVALLEN]
    assert sorted(set(namen)) == sorted(namen)


@pytest.mark.parametrize("soort", ["JW301", "JW303", "JW305", "JW307", "JW315", "JW317", "JW319", "JW323"])
def test_a_message_without_deviations_is_sound(soort: str) -> None:
    uitslag = judge(Geval("", "", [], soort))
    assert (uitslag.bevindingen, uitslag.geweigerd) == ([], ())


def test_a_name_that_the_schema_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="Prestatie heeft volgens het schema geen Volume"):
        bouw("JW323", {"Prestatie": {"Volume": "3"}})
