"""Whom an answer shows, told by the answer itself and the tables; and whom the access log says that it showed.

Numbers of lines and allocations in JSON and CSV, a Bsn in XML; on a page the end of a Bsn, and where a role sees none of it the
address of a line.
"""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import text

from berichten.opslag.toegang.logsleutel import pseudonym
from tests.hulp.api.paginas import Bladvraag
from tests.hulp.api.partijen import Kijkt, Partijen
from tests.hulp.api.wandeling import Vraag, read

NUMMER = re.compile(r"/(\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=/|$)")

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


@dataclass(frozen=True, slots=True)
class Clienten:
    """Whose everything is."""

    bij: dict[tuple[str, str, int | str], set[str]]
    """Bsns by gemeente, name of the field and number."""
    eind: dict[str, dict[str, str]]
    """By gemeente, and the last three digits of a Bsn: no two have the same."""

    def of(self, gemeente: str, nummers: Iterable[tuple[str, int | str]]) -> set[str]:
        """Clients of these, as fields and their numbers."""
        return set().union(*(self.bij.get((gemeente, *item), set()) for item in nummers))


def read_clients(allen: Partijen) -> Clienten:
    """As the tables have them now."""
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
    bij: dict[tuple[str, str, int | str], set[str]] = defaultdict(set)
    bsns: dict[str, set[str]] = defaultdict(set)
    for rij in (*rijen, *verzoeken):
        bij[(rij.gemeente, rij.veld, rij.nummer)].add(rij.bsn)
        bsns[rij.gemeente].add(rij.bsn)
    eind = {gemeente: {bsn[-3:]: bsn for bsn in wie} for gemeente, wie in bsns.items()}
    assert {gemeente: len(wie) for gemeente, wie in eind.items()} == {gemeente: len(wie) for gemeente, wie in bsns.items()}
    return Clienten(bij, eind)


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


def shown(antwoord: httpx.Response, gemeente: str, clienten: Clienten) -> set[str]:
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
        return clienten.of(gemeente, lijnen)
    tekst = antwoord.text.removeprefix("\ufeff") if vorm == "text/csv" else ""
    rijen = list(csv.DictReader(io.StringIO(tekst), delimiter=";"))
    lijnen = {("prestatieId", int(rij["Prestatie"])) for rij in rijen if (rij.get("Prestatie") or "").isdigit()}
    velden = ("toewijzingnummers", "toewijzingnummer")
    lijnen |= {("toewijzingnummer", int(nummer)) for rij in rijen for veld in velden for nummer in (rij.get(veld) or "").split()}
    return clienten.of(gemeente, lijnen)


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


def shown_on_page(antwoord: httpx.Response, gemeente: str, clienten: Clienten) -> set[str]:
    """Clients whom a page or a file of the portal shows: by the end of their Bsn, or by a line or an allocation of theirs."""
    if antwoord.status_code != 200 or ZONDER_CLIENT_OP_BLAD.fullmatch(antwoord.url.path):
        return set()
    # An end that is no client's stands in an example.
    eind = clienten.eind[gemeente]
    bedekt = {eind[cijfers] for cijfers in _BEDEKT.findall(read(antwoord).tekst) if cijfers in eind}
    if not antwoord.headers["content-type"].startswith("text/html"):
        return shown(antwoord, gemeente, clienten) | bedekt
    wat = f'{antwoord.text} href="{antwoord.url.path}"'
    nummers = {(veld, nummer if veld == "verzoekId" else int(nummer)) for veld, vorm in _OP_BLAD for nummer in vorm.findall(wat)}
    return bedekt | clienten.of(gemeente, nummers)


def trace(koppen: httpx.Headers) -> None:
    """A trace of its own, for who sends these headers."""
    koppen["traceparent"] = f"00-{uuid4().hex}-{'cd' * 8}-01"


def trace_of(antwoord: httpx.Response) -> str:
    """Under which an answer was asked."""
    return str(antwoord.request.headers["traceparent"].split("-")[1])


@dataclass(frozen=True, slots=True)
class Vermelding:
    """An answer that the log must know."""

    kijker: Kijkt
    vraag: Vraag | Bladvraag
    clienten: set[bytes]
    """Pseudonyms of whom it showed."""

    @property
    def adres(self) -> str:
        """Where it was, without numbers."""
        return NUMMER.sub("/*", self.vraag.pad.partition("?")[0])


def logged(allen: Partijen) -> dict[str, set[bytes]]:
    """Pseudonyms of whom was shown, by the trace of the request."""
    with allen.loket.werkplaats.opslag.transaction() as verbinding:
        rijen = verbinding.execute(text("SELECT spoor, clienten FROM inzagelog WHERE spoor <> ''")).all()
    gevonden: dict[str, set[bytes]] = defaultdict(set)
    for rij in rijen:
        gevonden[rij.spoor] |= {bytes(rij.clienten[begin : begin + 16]) for begin in range(0, len(rij.clienten), 16)}
    return gevonden


def mention(allen: Partijen, kijker: Kijkt, vraag: Vraag | Bladvraag, gezien: Iterable[str]) -> Vermelding:
    """That this one was shown these clients."""
    sleutel = allen.loket.werkplaats.logsleutel
    return Vermelding(kijker, vraag, {pseudonym(sleutel, kijker.gemeente, bsn) for bsn in gezien})


def list_unlike(allen: Partijen, verwacht: dict[str, Vermelding]) -> list[tuple[str, str, str, int, int]]:
    """Answers, by their trace, of which the log says something else: role, address, question, how many were shown and how many it
    says."""
    log = logged(allen)
    return [
        (item.kijker.rol, item.adres, str(item.vraag), len(item.clienten), len(log[spoor]))
        for spoor, item in verwacht.items()
        if item.clienten != log[spoor]
    ]
