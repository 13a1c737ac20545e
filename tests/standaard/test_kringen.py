"""What reading a message took is free at once. Objects that point to each other in a ring would lie there, with the whole message
in them, until Python looks for rings: after 100,000 objects, in a process whose memory should not go up and down meanwhile."""

import gc
from collections import Counter
from collections.abc import Callable

from berichten.standaard.deur.toelating import Weigering, admit
from berichten.standaard.lezen.antwoord import read_antwoordtotaal
from berichten.standaard.lezen.lezen import reread_bericht
from berichten.standaard.schema.schema import GROOT, valideer_uitvoer
from berichten.standaard.waarden.soorten import HEENBERICHTEN, INZENDINGEN, JW323, OP_NAAM, SOORTEN
from tests.hulp.bouw import bouw, schemas
from tests.hulp.bouwstenen import BSN
from tests.standaard.kleine_berichten import klein_bericht

MAAL = 20
CLIENTEN = 400


def rings_of(maal: int, work: Callable[[], object]) -> Counter[str]:
    """What this leaves in rings, by type; done once before, for what is made the first time only."""
    work()
    gc.collect()
    gc.disable()
    try:
        for _ in range(maal):
            work()
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        return Counter(type(item).__name__ for item in gc.garbage)
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


def test_a_hundred_messages_leave_no_rings() -> None:
    inhouden = [(soort.naam, klein_bericht(soort).encode()) for soort in HEENBERICHTEN if not soort.van_toen]
    assert {naam for naam, _ in inhouden} <= set(INZENDINGEN)

    def read() -> None:
        for naam, inhoud in inhouden:
            assert not isinstance(admit(inhoud, schemas()), Weigering), naam
            reread_bericht(inhoud, naam)

    assert MAAL * len(inhouden) >= 100
    assert rings_of(MAAL, read) == {}


def test_answers_leave_no_rings() -> None:
    antwoorden = {soort: klein_bericht(soort).encode() for soort in SOORTEN if not soort.antwoord and not soort.van_toen}

    def prove() -> None:
        for soort, inhoud in antwoorden.items():
            valideer_uitvoer(inhoud, soort, schemas())
        read_antwoordtotaal(antwoorden[OP_NAAM["JW325"]])

    assert rings_of(MAAL, prove) == {}


def test_a_refused_message_leaves_no_rings() -> None:
    inhoud = klein_bericht(JW323).encode().replace(b"2026-05-06", b"2026-13-06", 1)
    assert rings_of(MAAL, lambda: admit(inhoud, schemas())) == {}


def test_of_a_large_message_no_element_stays() -> None:
    """One with a comment is read in portions: the parser itself stays, and nothing of what it read."""
    groot = bouw("JW323", {"Declaratie": {"Clienten": {"Client": [{"Bsn": BSN}] * CLIENTEN}}})
    groot = groot.replace(b"<jw323:Clienten>", b"<jw323:Clienten><!-- -->", 1)
    assert len(groot) > GROOT
    bericht = admit(groot, schemas())
    assert not isinstance(bericht, Weigering)
    kring = rings_of(1, lambda: admit(groot, schemas()))
    assert kring["_Element"] == 0
    assert sum(kring.values()) < 100
