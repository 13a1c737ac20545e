"""A large JW323 as almost everybody writes it, read from its bytes by patterns; what is written otherwise is for `read_declaratie`.

In a valid message without comments, CDATA, references and attributes nothing is left open but prefixes and white space, so what
stands between its tags is what a parser would give. Every byte from the first client to the last has to match, or else the other
reader takes the whole. Meanwhile libxml2 validates in a thread of its own, portion by portion, as that reader does.
"""

import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from berichten.standaard.lezen.declaratie import PORTIE, compose_bericht
from berichten.standaard.lezen.velden import INTERN, read_date
from berichten.standaard.waarden.berichten import Declaratiebericht, DeclaratieClient, Prestatie
from berichten.standaard.waarden.soorten import Berichtsoort

# E: and G: are the prefixes of the message and of what messages share, a point is a value, a space white space if any.
_CLIENT = "<E:Client> <E:Bsn>.</E:Bsn> <E:Prestaties> "
_PRESTATIE = """
<E:Prestatie>
    <E:ProductReferentie>
        <G:ReferentieNummer>.</G:ReferentieNummer>
        (<G:VorigReferentieNummer>.</G:VorigReferentieNummer> )?</E:ProductReferentie>
    <E:ToewijzingNummer>.</E:ToewijzingNummer>
    <E:ProductCategorie>.</E:ProductCategorie>
    <E:ProductCode>.</E:ProductCode>
    <E:ProductPeriode> <G:Begindatum>.</G:Begindatum> <G:Einddatum>.</G:Einddatum> </E:ProductPeriode>
    <E:GeleverdVolume>.</E:GeleverdVolume>
    <E:Eenheid>.</E:Eenheid>
    (<E:ProductTarief>.</E:ProductTarief> )?<E:IngediendBedrag>
        <G:Bedrag>.</G:Bedrag> <G:DebetCredit>.</G:DebetCredit> </E:IngediendBedrag>
</E:Prestatie>
"""
_EINDE = "</E:Prestaties> </E:Client> "
_PREFIX = rb"((?:[A-Za-z_][\w.-]{0,30}:)?)"
"""Short: the patterns have it in them some fifty times, and compiling one of 16 kB took a hundred times what reading takes."""
_EERSTE_CLIENT, _EERSTE_REFERENTIE = (re.compile(rb"<" + _PREFIX + naam) for naam in (rb"Client>", rb"ReferentieNummer>"))
_LOSSE_CR = re.compile(rb"\r(?!\n)")
"""One that is no part of a line end: who counts lines by their ends would miss it."""
MEESTE_OMHULSEL = 16 * 1024
"""Bytes that header and end may have: each portion is validated with them around it."""


def read_quickly(inhoud: bytes, soort: Berichtsoort, schema: etree.XMLSchema | None = None) -> Declaratiebericht | None:
    """The message, which is validated too when `schema` is given; None when it is for the other reader to read or to refuse."""
    eerste = _EERSTE_CLIENT.search(inhoud, 0, MEESTE_OMHULSEL)
    referentie = eerste and _EERSTE_REFERENTIE.search(inhoud, eerste.end(), eerste.end() + MEESTE_OMHULSEL)
    if eerste is None or referentie is None or (b"\r" in inhoud and _LOSSE_CR.search(inhoud)):
        return None
    laatste = b"</" + eerste[1] + b"Client>"
    einde = inhoud.rfind(laatste) + len(laatste)
    kop, staart = inhoud[: eerste.start()], inhoud[einde:]
    if not _is_plain(kop + staart):
        return None
    clienten = _Clienten(inhoud, eerste.start(), _compile(eerste[1], referentie[1]))
    try:
        if not _read_all(clienten, schema, kop, staart) or clienten.plek < einde:
            return None
        return compose_bericht(soort, etree.fromstring(kop + staart, _parser()), tuple(clienten.gelezen))
    except (ValueError, etree.XMLSyntaxError):
        return None


def _is_plain(omhulsel: bytes) -> bool:
    """Whether header and end have no comments or the like, in which a client may only seem to begin or to end."""
    return len(omhulsel) <= MEESTE_OMHULSEL and b"<!" not in omhulsel and omhulsel.count(b"<?") == omhulsel.startswith(b"<?xml")


def _read_all(clienten: "_Clienten", schema: etree.XMLSchema | None, kop: bytes, staart: bytes) -> bool:
    """Read as far as the patterns go, each portion while the one before it is validated. False when one is not valid."""
    vorige: Future[bool] | None = None
    with ThreadPoolExecutor(1) as naast:
        for deel in clienten.portions():
            if vorige is not None and not vorige.result():
                return False
            vorige = None if schema is None else naast.submit(_is_valid, schema, kop + deel + staart)
        return vorige is None or vorige.result()


