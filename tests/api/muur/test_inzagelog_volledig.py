"""Every answer that shows a client is in the access log of that client, and no other is; for every operation of the description
and every page of the portal.

Whom an answer shows is told by the answer itself and the tables, not by what the log says: numbers of lines and allocations in JSON
and CSV, a Bsn in XML; on a page the end of a Bsn, and where a role sees none of it the address of a line.
"""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from berichten.kern.rechten import LOKAAL_TEAM, ZIEN_CLIENTEN
from berichten.opslag.toegang.logsleutel import pseudonym
from tests.conftest import Vertel
from tests.hulp.api.paginas import Bladvraag
from tests.hulp.api.paginawandeling import PAGINAS, log_in, open_page, walk_pages
from tests.hulp.api.partijen import Kijkt, Partij, Partijen
from tests.hulp.api.wandeling import PADEN, Vraag, ask, list_questions, read
from tests.hulp.bezoek import Bezoek
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
_NUMMER = re.compile(r"/(\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=/|$)")
_BSN = re.compile(r"Bsn>\s*(\d{9})\s*<")
_VELDEN = ("prestatieId", "toewijzingnummer", "verzoekId")
ZONDER_CLIENT_OP_BLAD = re.compile(r"/portaal/betaalruns/\d+/regels")
"""As /financien/betaalruns/*/regels: entries, which name a line by its number."""
_OP_BLAD = (
    ("prestatieId", re.compile(r'href="/portaal/(?:prestaties|totalen/regels|berichten/[0-9a-f-]{36}/regels)/(\d+)')),
    ("prestatieId", re.compile(r'<input type="checkbox" name="prestatie" value="(\d+)"')),
    ("prestatieId", re.compile(r'data-kop="Regel">(\d+)')),
    # The page of a drawn line itself, by its own address at the end; a list of them names nobody.
    ("prestatieId", re.compile(r'href="/portaal/steekproeven/\d+/regels/(\d+)"$')),
    ("verzoekId", re.compile(r'href="/portaal/(?:verzoeken|mijn-verzoeken)/([0-9a-f-]{36})')),
    ("toewijzingnummer", re.compile(r'(?:href="/portaal/toewijzingen/|data-kop="Nummer">|<data value=")(\d+)')),
)
"""What on a page stands for a line or an allocation."""
_BEDEKT = re.compile(r"[•*]{3}(\d{3})(?!\d)")
"""A client on a page: the end of a Bsn."""
Bsns = dict[tuple[str, str, int | str], set[str]]
"""Clients by gemeente, name of the field and number."""


@pytest.fixture(scope="module")
def bsns(allen: Partijen) -> Bsns:
    with allen.loket.werkplaats.opslag.transaction() as verbinding:
        rijen = verbinding.execute(
            text(
                "SELECT gemeente, 'prestatieId' AS veld, prestatie_id AS nummer, bsn FROM prestatie"
                " UNION SELECT gemeente, 'toewijzingnummer', toewijzingnummer, bsn FROM toewijzing"
            )
        ).all()
        verzoeken = verbinding.execute(
            text("SELECT gemeente, 'verzoekId' AS veld, verzoek_id::text AS nummer, bsn FROM verzoek")
        ).all()
    gevonden: Bsns = defaultdict(set)
    for rij in (*rijen, *verzoeken):
        gevonden[(rij.gemeente, rij.veld, rij.nummer)].add(rij.bsn)
    return gevonden


def list_numbers(waarde: Any, naam: str = "") -> Iterator[tuple[str, int | str]]:
    """Every number of a line, an allocation or a request in an answer."""
    if isinstance(waarde, dict):
        for veld, deel in waarde.items():
            yield from list_numbers(deel, veld)
    elif isinstance(waarde, list):
        for deel in waarde:
            yield from list_numbers(deel, naam)
    elif naam in _VELDEN and isinstance(waarde, str if naam == "verzoekId" else int):
        yield naam, waarde


def shown(antwoord: httpx.Response, gemeente: str, bsns: Bsns) -> set[str]:
    """Clients whom this answer is about; where it names none, of the line or allocation that was asked for."""
    vorm = antwoord.headers.get("content-type", "").partition(";")[0]
    if antwoord.status_code != 200:
        return set()
    if vorm == "application/xml":
        return set(_BSN.findall(antwoord.text))
    if vorm == "application/json":
        inhoud = json.loads(antwoord.text)
        nummers = {*list_numbers(inhoud), *_of_signals(inhoud)} or set(_of_address(antwoord))
        # A line on an allocation that is not there has a client, its allocation has none.
        lijnen = {item for item in nummers if item[0] == "prestatieId"} or nummers
        return set().union(*(bsns.get((gemeente, *item), set()) for item in lijnen))
    tekst = antwoord.text.removeprefix("\ufeff") if vorm == "text/csv" else ""
    rijen = list(csv.DictReader(io.StringIO(tekst), delimiter=";"))
    lijnen = {("prestatieId", int(rij["Prestatie"])) for rij in rijen if (rij.get("Prestatie") or "").isdigit()}
    velden = ("toewijzingnummers", "toewijzingnummer")
    lijnen |= {("toewijzingnummer", int(nummer)) for rij in rijen for veld in velden for nummer in (rij.get(veld) or "").split()}
    return set().union(*(bsns.get((gemeente, *item), set()) for item in lijnen))


