"""Rounding, spreading and dividing of amounts, with the reckoning written out."""

from hypothesis import given
from hypothesis import strategies as st

from berichten.kern.rekenen import divide, part_between, share_out, spread


def test_halves_go_away_from_zero() -> None:
    """250 cents is 2.50 euro: 3; 249 cents: 2; -250 cents: -3."""
    assert [divide(centen, 100) for centen in (250, 249, -250, -249)] == [3, 2, -3, -2]


def test_cumulative_rounding_adds_up() -> None:
    """100 over three months of equal weight: 33.33 -> 33, 66.67 -> 67, so 33, 34 and 33.

    366 cents over 2024 (29 February in it) by days: 31 of January, 29 of February, 306 of the rest.
    """
    assert spread(100, [1, 1, 1]) == [33, 34, 33]
    assert spread(366, [31, 29, 306]) == [31, 29, 306]
    assert spread(1, [1, 1]) == [1, 0]
    assert spread(100, [0, 0]) == [0, 0]
    assert part_between(100, 1, 3, 3) == 67


def test_the_largest_remainder_gets_the_last_cent_and_the_first_of_equals() -> None:
    """100 over 1, 1 and 1: 33.33 each, and the cent that is left to the first. 10 over 3 and 4: 4.29 and 5.71, so 4 and 6.

    A party that gave back more than it used weighs nothing.
    """
    assert share_out(100, [1, 1, 1]) == [34, 33, 33]
    assert share_out(10, [3, 4]) == [4, 6]
    assert share_out(10, [-5, 1]) == [0, 10]
    assert share_out(10, [0, 0]) == [0, 0]


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 400), min_size=1, max_size=30).filter(any))
def test_parts_always_add_up(bedrag: int, gewichten: list[int]) -> None:
    assert sum(spread(bedrag, gewichten)) == bedrag
    assert sum(share_out(abs(bedrag), gewichten)) == abs(bedrag)
