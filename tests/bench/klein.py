"""Small messages (JW301, JW305, JW307, and JW323 of at most twenty lines) by `verwerk`, of many streams and of one.

Beside each round the floor: validating the same messages, and one INSERT and commit for each.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from berichten.opslag.server.ingebed import embedded_postgres
from tests.bench.maand import RONDES, Maand, Meting, count_lines, make_month, measure_floor, measure_verwerk, prepare, tell
from tests.bench.processor import server_of
from tests.hulp.land import Landbericht

_MEESTE_REGELS = 20
_AGB = re.compile(rb">4242\d{4}<")
_EEN = b">42420001<"


def main() -> None:
    """Print medians of rounds with the load of the machine."""
    for wijze, maand in (
        ("veel stromen", make_small()),
        # As many messages, since what a process does once is a quarter of the work of 163.
        ("een stroom", _one_stream(make_month(1, 3000, seed=2))),
    ):
        rondes = _measure(wijze, maand)
        verhouding = median(meting.werk / bodem.werk for meting, bodem in rondes)
        print(f"mediaan van {RONDES}, {wijze}: {median(meting.werk for meting, _ in rondes):.2f} ms processortijd,"
              f" {median(1000 / meting.klok for meting, _ in rondes):.0f} berichten/s; {verhouding:.2f}x de bodem in processortijd,"
              f" {median(meting.klok / bodem.klok for meting, bodem in rondes):.2f}x op de klok")  # fmt: skip


def make_small() -> Maand:
    """Small messages of many streams."""
    return _small(make_month(6, 500, seed=1))


def _measure(wijze: str, maand: Maand) -> list[tuple[Meting, Meting]]:
    rondes = []
    print(f"{wijze}: {len(maand.maand)} berichten, {count_lines(maand.maand)} regels")
    with TemporaryDirectory() as naam, embedded_postgres(Path(naam) / "var") as url:
        map_, server = Path(naam), server_of(Path(naam) / "var")
        prepare(url, map_, maand.vooraf, maand.referentie)
        for _ in range(RONDES):
            bodem = measure_floor(url, maand.maand, server)
            (meting,) = measure_verwerk(url, map_, [maand.maand], server)
            tell(wijze, meting, bodem)
            rondes.append((meting, bodem))
    return rondes


def _small(maand: Maand) -> Maand:
    return Maand(maand.vooraf, [item for item in maand.maand if count_lines((item,)) <= _MEESTE_REGELS], maand.referentie)


def _one_stream(maand: Maand) -> Maand:
    """As if one aanbieder did it all: order counts between any two of its declarations."""

    def join(berichten: Sequence[Landbericht]) -> list[Landbericht]:
        return [Landbericht(item.soort, _AGB.sub(_EEN, item.inhoud)) for item in berichten]

    return _small(Maand(join(maand.vooraf), join(maand.maand), maand.referentie))
