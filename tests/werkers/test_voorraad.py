"""Streams at hand: each stands there once, and no two threads have the same one."""

from threading import Thread

from berichten.opslag.berichten.berichten import Stroom
from workers.voorraad import Voorraad

A, B = Stroom("0484", "42420001"), Stroom("0484", "42420002")


def test_a_stream_that_is_named_often_stands_there_once() -> None:
    voorraad = Voorraad()
    for stroom in (A, B, A, A):
        voorraad.add(stroom)
    assert (len(voorraad), voorraad.take(1), voorraad.take(5), len(voorraad)) == (2, [A], [B], 0)


def test_a_stream_that_is_named_while_somebody_has_it_comes_round_once_more() -> None:
    voorraad = Voorraad()
    voorraad.add(A)
    assert voorraad.take(5) == [A]
    voorraad.add(A)
    voorraad.add(B)
    # Nobody else gets it meanwhile, and it does not hold up what stands behind it.
    assert voorraad.take(5) == [B]
    voorraad.done([A])
    assert voorraad.take(5) == [A]


def test_who_waits_for_a_stream_gets_it_and_leaves_when_the_door_is_closed() -> None:
    voorraad = Voorraad()
    gekregen: list[list[Stroom]] = []

    def take_twice() -> None:
        gekregen.extend((voorraad.take(1), voorraad.take(1)))

    draad = Thread(target=take_twice)
    draad.start()
    voorraad.add(A)
    while len(voorraad):
        draad.join(0.01)
    voorraad.close()
    draad.join(10)
    assert gekregen == [[A], []]
