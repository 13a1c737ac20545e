"""A large JW323 as almost everybody writes it, read from its bytes by patterns; what is written otherwise is for `read_declaratie`.

In a valid message without comments, CDATA, references and attributes nothing is left open but prefixes and white space, so what
stands between its tags is what a parser would give. Every byte from the first client to the last has to match, or else the other
reader takes the whole. Meanwhile libxml2 validates in a thread of its own, portion by portion, as that reader does.

Against our own schemas it need not see every line. Whether one is valid follows from what stands in its elements, each by itself:
one whose dates and codes stood together in a line before it, and whose other values are as usual (`_GEWOON`), is as valid as that
line. Of thirty thousand libxml2 sees a few hundred. `tests/standaard/test_snellezer.py` holds it against the schemas.
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


class _Clienten:
    """The clients of a message, read from front to back."""

    def __init__(self, inhoud: bytes, begin: int, patronen: _Patronen, alles: bool) -> None:
        """`alles`: whether every line has to be validated, also one that is like another."""
        self.gelezen: list[DeclaratieClient] = []
        self.plek = begin
        """Up to where everything was read."""
        self._inhoud, self._patronen, self._alles = inhoud, patronen, alles
        self._geteld, self._regelnummer, self._volgnummer = 0, 1, 0
        self._teksten: dict[bytes, str] = {}
        self._datums: dict[bytes, date] = {}
        self._gezien: set[tuple[object, ...]] = set()
        """Dates and codes that stood together in a line, with whether it has what may be left out."""
        self._te_keuren: list[bytes] = []

    def portions(self) -> Iterator[bytes]:
        """Read on, and give what is to be validated some hundred clients at a time."""
        begin = self.plek
        while self._read_client():
            if self.plek - begin > PORTIE:
                begin = self.plek
                yield from self._take_portion()
        yield from self._take_portion()

    def _take_portion(self) -> Iterator[bytes]:
        if self._te_keuren:
            deel, self._te_keuren = b"".join(self._te_keuren), []
            yield deel

    def _read_client(self) -> bool:
        inhoud, begin = self._inhoud, self.plek
        client = self._patronen.client.match(inhoud, begin)
        if client is None:
            return False
        bsn, regelnummer, plek = client[1].decode(), self._line_at(client.start(1)), client.end()
        prestaties, nieuw = [], []
        while regel := self._patronen.gewoon.match(inhoud, plek) or self._patronen.prestatie.match(inhoud, plek):
            prestaties.append(self._prestatie(bsn, self._line_at(plek), *regel.groups()))
            if self._is_new(regel):
                nieuw.append(regel[0])
            plek = regel.end()
        einde = self._patronen.einde.match(inhoud, plek)
        if einde is None:
            return False
        self.gelezen.append(DeclaratieClient(bsn, tuple(prestaties), regelnummer))
        self.plek = einde.end()
        if nieuw or not prestaties or not _BSN.fullmatch(client[1]):
            self._te_keuren += [client[0], *nieuw, einde[0]]
        return True

    def _is_new(self, regel: "re.Match[bytes]") -> bool:
        """Whether this line has to be validated: nothing that was validated says that it is as it should be."""
        if self._alles or regel.re is not self._patronen.gewoon:
            return True
        vorige, categorie, code, begin, einde, eenheid, tarief, debet_credit = regel.group(2, 4, 5, 6, 7, 9, 10, 12)
        soort = (vorige is None, categorie, code, begin, einde, eenheid, tarief, debet_credit)
        if soort in self._gezien:
            return False
        self._gezien.add(soort)
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
