"""A large JW323 as almost everybody writes it, read from its bytes by patterns; what is written otherwise is for `read_declaratie`.

In a valid message without comments, CDATA, references and attributes nothing is left open but prefixes and white space, so what
stands between its tags is what a parser would give. Every byte from the first client to the last has to match, or else the other
reader takes the whole. Meanwhile libxml2 validates in a thread of its own, portion by portion, as that reader does.

Against our own schemas it need not see every line. Whether one is valid follows from what stands in its elements, each by itself:
one whose dates and codes stood together in a line before it, and whose other values are as usual (`_GEWOON`), is as valid as that
line. Of thirty thousand libxml2 sees a few hundred. `tests/standaard/test_snellezer.py` holds it against the schemas.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import lru_cache
from itertools import accumulate, chain, pairwise, repeat
from typing import Any, NamedTuple

from lxml import etree

from berichten.standaard.lezen.declaratie import PORTIE, compose_bericht
from berichten.standaard.lezen.velden import read_date
from berichten.standaard.schema.ontleder import make_parser
from berichten.standaard.waarden.berichten import Declaratiebericht, DeclaratieClient, Regelbron, Regels
from berichten.standaard.waarden.soorten import Berichtsoort

# E: and G: are the prefixes of the message and of what messages share, a space is white space if any, a point a value, and so is a
# letter in brackets, which may be as usual.
_CLIENT = "<E:Client> <E:Bsn>[b]</E:Bsn> <E:Prestaties> "
_PRESTATIE = """
<E:Prestatie>
    <E:ProductReferentie>
        <G:ReferentieNummer>[r]</G:ReferentieNummer>
        (<G:VorigReferentieNummer>[r]</G:VorigReferentieNummer> )?</E:ProductReferentie>
    <E:ToewijzingNummer>[n]</E:ToewijzingNummer>
    <E:ProductCategorie>.</E:ProductCategorie>
    <E:ProductCode>.</E:ProductCode>
    <E:ProductPeriode> <G:Begindatum>.</G:Begindatum> <G:Einddatum>.</G:Einddatum> </E:ProductPeriode>
    <E:GeleverdVolume>[v]</E:GeleverdVolume>
    <E:Eenheid>.</E:Eenheid>
    (<E:ProductTarief>.</E:ProductTarief> )?<E:IngediendBedrag>
        <G:Bedrag>[v]</G:Bedrag> <G:DebetCredit>.</G:DebetCredit> </E:IngediendBedrag>
