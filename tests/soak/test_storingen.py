"""Whatever is killed, frozen, cut off or filled while towns send: what was let in is answered once, and the books tie.

`make soak ARGS="--minuten=60 tests/soak/test_storingen.py"` makes a long run of it.
"""

import pytest

from tests.storing.eiland import run_on_island


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("broker", ["", "redis", "amqp"])
def test_nothing_is_lost_by_any_fault(broker: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> None:
    minuten = request.config.getoption("--minuten")
    with capsys.disabled():
        print()
        assert run_on_island("tests.storing", [f"--minuten={minuten}", f"--broker={broker}"]) == 0