def _of_signals(inhoud: Any) -> Iterator[tuple[str, int | str]]:
    """Lines or allocations that a signal rests on: numbers in a list, with no name of their own."""
    if isinstance(inhoud, dict):
        veld = "toewijzingnummer" if inhoud.get("opToewijzingen") else "prestatieId"
        yield from ((veld, nummer) for nummer in inhoud.get("nummers", ()) if "opToewijzingen" in inhoud)
        for regel in (*(inhoud.get("regels") or ()), inhoud.get("signaal")):
            genoemd = regel.get("toewijzingen", ()) if isinstance(regel, dict) else ()
            yield from (("toewijzingnummer", nummer) for nummer in genoemd if isinstance(nummer, int))


def _of_address(antwoord: httpx.Response) -> Iterator[tuple[str, int | str]]:
    for soort, veld in (("prestaties", "prestatieId"), ("toewijzingen", "toewijzingnummer")):
        gevonden = re.search(rf"/v1/{soort}/(\d+)", str(antwoord.url))
        if gevonden:
            yield veld, int(gevonden[1])
    gevonden = re.search(r"/v1/verzoeken/([0-9a-f-]{36})", str(antwoord.url))
    if gevonden:
        yield "verzoekId", gevonden[1]


def pattern_of(vraag: Vraag) -> str:
    return _NUMMER.sub("/*", vraag.pad)


def own_party(allen: Partijen, kijker: Kijkt) -> Partij | None:
    return next((partij for partij in allen.partijen if kijker.may_see(partij)), None)


def logged(allen: Partijen) -> dict[str, set[bytes]]:
    """Pseudonyms of whom was shown, by the trace of the request."""
    with allen.loket.werkplaats.opslag.transaction() as verbinding:
        rijen = verbinding.execute(text("SELECT spoor, clienten FROM inzagelog WHERE spoor <> ''")).all()
    gevonden: dict[str, set[bytes]] = defaultdict(set)
    for rij in rijen:
        gevonden[rij.spoor] |= {bytes(rij.clienten[begin : begin + 16]) for begin in range(0, len(rij.clienten), 16)}
    return gevonden


def walk(allen: Partijen, kijker: Kijkt, partij: Partij) -> Iterator[tuple[Vraag, str, httpx.Response]]:
    """Every question, each under a trace of its own."""
    with allen.client(kijker) as client:
        for vraag in list_questions(partij.kent):
            spoor = uuid4().hex
            client.headers["traceparent"] = f"00-{spoor}-{'cd' * 8}-01"
            yield vraag, spoor, ask(client, vraag)


def test_every_answer_that_shows_a_client_is_in_the_log_of_that_client_and_no_other_is(
    allen: Partijen, bsns: Bsns, vertel: Vertel
) -> None:
    verwacht, vormen = {}, set()
    for kijker in allen.kijkers:
        partij = own_party(allen, kijker)
        for vraag, spoor, antwoord in walk(allen, kijker, partij) if partij else ():
            if pattern_of(vraag) in ZONDER_CLIENT or "sheet" in vraag.vorm:
                continue
            gezien = shown(antwoord, kijker.gemeente, bsns)
            vormen |= {pattern_of(vraag)} if gezien else set()
            sleutel = allen.loket.werkplaats.logsleutel
            verwacht[spoor] = (kijker.naam, vraag, {pseudonym(sleutel, kijker.gemeente, bsn) for bsn in gezien})
    log = logged(allen)
    anders = [(wie, vraag, len(wat), len(log[spoor])) for spoor, (wie, vraag, wat) in verwacht.items() if wat != log[spoor]]
    tonend = sum(bool(wat) for _, _, wat in verwacht.values())
    vertel(f"Access log: {len(verwacht)} answers, {tonend} with clients, by {len(vormen)} operations; otherwise: {len(anders)}")
    assert anders == []
    assert len(vormen) >= 12, sorted(vormen)


def shown_on_page(antwoord: httpx.Response, gemeente: str, bsns: Bsns) -> set[str]:
    """Clients whom a page or a file of the portal shows: by the end of their Bsn, or by a line or an allocation of theirs."""
    if antwoord.status_code != 200 or ZONDER_CLIENT_OP_BLAD.fullmatch(antwoord.url.path):
        return set()
    bedekt = shown_by_end(read(antwoord).tekst, gemeente, bsns)
    if not antwoord.headers["content-type"].startswith("text/html"):
        return shown(antwoord, gemeente, bsns) | bedekt
    wat = f'{antwoord.text} href="{antwoord.url.path}"'
    nummers = {(veld, nummer if veld == "verzoekId" else int(nummer)) for veld, vorm in _OP_BLAD for nummer in vorm.findall(wat)}
    return bedekt.union(*(bsns.get((gemeente, *item), set()) for item in nummers))