</E:Prestatie>
"""
_GEWOON = {"b": "[0-9]{9}", "r": "[A-Za-z0-9_./-]{1,20}", "n": "[0-9]{1,9}", "v": "[0-9]{1,8}"}
"""Values that differ from line to line, as almost everybody writes them: narrower than what the schemas allow."""
_BSN = re.compile(_GEWOON["b"].encode())
_WAARDEN = 12
"""Of a line, there or not."""
_WAARDE = r"[^<&\r]"
_EINDE = "</E:Prestaties> </E:Client> "
_PREFIX = rb"((?:[A-Za-z_][\w.-]{0,30}:)?)"
"""Short: the patterns have it in them some fifty times, and compiling one of 16 kB took a hundred times what reading takes."""
_EERSTE_CLIENT, _EERSTE_REFERENTIE = (re.compile(rb"<" + _PREFIX + naam) for naam in (rb"Client>", rb"ReferentieNummer>"))
_LOSSE_CR = re.compile(rb"\r(?!\n)")
"""One that is no part of a line end: who counts lines by their ends would miss it."""
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
    if eerste is None or referentie is None or (b"\r" in inhoud and _LOSSE_CR.search(inhoud)):
        return None
    laatste = b"</" + eerste[1] + b"Client>"
    einde = inhoud.rfind(laatste) + len(laatste)
    kop, staart = inhoud[: eerste.start()], inhoud[einde:]
    if not _is_plain(kop + staart):
        return None
    clienten = _Clienten(inhoud, eerste.start(), _compile(eerste[1], referentie[1]), alles=not eigen)
    try:
        if not _read_all(clienten, schema, kop, staart) or clienten.plek < einde:
            return None
        return compose_bericht(soort, etree.fromstring(kop + staart, _parser()), tuple(clienten.gelezen), clienten.bron)
    except (ValueError, OverflowError, etree.XMLSyntaxError):
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
    return make_parser(remove_blank_text=True)


class _Patronen(NamedTuple):
    client: "re.Pattern[bytes]"
    gewoon: "re.Pattern[bytes]"
    """A line whose values are as usual."""
    prestatie: "re.Pattern[bytes]"
    einde: "re.Pattern[bytes]"


@lru_cache(maxsize=16)
def _compile(eigen: bytes, gedeeld: bytes) -> _Patronen:
    """What is looked for in a message with these prefixes."""

    def make(vorm: str, gewoon: bool = False) -> "re.Pattern[bytes]":
        vorm = vorm.lstrip().replace("(", "(?:").replace(".", f"({_WAARDE}++)")
        for letter, waarde in _GEWOON.items():
            vorm = vorm.replace(f"[{letter}]", f"({waarde})" if gewoon else f"({_WAARDE}++)")
        patroon = re.sub(r"\s+", lambda _: r"[ \t\r\n]*+", vorm).encode()
        return re.compile(patroon.replace(b"E:", re.escape(eigen)).replace(b"G:", re.escape(gedeeld)))

    return _Patronen(make(_CLIENT), make(_PRESTATIE, gewoon=True), make(_PRESTATIE), make(_EINDE))


class _Portie(NamedTuple):
    """What was matched of a message, some hundred clients at a time: its values are made together, column by column."""

    clienten: "list[tuple[re.Match[bytes], int, re.Match[bytes]]]"
    """Begin and end of each, and between them how many of the lines had been matched by then."""
    regels: "list[re.Match[bytes]]"


class _Clienten:
    """The clients of a message, read from front to back."""

    def __init__(self, inhoud: bytes, begin: int, patronen: _Patronen, alles: bool) -> None:
        """`alles`: whether every line has to be validated, also one that is like another."""
        self.gelezen: list[DeclaratieClient] = []
        self.bron = Regelbron()
        self.plek = begin
        """Up to where everything was read."""
        self._inhoud, self._patronen, self._alles = inhoud, patronen, alles
        self._geteld, self._regelnummer = 0, 1
        self._teksten, self._datums, self._tarieven = _Eens(bytes.decode), _Eens(_read_date), _Eens(int)
        self._gezien: set[tuple[object, ...]] = set()
        """Dates and codes that stood together in a line, with whether it has what may be left out."""

    def portions(self) -> Iterator[bytes]:
        """Read on, and give what is to be validated some hundred clients at a time."""
        while (portie := self._match()).clienten:
            kolommen = list(zip(*(regel.groups() for regel in portie.regels), strict=True)) or [()] * _WAARDEN
            self._make_values(portie, kolommen)
            te_keuren = b"".join(self._to_validate(portie, kolommen))
            if te_keuren:
                yield te_keuren

    def _match(self) -> _Portie:
        """Clients from where we are, as many as a portion holds and as far as the patterns go."""
        inhoud, portie, begin = self._inhoud, _Portie([], []), self.plek
        match_client, match_einde = self._patronen.client.match, self._patronen.einde.match
        match_gewoon, match_regel = self._patronen.gewoon.match, self._patronen.prestatie.match
        while self.plek - begin <= PORTIE and (client := match_client(inhoud, self.plek)):
            plek, eerste = client.end(), len(portie.regels)
            while regel := match_gewoon(inhoud, plek) or match_regel(inhoud, plek):
                portie.regels.append(regel)
                plek = regel.end()
            einde = match_einde(inhoud, plek)
            if einde is None:
                del portie.regels[eerste:]
                break
            portie.clienten.append((client, len(portie.regels), einde))
            self.plek = einde.end()
        return portie

    def _make_values(self, portie: _Portie, kolommen: "Sequence[tuple[Any, ...]]") -> None:
        """Codes and dates repeat from line to line: each text is read once, and there is one value for all of them."""
        referentie, vorige, toewijzing, categorie, code, begin, einde, volume, eenheid, tarief, bedrag, soort = kolommen
        bsns = [client[1].decode() for client, _, _ in portie.clienten]
        aantallen = [tot - van for van, tot in pairwise([0, *(tot for _, tot, _ in portie.clienten)])]
        regelnummers, van_clienten = self._find_lines(portie)
        velden: tuple[list[Any], ...] = (
            regelnummers,
            list(chain.from_iterable(map(repeat, bsns, aantallen))),
            list(map(bytes.decode, referentie)),
            [None if item is None else item.decode() for item in vorige],
            list(map(int, toewijzing)),
            list(map(self._teksten.__getitem__, categorie)),
            list(map(self._teksten.__getitem__, code)),
            list(map(self._datums.__getitem__, begin)),
            list(map(self._datums.__getitem__, einde)),
            list(map(int, volume)),
            list(map(self._teksten.__getitem__, eenheid)),
            [None if item is None else self._tarieven[item] for item in tarief],
            [-int(centen) if teken == b"C" else int(centen) for centen, teken in zip(bedrag, soort, strict=True)],
            [teken == b"C" for teken in soort],
        )
        eerste = len(self.bron.velden["bsn"])
        self.bron.extend(velden)
        for bsn, (van, tot), regelnummer in zip(bsns, pairwise(accumulate(aantallen, initial=eerste)), van_clienten, strict=True):
            self.gelezen.append(DeclaratieClient(bsn, Regels(self.bron, range(van, tot)), regelnummer))

    def _find_lines(self, portie: _Portie) -> tuple[list[int], list[int]]:
        """Lines of the file on which what was billed stands, and on which the clients do."""
        plekken = [regel.start() for regel in portie.regels]
        eerste = [0, *(tot for _, tot, _ in portie.clienten)]
        for plaats, (client, _, _) in enumerate(portie.clienten):
            plekken.insert(eerste[plaats] + plaats, client.start(1))
        ertussen = map(self._inhoud.count, repeat(b"\n"), (self._geteld, *plekken), plekken)
        nummers = list(accumulate(ertussen, initial=self._regelnummer))
        self._geteld, self._regelnummer = plekken[-1], nummers[-1]
        del nummers[0]
        van_clienten = [nummers.pop(plaats) for plaats in eerste[:-1]]
        return nummers, van_clienten

    def _to_validate(self, portie: _Portie, kolommen: "Sequence[tuple[Any, ...]]") -> Iterator[bytes]:
        """The bytes of lines of which nothing that was validated says that they are as they should be, within their clients."""
        _, vorige, _, categorie, code, begin, einde, _, eenheid, tarief, _, debet_credit = kolommen
        gezien, gewoon, van, nieuw = self._gezien, self._patronen.gewoon, 0, []
        alike = zip([item is None for item in vorige], categorie, code, begin, einde, eenheid, tarief, debet_credit, strict=True)
        for plaats, (regel, soort) in enumerate(zip(portie.regels, alike, strict=True)):
            if self._alles or soort not in gezien or regel.re is not gewoon:
                nieuw.append(plaats)
                if regel.re is gewoon:
                    gezien.add(soort)
        nieuw.reverse()
        for client, tot, sluit in portie.clienten:
            eigen = []
            while nieuw and nieuw[-1] < tot:
                eigen.append(portie.regels[nieuw.pop()][0])
            if eigen or van == tot or not _BSN.fullmatch(client[1]):
                yield from (client[0], *eigen, sluit[0])
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
