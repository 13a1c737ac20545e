"""How much the case files find: rules get one mistake each, and their own cases must notice."""

from random import Random

import pytest

from berichten.regels.register import ALLE
from tests.hulp.gevallen import check_geval, find_file, judge, read_file
from tests.hulp.mutanten import Mutant, list_mutanten, planted

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]

REGELS, PER_REGEL = 20, 3
MINSTE = 90
"""Of a hundred mutants, those that must be found."""


def is_found(mutant: Mutant) -> bool:
    """Whether a case of the rule's own file goes otherwise with the mistake than it must."""
    for geval in read_file(find_file(mutant.regel))[2]:
        with planted(mutant):
            try:
                uitslag = judge(geval)
                check_geval(geval, uitslag)
            except Exception:
                return True
    return False


def draw(zaad: int) -> list[Mutant]:
    """Some mistakes in some rules."""
    dobbel = Random(zaad)
    rijk = [mutanten for mutanten in map(list_mutanten, ALLE) if len(mutanten) >= PER_REGEL]
    return [mutant for mutanten in dobbel.sample(rijk, REGELS) for mutant in dobbel.sample(mutanten, PER_REGEL)]


def test_case_files_find_mistakes_in_their_rules(capsys: pytest.CaptureFixture[str]) -> None:
    mutanten = draw(11)
    over = [mutant.naam for mutant in mutanten if not is_found(mutant)]
    score = 100 * (len(mutanten) - len(over)) // len(mutanten)
    with capsys.disabled():
        print(f"\nmutatiescore: {score} van de 100 ({len(mutanten)} fouten in {REGELS} regels, {len(over)} niet gevonden)")
        print("\n".join(f"  niet gevonden: {naam}" for naam in over))
    assert score >= MINSTE
