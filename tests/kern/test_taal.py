"""Numbers and their nouns go together, in every text that the service can say."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from berichten.kern.taal import foutental, herstel, limit, meervoud, telling
from berichten.kern.tekst import fill

WORTEL = Path(__file__).parents[2]
HAAKJES = re.compile(r"[a-zë]{2}(?<!\bstr)(?<!\blen)\((?:s|n|en|'s|es|len|ken|ten|ren|nen|gen)\)(?! ?->)")
"""`regel(s)`, `fout(en)`: a noun that leaves it to the reader."""


def texts() -> Iterator[tuple[str, int, str]]:
    bestanden = [pad for map_ in ("src", "api", "workers") for pad in (WORTEL / map_).rglob("*.py")]
    bestanden += [*WORTEL.joinpath("docs").rglob("*.md"), *WORTEL.joinpath("xsd").rglob("*.xsd")]
    for pad in bestanden:
        for nummer, regel in enumerate(pad.read_text(encoding="utf-8").splitlines(), 1):
            yield str(pad.relative_to(WORTEL)), nummer, regel


def test_no_text_leaves_singular_or_plural_to_the_reader() -> None:
    # What is inside quotes is text; a call like `len(en)` outside them is not.
    gevonden = [
        (pad, nummer, regel.strip())
        for pad, nummer, regel in texts()
        if HAAKJES.search(regel)
        and (not pad.endswith(".py") or re.search(r"""["'].*""" + HAAKJES.pattern, regel))
        and "%(" not in regel
    ]
    assert gevonden == []


def test_that_look_finds_what_it_looks_for() -> None:
    assert HAAKJES.search('"er zijn 2 fout(en)"')
    assert HAAKJES.search("1 regel(s) geladen")
    assert HAAKJES.search("3 verschil(len)")


@pytest.mark.parametrize(
    ("aantal", "tekst"), [(0, "0 fouten"), (1, "1 fout"), (2, "2 fouten"), (1000, "1.000 fouten"), (1_234_567, "1.234.567 fouten")]
)
def test_a_number_and_its_noun(aantal: int, tekst: str) -> None:
    assert telling(aantal, "fout", "fouten") == foutental(aantal) == tekst


def test_words_that_follow_the_number() -> None:
    assert [meervoud(aantal, "is", "zijn") for aantal in (0, 1, 2)] == ["zijn", "is", "zijn"]
    assert [herstel(aantal) for aantal in (1, 2)] == ["Herstel die", "Herstel ze"]
    sjabloon = "{aantal:getal} {aantal:regel|regels} {aantal:is|zijn} niet beoordeeld"
    assert fill(sjabloon, {"aantal": 1}) == "1 regel is niet beoordeeld"
    assert fill(sjabloon, {"aantal": 2000}) == "2.000 regels zijn niet beoordeeld"


def test_of_many_names_the_first_are_told_and_how_many_more_there_are() -> None:
    assert limit([1, 2, 3], 3) == ["1", "2", "3"]
    assert limit([1, 2, 3, 4], 3) == ["1", "2", "3", "en nog 1"]
    assert limit(range(12))[9:] == ["9", "en nog 2"]
    assert limit([]) == []
