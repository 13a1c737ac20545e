"""The run that leaves no BSN once more, with a real broker and workers of their own: what goes over the line is searched too."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.api.dienst import GEDULD
from tests.conftest import Vertel, own_environment
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.bsn.bsnronde import go_round
from tests.hulp.bsn.makelaars import listened_in

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]


@contextmanager
def running_workers(omgeving: dict[str, str], logboek: Path) -> Iterator[None]:
    """Workers beside a service with the same settings."""
    opdracht = [sys.executable, "-m", "berichten.cli", "werker"]
    with logboek.open("wb") as log:
        proces = subprocess.Popen(opdracht, env={**own_environment(), **omgeving}, stdout=log, stderr=log)
    try:
        yield
        assert proces.poll() is None, logboek.read_text()[-2000:]
    finally:
        proces.terminate()
        proces.wait(timeout=GEDULD)


@pytest.mark.parametrize("soort", ["redis", "amqp"])
def test_a_whole_run_with_a_broker_leaves_no_bsn(soort: str, tmp_path: Path, vertel: Vertel) -> None:
    with listened_in(soort, tmp_path / "makelaar") as (url, lijn):
        run = go_round(tmp_path, url, lambda omgeving: running_workers(omgeving, tmp_path / "werkers.log"))
    run.speurder.add("line to the broker", bytes(lijn.gehoord))
    gevonden = run.speurder.search()
    vertel(f"BSN with {soort}: {run.standen.total()} answers, {len(lijn.gehoord) // 1000} kB over the line, found {len(gevonden)}")
    assert gevonden == []
    # Or finding nothing would prove nothing: bells went over it, and workers heard them.
    assert f'"{GEMEENTE}"'.encode() in lijn.gehoord
    assert AGB.encode() in lijn.gehoord
    assert '"event": "verwerkt"' in (tmp_path / "werkers.log").read_text()