def _is_valid(schema: etree.XMLSchema, inhoud: bytes) -> bool:
    try:
        return bool(schema.validate(etree.fromstring(inhoud, _parser())))
    except etree.XMLSyntaxError:
        return False


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=INTERN, no_network=True, remove_blank_text=True)


class _Patronen(NamedTuple):
    client: "re.Pattern[bytes]"
    prestatie: "re.Pattern[bytes]"
    einde: "re.Pattern[bytes]"


@lru_cache(maxsize=16)
def _compile(eigen: bytes, gedeeld: bytes) -> _Patronen:
    """What is looked for in a message with these prefixes."""

    def make(vorm: str) -> "re.Pattern[bytes]":
        patroon = re.sub(r"\s+", r"\\s*+", vorm.lstrip()).replace("(", "(?:").replace(".", r"([^<&\r]++)").encode()
        return re.compile(patroon.replace(b"E:", re.escape(eigen)).replace(b"G:", re.escape(gedeeld)))

    return _Patronen(make(_CLIENT), make(_PRESTATIE), make(_EINDE))


class _Clienten:
    """The clients of a message, read from front to back."""

    def __init__(self, inhoud: bytes, begin: int, patronen: _Patronen) -> None:
        self.gelezen: list[DeclaratieClient] = []
        self.plek = begin
        """Up to where everything was read."""
        self._inhoud, self._patronen = inhoud, patronen
        self._geteld, self._regelnummer, self._volgnummer = 0, 1, 0
        self._teksten: dict[bytes, str] = {}
        self._datums: dict[bytes, date] = {}

    def portions(self) -> Iterator[bytes]:
        """Read on, and give the bytes of some hundred clients at a time."""
        begin = self.plek
        while self._read_client():
            if self.plek - begin > PORTIE:
                yield self._inhoud[begin : self.plek]
                begin = self.plek
        if self.plek > begin:
            yield self._inhoud[begin : self.plek]

    def _read_client(self) -> bool:
        inhoud, plek = self._inhoud, self.plek
        client = self._patronen.client.match(inhoud, plek)
        if client is None:
            return False
        bsn, regelnummer, plek = client[1].decode(), self._line_at(client.start(1)), client.end()
        prestaties = []
        while regel := self._patronen.prestatie.match(inhoud, plek):
            prestaties.append(self._prestatie(bsn, self._line_at(plek), *regel.groups()))
            plek = regel.end()
        einde = self._patronen.einde.match(inhoud, plek)
        if einde is None:
            return False
        self.gelezen.append(DeclaratieClient(bsn, tuple(prestaties), regelnummer))
        self.plek = einde.end()
        return True

    def _line_at(self, plek: int) -> int:
        """Line of a place, which lies behind the one that was asked before."""
        self._regelnummer += self._inhoud.count(b"\n", self._geteld, plek)
        self._geteld = plek
        return self._regelnummer

    def _prestatie(
        self, bsn: str, regelnummer: int, referentie: bytes, vorige: bytes | None, toewijzing: bytes, categorie: bytes, code: bytes,
        begin: bytes, einde: bytes, volume: bytes, eenheid: bytes, tarief: bytes | None, bedrag: bytes, debet_credit: bytes,
    ) -> Prestatie:  # fmt: skip
        self._volgnummer += 1
        credit, centen = debet_credit == b"C", int(bedrag)
        return Prestatie(
            self._volgnummer,
            regelnummer,
            bsn,
            referentie.decode(),
            None if vorige is None else vorige.decode(),
            int(toewijzing),
            self._text(categorie),
            self._text(code),
            self._date(begin),
            self._date(einde),
            int(volume),
            self._text(eenheid),
            None if tarief is None else int(tarief),
            -centen if credit else centen,
            credit,
        )

    def _text(self, tekst: bytes) -> str:
        """Codes repeat from line to line: one text for all of them."""
        gelezen = self._teksten.get(tekst)
        if gelezen is None:
            gelezen = self._teksten[tekst] = tekst.decode()
        return gelezen

    def _date(self, tekst: bytes) -> date:
        """Dates repeat from line to line: each text is read once."""
        gelezen = self._datums.get(tekst)
        if gelezen is None:
            gelezen = self._datums[tekst] = read_date(tekst.decode())
        return gelezen
