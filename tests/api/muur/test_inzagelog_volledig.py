"""Every answer that shows a client is in the access log of that client, and no other is; for every operation of the description.

Whom an answer shows is told by the answer itself and the tables, not by what the log says. Pages: test_isolatie_portaal.py.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from berichten.kern.rechten import ZIEN_CLIENTEN
from berichten.opslag.toegang.logsleutel import pseudonym
from tests.conftest import Vertel
from tests.hulp.api.getoond import (
    NUMMER,
    Clienten,
    Vermelding,
    list_unlike,
    logged,
    mention,
    read_clients,
    shown,
    trace,
    trace_of,
)
from tests.hulp.api.partijen import Kijkt, Partij, Partijen, choose_kijkers
from tests.hulp.api.wandeling import PADEN, Vraag, ask_all, list_questions
from tests.hulp.eigenaar import as_owner

ZONDER_CLIENT = {
    "/financien/journaal": "entries: numbers, and nobody in them",
    "/financien/verklaringen": "what can be shown of each line, under its number",
    "/financien/aansluiting": "differences: numbers, and nobody in them",
    "/financien/betaalruns/*/regels": "entries: numbers, and nobody in them",
    "/financien/blokkades": "a block names a line by its number",
    "/berichten/*/bevindingen": "what was found in a message, by places in it",
    "/verantwoordingen": "minutes under the number of a line or an allocation",
    "/inzagelog": "who looked: of a client no more than that",
}
"""What names a line or an allocation by its number alone (decision 25)."""


@pytest.fixture(scope="module")
def clienten(allen: Partijen) -> Clienten:
    return read_clients(allen)


def pattern_of(vraag: Vraag) -> str:
    return NUMMER.sub("/*", vraag.pad)


def own_party(allen: Partijen, kijker: Kijkt) -> Partij | None:
    return next((partij for partij in allen.partijen if kijker.may_see(partij)), None)


def walk(allen: Partijen, kijker: Kijkt, partij: Partij, *, ieder: bool = False) -> Iterator[tuple[Vraag, httpx.Response]]:
    """Every question, each under a trace of its own; what is not for this role once, or with `ieder` in every form."""
    with allen.client(kijker) as client:
        client.event_hooks["request"] = [lambda verzoek: trace(verzoek.headers)]
        yield from ask_all(client, list_questions(partij.kent), ieder=ieder)


@pytest.mark.parametrize("ieder", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_every_answer_that_shows_a_client_is_in_the_log_of_that_client_and_no_other_is(
    allen: Partijen, clienten: Clienten, vertel: Vertel, ieder: bool
) -> None:
    """To every aanbieder and every role, of one gemeente or the other; of both, and whatever is refused, with `make soak`."""
    verwacht, vormen = dict[str, Vermelding](), set()
    for kijker in allen.kijkers if ieder else choose_kijkers(allen.kijkers):
        partij = own_party(allen, kijker)
        for vraag, antwoord in walk(allen, kijker, partij, ieder=ieder) if partij else ():
            if pattern_of(vraag) in ZONDER_CLIENT or "sheet" in vraag.vorm:
                continue
            gezien = shown(antwoord, kijker.gemeente, clienten)
            vormen |= {pattern_of(vraag)} if gezien else set()
            verwacht[trace_of(antwoord)] = mention(allen, kijker, vraag, gezien)
    anders = list_unlike(allen, verwacht)
    tonend = sum(bool(item.clienten) for item in verwacht.values())
    vertel(f"Access log: {len(verwacht)} answers, {tonend} with clients, by {len(vormen)} operations; otherwise: {len(anders)}")
    assert anders == []
    assert len(vormen) >= 12, sorted(vormen)


def test_a_workbook_is_in_the_log_of_the_same_clients_as_the_table(allen: Partijen) -> None:
    kijker = allen.staff(allen.partijen[0].gemeente, "contractbeheer")
    vormen = {}
    for vraag, antwoord in walk(allen, kijker, allen.partijen[0]):
        if pattern_of(vraag) == "/declaraties/*/prestaties" and not vraag.query:
            vormen[vraag.vorm] = trace_of(antwoord)
    log = logged(allen)
    assert len(vormen) == 3
    assert len({frozenset(log[spoor]) for spoor in vormen.values()}) == 1


def test_what_shows_nobody_is_an_operation_that_there_is() -> None:
    assert {pad for pad in ZONDER_CLIENT if pad not in {re.sub(r"\{\w+\}", "*", naam) for naam in PADEN}} == set()


def test_without_a_log_no_answer_shows_a_client(allen: Partijen, clienten: Clienten) -> None:
    """The table refuses a row while the service runs: what would show somebody is a fault of ours, and shows nothing."""
    kijker = allen.staff(allen.partijen[0].gemeente, "contractbeheer")
    with full_log(allen):
        antwoorden = list(walk(allen, kijker, allen.partijen[0]))
    getoond = [
        (vraag, antwoord.status_code)
        for vraag, antwoord in antwoorden
        if pattern_of(vraag) not in ZONDER_CLIENT and shown(antwoord, kijker.gemeente, clienten)
    ]
    assert getoond == []
    assert sum(antwoord.status_code >= 500 for _, antwoord in antwoorden) > 10


@contextmanager
def full_log(allen: Partijen) -> Iterator[None]:
    """No row more fits in the log."""
    with as_owner(allen.loket.werkplaats) as verbinding:
        verbinding.execute(text("ALTER TABLE inzagelog ADD CONSTRAINT vol CHECK (false) NOT VALID"))
    try:
        yield
    finally:
        with as_owner(allen.loket.werkplaats) as verbinding:
            verbinding.execute(text("ALTER TABLE inzagelog DROP CONSTRAINT vol"))


def test_of_many_at_once_each_has_a_row_of_its_own(allen: Partijen, clienten: Clienten) -> None:
    """Nobody's look gets lost, or written down as another's."""
    partij = allen.partijen[0]
    kijkers = [kijker for kijker in allen.kijkers if kijker.may_see(partij) and kijker.rol in ZIEN_CLIENTEN]

    def look(kijker: Kijkt) -> list[str]:
        sporen = [uuid4().hex for _ in range(20)]
        with allen.client(kijker) as client:
            for spoor in sporen:
                kop = {"traceparent": f"00-{spoor}-{'cd' * 8}-01"}
                assert client.get(f"/toewijzingen/{partij.kent['toewijzingnummer']}", headers=kop).status_code == 200
        return sporen

    with ThreadPoolExecutor(len(kijkers)) as pool:
        sporen = dict(zip([kijker.naam for kijker in kijkers], pool.map(look, kijkers), strict=True))
    log, wie = logged(allen), _names_by_trace(allen)
    (bsn,) = clienten.of(partij.gemeente, [("toewijzingnummer", partij.kent["toewijzingnummer"])])
    client = pseudonym(allen.loket.werkplaats.logsleutel, partij.gemeente, bsn)
    assert [(naam, spoor) for naam, eigen in sporen.items() for spoor in eigen if log[spoor] != {client}] == []
    assert [(naam, spoor) for naam, eigen in sporen.items() for spoor in eigen if wie[spoor] != [naam]] == []


def _names_by_trace(allen: Partijen) -> dict[str, list[str]]:
    gevonden: dict[str, list[str]] = defaultdict(list)
    with allen.loket.werkplaats.opslag.transaction() as verbinding:
        vraag = "SELECT spoor, naam FROM inzagelog l JOIN api_sleutel s ON s.gemeente = l.gemeente AND s.sleutel_id = l.door"
        for spoor, naam in verbinding.execute(text(vraag)):
            gevonden[spoor].append(naam)
    return gevonden
