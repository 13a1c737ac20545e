"""A large JW323 as almost everybody writes it, read from its bytes by patterns; what is written otherwise is for `read_declaratie`.

In a valid message without comments, CDATA, references and attributes nothing is left open but prefixes and white space, so what
stands between its tags is what a parser would give. Every byte from the first client to the last has to match, or else the other
reader takes the whole. A portion that is written as the message began is found at once (`Opmaak`), others line by line. Meanwhile
libxml2 validates in a thread of its own, portion by portion, as that reader does.

Against our own schemas it need not see every line. Whether one is valid follows from what stands in its elements, each by itself:
one whose dates and codes stood together in a line before it, and whose other values are as usual (`GEWOON`), is as valid as that
line. Of thirty thousand libxml2 sees a few hundred. `tests/standaard/test_snellezer.py` holds it against the schemas.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from itertools import accumulate, chain, pairwise, repeat
from typing import Any, NamedTuple

from lxml import etree

from berichten.standaard.lezen.declaratie import PORTIE, compose_bericht
from berichten.standaard.lezen.regelvorm import GEWOON, Opmaak, compile_patterns, learn_opmaak
from berichten.standaard.lezen.velden import read_date
from berichten.standaard.schema.ontleder import make_parser
from berichten.standaard.waarden.berichten import Declaratiebericht, DeclaratieClient, Regelbron, Regels
from berichten.standaard.waarden.soorten import Berichtsoort

_BSN = re.compile(GEWOON["b"].encode())
_WAARDEN = 12
"""Of a line, there or not."""
_WITTE_TEKENS = b" \t\r\n"
_GEDULD = 5
"""Portions that may be written otherwise than the message began; of one in which more are nothing is found at once any more."""
_PREFIX = rb"((?:[A-Za-z_][\w.-]{0,30}:)?)"
"""Short: the patterns have it in them some fifty times, and compiling one of 16 kB took a hundred times what reading takes."""
_EERSTE_CLIENT, _EERSTE_REFERENTIE = (re.compile(rb"<" + _PREFIX + naam) for naam in (rb"Client>", rb"ReferentieNummer>"))
_LOSSE_CR = re.compile(rb"\r(?!\n)")
MEESTE_OMHULSEL = 16 * 1024
"""Bytes that header and end may have: each portion is validated with them around it."""


def read_quickly(
    inhoud: bytes, soort: Berichtsoort, schema: etree.XMLSchema | None = None, *, eigen: bool = False
) -> Declaratiebericht | None:
    """The message, which is validated too when `schema` is given; None when it is for the other reader to read or to refuse.

    `eigen` says that the schema is one of our own.
    """
    eerste = _EERSTE_CLIENT.search(inhoud, 0, MEESTE_OMHULSEL)
    referentie = eerste and _EERSTE_REFERENTIE.search(inhoud, eerste.end(), eerste.end() + MEESTE_OMHULSEL)
    if eerste is None or referentie is None:
        return None
    laatste = b"</" + eerste[1] + b"Client>"
    einde = inhoud.rfind(laatste) + len(laatste)
    kop, staart = inhoud[: eerste.start()], inhoud[einde:]
    if not _is_plain(kop, staart):
        return None
    clienten = _Clienten(inhoud, eerste.start(), (eerste[1], referentie[1]), alles=not eigen)
    try:
        if not _read_all(clienten, schema, kop, staart) or clienten.plek < einde:
            return None
        return compose_bericht(soort, etree.fromstring(kop + staart, _parser()), tuple(clienten.gelezen), clienten.bron)
    except (ValueError, OverflowError, etree.XMLSyntaxError):
        return None


def _is_plain(kop: bytes, staart: bytes) -> bool:
    """Whether header and end have no comments or the like, in which a client may only seem to begin or to end, nor a CR by itself,
    which ends a line too."""
    if len(kop) + len(staart) > MEESTE_OMHULSEL or _LOSSE_CR.search(kop) or _LOSSE_CR.search(staart):
        return False
    omhulsel = kop + staart
    return b"<!" not in omhulsel and omhulsel.count(b"<?") == omhulsel.startswith(b"<?xml")


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
    return make_parser(remove_blank_text=True)


class _Portie(NamedTuple):
    """What was read of a message, some hundred clients at a time: its values are made together, column by column."""

    bsns: "Sequence[bytes]"
    eindes: list[int]
    """Of each client how many of the lines had been read by its end."""
    kolommen: "Sequence[Sequence[Any]]"
    """Of each value what stands there in every line; nothing, or empty, where it is left out."""
    regelnummers: list[int]
    van_clienten: list[int]
    ongewoon: set[int]
    """Lines of which some value is not as usual."""
    write: "Callable[[int, Sequence[int]], bytes]"
    """A client with some of its lines."""


class _Clienten:
    """The clients of a message, read from front to back."""

    def __init__(self, inhoud: bytes, begin: int, prefixen: tuple[bytes, bytes], alles: bool) -> None:
        """`prefixen` are those of the message and of what messages share; `alles`: whether every line has to be validated, also one
        that is like another."""
        self.gelezen: list[DeclaratieClient] = []
        self.bron = Regelbron()
        self.plek = begin
        """Up to where everything was read."""
        self._inhoud, self._prefixen, self._alles = inhoud, prefixen, alles
        self._patronen = compile_patterns(*prefixen)
        self._opmaak: Opmaak | None = None
        """How the clients from where we are seem to be written."""
        self._geduld = _GEDULD
        self._sluit_client, self._sluit_regel = (b"</%b%b>" % (prefixen[0], naam) for naam in (b"Client", b"Prestatie"))
        self._geteld, self._regelnummer = 0, 1
        self._teksten, self._datums, self._tarieven = _Eens(bytes.decode), _Eens(_read_date), _Eens(int)
        self._gezien: set[tuple[object, ...]] = set()
        """Dates and codes that stood together in a line, with whether it has what may be left out."""

    def portions(self) -> Iterator[bytes]:
        """Read on, and give what is to be validated some hundred clients at a time."""
        while True:
            begin = self.plek
            portie = self._find_alike() or self._match()
            if not portie.eindes:
                return
            self._make_values(portie)
            te_keuren = self._inhoud[begin : self.plek] if self._alles else b"".join(self._to_validate(portie))
            if te_keuren:
                yield te_keuren

    def _find_alike(self) -> _Portie | None:
        """Clients from where we are, all at once; None when they are not all written as the message began."""
        inhoud, opmaak = self._inhoud, self._opmaak
        client = self._patronen.client.match(inhoud, self.plek)
        if opmaak is None or client is None:
            return None
        sluit = inhoud.rfind(self._sluit_client, client.end(), self.plek + PORTIE)
        tot = inhoud.rfind(self._sluit_regel, client.end(), sluit) + len(self._sluit_regel) if sluit > 0 else 0
        einde = self._patronen.einde.match(inhoud, tot)
        kolommen = opmaak.find_all(inhoud, client.end(), tot) if einde else None
        if einde is None or kolommen is None:
            self._geduld -= 1
            self._opmaak = None
            return None
        eerste = self._count_to(client.end())
        *nummers, self._regelnummer = opmaak.number_lines(kolommen, eerste)
        self._check_line_ends(self.plek, client.end())
        self._check_line_ends(tot, einde.end())
        self._geteld, self.plek = tot, einde.end()
        wissels = [plaats for plaats, bsn in enumerate(kolommen[0]) if bsn]
        bsns = [client[1], *filter(None, kolommen[0])]
        waarden = kolommen[1:]

        def write(nummer: int, regels: Sequence[int]) -> bytes:
            return opmaak.write_client(bsns[nummer], [[kolom[plaats] for kolom in waarden] for plaats in regels])

        van_clienten = [eerste - inhoud.count(b"\n", client.start(1), client.end())]
        van_clienten += [nummers[plaats] - opmaak.onder_bsn for plaats in wissels]
        return _Portie(bsns, [*wissels, len(nummers)], waarden, nummers, van_clienten, set(), write)

    def _match(self) -> _Portie:
        """The same one by one, in any white space, as far as the patterns go; learns how the message is written from now on."""
        inhoud, begin = self._inhoud, self.plek
        match_client, match_einde = self._patronen.client.match, self._patronen.einde.match
        match_gewoon, match_regel = self._patronen.gewoon.match, self._patronen.prestatie.match
        clienten: list[re.Match[bytes]] = []
        regels: list[re.Match[bytes]] = []
        eindes: list[int] = []
        sluiten: list[re.Match[bytes]] = []
        while self.plek - begin <= PORTIE and (client := match_client(inhoud, self.plek)):
            plek, eerste = client.end(), len(regels)
            while regel := match_gewoon(inhoud, plek) or match_regel(inhoud, plek):
                regels.append(regel)
                plek = regel.end()
            einde = match_einde(inhoud, plek)
            if einde is None:
                del regels[eerste:]
                break
            clienten.append(client)
            eindes.append(len(regels))
            sluiten.append(einde)
            self.plek = einde.end()
        self._check_line_ends(begin, self.plek)
        self._learn(clienten, regels, eindes)

        def write(nummer: int, eigen: Sequence[int]) -> bytes:
            return b"".join((clienten[nummer][0], *(regels[plaats][0] for plaats in eigen), sluiten[nummer][0]))

        kolommen = list(zip(*(regel.groups() for regel in regels), strict=True)) or [()] * _WAARDEN
        ongewoon = {plaats for plaats, regel in enumerate(regels) if regel.re is not self._patronen.gewoon}
        regelnummers, van_clienten = self._find_lines(clienten, regels, eindes)
        return _Portie([client[1] for client in clienten], eindes, kolommen, regelnummers, van_clienten, ongewoon, write)

    def _learn(self, clienten: "list[re.Match[bytes]]", regels: "list[re.Match[bytes]]", eindes: list[int]) -> None:
        """From the first client, where another comes after it and both have lines."""
        if self._geduld and len(eindes) > 1 and 0 < eindes[0] < eindes[1]:
            laatste, eerste = regels[eindes[0] - 1], regels[eindes[0]]
            einde = laatste.start() + len(laatste[0].rstrip(_WITTE_TEKENS))
            naar_client = self._inhoud[einde - 1 : eerste.start() + 1]
            self._opmaak = learn_opmaak(*self._prefixen, regels[0][0].rstrip(_WITTE_TEKENS), naar_client)

    def _make_values(self, portie: _Portie) -> None:
        """Codes and dates repeat from line to line: each text is read once, and there is one value for all of them."""
        referentie, vorige, toewijzing, categorie, code, begin, einde, volume, eenheid, tarief, bedrag, soort = portie.kolommen
        bsns = list(map(bytes.decode, portie.bsns))
        aantallen = [tot - van for van, tot in pairwise([0, *portie.eindes])]
        velden: tuple[list[Any], ...] = (
            portie.regelnummers,
            list(chain.from_iterable(map(repeat, bsns, aantallen))),
            list(map(bytes.decode, referentie)),
            [item.decode() if item else None for item in vorige],
            list(map(int, toewijzing)),
            list(map(self._teksten.__getitem__, categorie)),
            list(map(self._teksten.__getitem__, code)),
            list(map(self._datums.__getitem__, begin)),
            list(map(self._datums.__getitem__, einde)),
            list(map(int, volume)),
            list(map(self._teksten.__getitem__, eenheid)),
            [self._tarieven[item] if item else None for item in tarief],
            list(map(int, bedrag)),
            [teken == b"C" for teken in soort],
        )
        if b"C" in soort:
            *_, bedragen, credit = velden
            bedragen[:] = [-centen if is_credit else centen for centen, is_credit in zip(bedragen, credit, strict=True)]
        eerste = len(self.bron.velden["bsn"])
        self.bron.extend(velden)
        grenzen = pairwise(accumulate(aantallen, initial=eerste))
        for bsn, (van, tot), regelnummer in zip(bsns, grenzen, portie.van_clienten, strict=True):
            self.gelezen.append(DeclaratieClient(bsn, Regels(self.bron, range(van, tot)), regelnummer))

    def _check_line_ends(self, van: int, tot: int) -> None:
        """Raises ValueError for one that is nothing but CR: who counts lines by LF would miss it. An `Opmaak` has none in it."""
        if _LOSSE_CR.search(self._inhoud, van, tot):
            raise ValueError("regeleinde")

    def _count_to(self, plek: int) -> int:
        """The line of the file on which this place lies."""
        self._regelnummer += self._inhoud.count(b"\n", self._geteld, plek)
        self._geteld = plek
        return self._regelnummer

    def _find_lines(
        self, clienten: "list[re.Match[bytes]]", regels: "list[re.Match[bytes]]", eindes: list[int]
    ) -> tuple[list[int], list[int]]:
        """Lines of the file on which what was billed stands, and on which the clients do."""
        nummers, van_clienten, van = [], [], 0
        for client, tot in zip(clienten, eindes, strict=True):
            van_clienten.append(self._count_to(client.start(1)))
            nummers += [self._count_to(regel.start()) for regel in regels[van:tot]]
            van = tot
        return nummers, van_clienten

    def _to_validate(self, portie: _Portie) -> Iterator[bytes]:
        """The bytes of lines of which nothing that was validated says that they are as they should be, within their clients."""
        _, vorige, _, categorie, code, begin, einde, _, eenheid, tarief, _, debet_credit = portie.kolommen
        gezien, van, nieuw = self._gezien, 0, []
        alike = zip(map(bool, vorige), categorie, code, begin, einde, eenheid, tarief, debet_credit, strict=True)
        for plaats, soort in enumerate(alike):
            if soort not in gezien:
                nieuw.append(plaats)
                if plaats not in portie.ongewoon:
                    gezien.add(soort)
        nieuw = sorted(portie.ongewoon.union(nieuw), reverse=True)
        for nummer, (bsn, tot) in enumerate(zip(portie.bsns, portie.eindes, strict=True)):
            eigen = []
            while nieuw and nieuw[-1] < tot:
                eigen.append(nieuw.pop())
            if eigen or van == tot or not _BSN.fullmatch(bsn):
                yield portie.write(nummer, eigen)
            van = tot


class _Eens(dict[bytes, Any]):
    """Values by their text, each of which is read once."""

    def __init__(self, lees: Callable[[bytes], Any]) -> None:
        super().__init__()
        self._lees = lees

    def __missing__(self, tekst: bytes) -> Any:
        gelezen = self[tekst] = self._lees(tekst)
        return gelezen


def _read_date(tekst: bytes) -> date:
    return read_date(tekst.decode())
