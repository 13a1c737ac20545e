"""Samples that were reckoned by hand, and what holds of every sample. Cents throughout."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichten.rapporten.accountant.trekking import Methode, Populatiepost, TeGroot, draw, order

AGB = "42420001"
VIER = [
    Populatiepost(1, AGB, "A", 100),
    Populatiepost(2, AGB, "B", 250),
    Populatiepost(3, AGB, "C", 50),
    Populatiepost(4, AGB, "D", 600),
]
"""Cumulative 100, 350, 400 and 1,000."""


def test_units_by_hand() -> None:
    """N = 1,000, n = 4, so I = 250. SHA-256 of `2027-A|1000|4` begins with fefd2c5d936f5c70 = 18,373,890,835,158,621,296; mod 250
    that is 46, so s = 47: units 47, 297, 547 and 797. 47 is in A, 297 in B, and 547 and 797 in D, more than an interval."""
    trekking = draw(VIER, "geldeenheden", 4, "2027-A")
    assert (trekking.bedrag, trekking.interval, trekking.start) == (1_000, 250, 47)
    gevonden = [(item.post.referentienummer, item.cumulatief, item.treffers) for item in trekking.getrokken]
    assert gevonden == [("A", 100, 1), ("B", 350, 1), ("D", 1_000, 2)]


def test_lines_by_hand() -> None:
    """SHA-256 of `2027-A|42420001|` and the reference begins with b5c8 (A), 5fe1 (B), 9963 (C) and d8d3 (D): B and C come first."""
    trekking = draw(VIER, "posten", 2, "2027-A")
    assert [(item.post.referentienummer, item.cumulatief) for item in trekking.getrokken] == [("B", 350), ("C", 400)]
    assert (trekking.interval, trekking.start) == (None, None)


@pytest.mark.parametrize(("methode", "aantal"), [("posten", 5), ("geldeenheden", 1_001)])
def test_more_than_there_is_cannot_be_drawn(methode: Methode, aantal: int) -> None:
    with pytest.raises(TeGroot):
        draw(VIER, methode, aantal, "x")


_POSTEN = st.lists(st.integers(1, 5_000), min_size=1, max_size=30).map(
    lambda bedragen: order([Populatiepost(nr, f"4242000{nr % 3}", f"R{nr * 7 % 31}", bedrag) for nr, bedrag in enumerate(bedragen)])
)


@given(_POSTEN, st.sampled_from(["geldeenheden", "posten"]), st.integers(1, 12), st.text(min_size=1, max_size=8))
def test_a_sample_drawn_twice_is_the_same_and_every_unit_is_somewhere(
    posten: list[Populatiepost], methode: Methode, aantal: int, zaad: str
) -> None:
    if aantal > (len(posten) if methode == "posten" else sum(post.bedrag for post in posten)):
        return
    trekking = draw(posten, methode, aantal, zaad)
    assert trekking == draw(order(list(reversed(posten))), methode, aantal, zaad)
    assert sum(item.treffers for item in trekking.getrokken) == aantal
    assert (trekking.regels, trekking.bedrag) == (len(posten), sum(post.bedrag for post in posten))
    if trekking.interval is not None and trekking.start is not None:
        assert 1 <= trekking.start <= trekking.interval
        getrokken = {item.post for item in trekking.getrokken}
        assert {post for post in posten if post.bedrag >= trekking.interval} - getrokken <= _beyond(
            posten, trekking.start, aantal, trekking.interval
        )


def _beyond(posten: list[Populatiepost], start: int, aantal: int, interval: int) -> set[Populatiepost]:
    """Lines behind the last unit: N is seldom a multiple of n, and what is left over is in no interval."""
    laatste, som, achter = start + (aantal - 1) * interval, 0, set()
    for post in posten:
        if som >= laatste:
            achter.add(post)
        som += post.bedrag
    return achter
