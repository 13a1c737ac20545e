"""Why a line waits in a few words: every rule of the gemeente's own has them for each line, short enough for a row."""

import json

import pytest

from berichten.regels.kort import tell_short, title_of
from berichten.regels.register import PRESTATIE_EIGEN, WENS_AANGEVRAAGD, WENS_NIEUW, WENS_TE_WIJZIGEN, WENS_VERZOEK
from tests.hulp.gevallen import find_file, judge, read_file

WENS = (*WENS_AANGEVRAAGD, *WENS_VERZOEK, *WENS_TE_WIJZIGEN, *WENS_NIEUW)
EIGEN = sorted({regel.id: regel for regel in (*PRESTATIE_EIGEN, *WENS)}.items())


@pytest.mark.parametrize(("naam", "regel"), EIGEN, ids=[naam for naam, _ in EIGEN])
def test_a_rule_of_its_own_is_told_in_a_few_words(naam: str, regel: object) -> None:
    """From its numbers as the database gives them back."""
    gevallen = [geval for geval in read_file(find_file(regel))[2] if naam in geval.verwacht]  # type: ignore[arg-type]
    for geval in gevallen:
        for bevinding in judge(geval).bevindingen:
            if bevinding.regel.id == naam:
                kort = tell_short(naam, json.loads(json.dumps(dict(bevinding.gegevens), default=str)))
                assert kort is not None, bevinding.gegevens
                assert len(kort) <= 75, kort
                assert kort.startswith(title_of(naam) or "?")


def test_a_rule_of_the_standard_has_its_whole_sentence_only() -> None:
    assert tell_short("TR307", {}) is None