def shown_by_end(tekst: str, gemeente: str, bsns: Bsns) -> set[str]:
    """An end that is no client's stands in an example."""
    eigen = set().union(*(wie for (waar, *_), wie in bsns.items() if waar == gemeente))
    eind = {bsn[-3:]: bsn for bsn in eigen}
    assert len(eind) == len(eigen)
    return {eind[cijfers] for cijfers in _BEDEKT.findall(tekst) if cijfers in eind}


def look_traced(bezoek: Bezoek, vraag: Bladvraag) -> httpx.Response:
    """A page under a trace of its own, on the way to it too."""
    bezoek.client.headers["traceparent"] = f"00-{uuid4().hex}-{'cd' * 8}-01"
    return open_page(bezoek, vraag)


def test_every_page_that_shows_a_client_is_in_the_log_of_that_client_and_no_other_is(
    allen: Partijen, bsns: Bsns, vertel: Vertel
) -> None:
    partij, sleutel = allen.partijen[0], allen.loket.werkplaats.logsleutel
    kijkers = [kijker for kijker in allen.kijkers if kijker.gemeente == partij.gemeente and not kijker.namens]
    verwacht = {}
    for nummer, kijker in enumerate(kijkers):
        with log_in(allen, kijker, f"inzage{nummer}@voorbeeld.nl") as bezoek:
            for vraag, antwoord in walk_pages([partij], partial(look_traced, bezoek)):
                gezien = shown_on_page(antwoord, kijker.gemeente, bsns)
                spoor = antwoord.request.headers["traceparent"].split("-")[1]
                verwacht[spoor] = (kijker, vraag, {pseudonym(sleutel, kijker.gemeente, bsn) for bsn in gezien})
    log = logged(allen)
    anders = [(wie.naam, vraag, len(wat), len(log[spoor])) for spoor, (wie, vraag, wat) in verwacht.items() if wat != log[spoor]]
    tonend = [(wie.rol, _NUMMER.sub("/*", vraag.pad.partition("?")[0]), wat) for wie, vraag, wat in verwacht.values() if wat]
    paginas = {pad for _, pad, _ in tonend}
    vertel(
        f"Access log of pages: {len(PAGINAS)} addresses, {len(verwacht)} pages by {len(kijkers)} who look, {len(tonend)} with"
        f" clients ({len(set().union(*(wat for *_, wat in tonend)))}), at {len(paginas)} addresses; otherwise: {len(anders)}"
    )
    assert anders == [], sorted({(rol, _NUMMER.sub("/*", vraag.pad), *hoeveel) for rol, vraag, *hoeveel in anders})
    assert {rol for rol, *_ in tonend} == {*ZIEN_CLIENTEN, LOKAAL_TEAM}
    assert len(paginas) >= 12, sorted(paginas)


def test_a_workbook_is_in_the_log_of_the_same_clients_as_the_table(allen: Partijen) -> None:
    kijker = allen.staff(allen.partijen[0].gemeente, "contractbeheer")
    vormen = {}
    for vraag, spoor, _ in walk(allen, kijker, allen.partijen[0]):
        if pattern_of(vraag) == "/declaraties/*/prestaties" and not vraag.query:
            vormen[vraag.vorm] = spoor
    log = logged(allen)
    assert len(vormen) == 3
    assert len({frozenset(log[spoor]) for spoor in vormen.values()}) == 1


def test_what_shows_nobody_is_an_operation_that_there_is() -> None:
    assert {pad for pad in ZONDER_CLIENT if pad not in {re.sub(r"\{\w+\}", "*", naam) for naam in PADEN}} == set()


def test_without_a_log_no_answer_shows_a_client(allen: Partijen, bsns: Bsns) -> None:
    """The table refuses a row while the service runs: what would show somebody is a fault of ours, and shows nothing."""
    kijker = allen.staff(allen.partijen[0].gemeente, "contractbeheer")
    with full_log(allen):
        antwoorden = [(vraag, antwoord) for vraag, _, antwoord in walk(allen, kijker, allen.partijen[0])]
    getoond = [
        (vraag, antwoord.status_code)
        for vraag, antwoord in antwoorden
        if pattern_of(vraag) not in ZONDER_CLIENT and shown(antwoord, kijker.gemeente, bsns)
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


def test_of_many_at_once_each_has_a_row_of_its_own(allen: Partijen, bsns: Bsns) -> None:
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
    (bsn,) = bsns[(partij.gemeente, "toewijzingnummer", partij.kent["toewijzingnummer"])]
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
