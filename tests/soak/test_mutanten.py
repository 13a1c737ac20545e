"""How much the case files find: every rule gets every small mistake, one at a time, and its own cases must notice.

What is not found is named: a case that is missing, or a mistake that changes nothing.
"""

import pytest

from berichten.regels.register import ALLE
from tests.hulp.gevallen import check_geval, find_file, judge, read_file
from tests.hulp.mutanten import Regelmutant, list_mutanten, planted

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]

MINSTE = 88
"""Of a hundred mutants, those that must be found."""


def is_found(mutant: Regelmutant) -> bool:
    """Whether a case of the rule's own file goes otherwise with the mistake than it must."""
    for geval in read_file(find_file(mutant.regel))[2]:
        with planted(mutant):
            try:
                uitslag = judge(geval)
                check_geval(geval, uitslag)
            except Exception:
                return True
    return False


def test_case_files_find_mistakes_in_their_rules(capsys: pytest.CaptureFixture[str]) -> None:
    mutanten = [mutant for regel in ALLE for mutant in list_mutanten(regel)]
    over = [mutant.naam for mutant in mutanten if not is_found(mutant)]
    score = 100 * (len(mutanten) - len(over)) // len(mutanten)
    with capsys.disabled():
        print(f"\nmutatiescore: {score} van de 100 ({len(mutanten)} fouten in {len(ALLE)} regels, {len(over)} niet gevonden)")
        print("\n".join(f"  niet gevonden: {naam}" for naam in over))
    assert score >= MINSTE
