"""The reader of a JW323, which may hold thirty thousand lines: parsed, validated and read in portions of clients.

Validating a tree costs half of what validating a stream does, and a whole tree six times the memory. So the bytes are fed to the
parser up to the end of some client; the tree as it then stands is a smaller declaration, and is validated as one; what was read is
taken out, but for the last client, and the next portion comes. A declaration is valid when each of these smaller ones is, since no
constraint of the schema looks from one client to another.
"""

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from berichten.standaard.lezen.velden import Element, line_of, read_date, read_header, read_signed
from berichten.standaard.schema.ontleder import make_parser, make_pull_parser
from berichten.standaard.schema.schema import is_valid_stream
from berichten.standaard.waarden import berichten as b
from berichten.standaard.waarden import onderdelen as o
from berichten.standaard.waarden.soorten import JW323, Berichtsoort

PORTIE = 1 << 18
"""Bytes fed to the parser at a time, about; some hundred clients."""
_EINDE_CLIENT = re.compile(rb"</(?:[^\s<>/:]+:)?Client\s*>")
_CLIENT = "{*}Client"


class OngeldigError(ValueError):
    """The message is not valid against its schema; `schema.valideer` tells why."""


def read_declaratie(inhoud: bytes, soort: Berichtsoort = JW323, schema: etree.XMLSchema | None = None) -> b.Declaratiebericht:
    """Read a JW323 of the release of `soort`; with `schema` validate it too.

    Raises XMLSyntaxError when it is not XML, OngeldigError when it is not valid, ValueError for a date beyond our calendar.
    """
    if len(inhoud) > PORTIE:
        return _read_in_portions(inhoud, soort, schema)
    parser = make_parser(remove_comments=True, remove_pis=True)
    wortel: Element = etree.fromstring(inhoud, parser)
    _check(wortel, schema)
    lezer = _Lezer()
    _, declaratie = wortel
    *_, clienten = declaratie
    lezer.clients(list(clienten))
    return compose_bericht(soort, wortel, tuple(lezer.clienten))


def _read_in_portions(inhoud: bytes, soort: Berichtsoort, schema: etree.XMLSchema | None) -> b.Declaratiebericht:
    parser = make_pull_parser("end", tag=_CLIENT, remove_comments=True, remove_pis=True)
    lezer = _Lezer()
    gelezen: list[Element] = []
    omvang = 0
    for deel in _portions(inhoud):
        parser.feed(deel)
        omvang += len(deel)
        gelezen += [element for _, element in parser.read_events()]
        if _is_whole(gelezen):
            _check(gelezen[-1].getroottree().getroot(), schema)
            lezer.clients(gelezen)
            _let_go(gelezen[-1])
            gelezen, omvang = [], 0
        elif omvang > 2 * PORTIE and schema is not None:
            # A very large client, or no declaration at all: known before the tree has grown with it.
            _check_stream(inhoud, schema)
            schema = None
    wortel = parser.close()
    gelezen += [element for _, element in parser.read_events()]
    _check(wortel, schema)
    lezer.clients(gelezen)
    bericht = compose_bericht(soort, wortel, tuple(lezer.clienten))
    # What such a parser leaves lies in memory until Python looks for rings: let that be little.
    wortel.clear()
    return bericht


def _portions(inhoud: bytes) -> Iterator[bytes]:
    """The bytes in parts that end, where one can be found, right after the end tag of a client."""
    eerste = _EINDE_CLIENT.search(inhoud)
    einde = eerste.group() if eerste else b""
    begin = 0
    while begin < len(inhoud):
        tot = begin + PORTIE
        if einde and tot < len(inhoud):
            gevonden = inhoud.rfind(einde, begin, tot)
            tot = gevonden + len(einde) if gevonden >= 0 else tot
        yield inhoud[begin:tot]
        begin = tot


def _is_whole(clienten: list[Element]) -> bool:
    """Whether the tree now ends with a complete client where clients belong, so that it can be judged as it stands.

    Bytes that only look like the end of a client (in a comment, say) fail this, and the portion simply grows.
    """
    if not clienten or clienten[-1].getnext() is not None:
        return False
    omhullend = clienten[-1].getparent()
    if omhullend is None or any(item.getparent() is not omhullend for item in clienten):
        return False
    boven = [item.tag.rpartition("}")[2] for item in clienten[-1].iterancestors()]
    return boven == ["Clienten", "Declaratie", "Bericht"] and omhullend.getnext() is None


def _check(wortel: Element, schema: etree.XMLSchema | None) -> None:
    """Validate the tree as it stands; without `schema` it is known to be valid."""
    if schema is not None and not schema.validate(wortel):
        raise OngeldigError("niet geldig tegen het schema")


def _check_stream(inhoud: bytes, schema: etree.XMLSchema) -> None:
    """Validate the whole message at once, after which nothing is left to be validated (see `schema.GROOT`)."""
    if not is_valid_stream(inhoud, schema):
        raise OngeldigError("niet geldig tegen het schema")


def _let_go(laatste: Element) -> None:
    """Take out the clients before the last one. That one stays whole: the parser may still be at it, and a declaration has one.

    Emptied first: taking out an element with thousands of others in it costs lxml the square of their number, in one call that lets
    nobody else run.
    """
    omhullend = laatste.getparent()
    for element in list(laatste.itersiblings(_CLIENT, preceding=True)):
        element.clear()
        omhullend.remove(element)


def compose_bericht(
    soort: Berichtsoort, wortel: Element, clienten: tuple[b.DeclaratieClient, ...], bron: b.Regelbron | None = None
) -> b.Declaratiebericht:
    """The message, once every client was read; of its clients the element may be empty. `bron` has their lines, field by field."""
    header, declaratie = wortel
    nummer, periode, dagtekening, totaal, _ = declaratie
    return b.Declaratiebericht(
        soort,
        read_header(header),
        b.Declaratie(
            nummer.text,
            o.Periode(read_date(periode[0].text), read_date(periode[1].text)),
            read_date(dagtekening.text),
            read_signed(totaal),
            clienten,
            totaal[1].text == "C",
            None if bron is None else b.GelezenRegels(clienten, bron),
        ),
    )


class _Lezer:
    """Turns elements that are valid into values."""

    def __init__(self) -> None:
        self.clienten: list[b.DeclaratieClient] = []
        self._volgnummer = 0
        self._datums: dict[str, date] = {}
        self._teksten: dict[str, str] = {}

    def clients(self, elementen: list[Element]) -> None:
        """Read clients with their lines, in message order."""
        for element in elementen:
            bsn, prestaties = element
            regels = tuple(self._prestatie(item, bsn.text) for item in prestaties)
            self.clienten.append(b.DeclaratieClient(bsn.text, regels, line_of(bsn)))

    def _prestatie(self, element: Element, bsn: str) -> b.Prestatie:
        self._volgnummer += 1
        referentie, toewijzing, categorie, code, periode, volume, eenheid, *rest = element
        bedrag = rest[-1]
        credit = bedrag[1].text == "C"
        centen = int(bedrag[0].text)
        return b.Prestatie(
            self._volgnummer,
            line_of(element),
            bsn,
            referentie[0].text,
            referentie[1].text if len(referentie) > 1 else None,
            int(toewijzing.text),
            self._text(categorie.text),
            self._text(code.text),
            self._date(periode[0].text),
            self._date(periode[1].text),
            int(volume.text),
            self._text(eenheid.text),
            int(rest[0].text) if len(rest) == 2 else None,
            -centen if credit else centen,
            credit,
        )

    def _text(self, tekst: str) -> str:
        """Codes repeat from line to line: one text for all of them."""
        return self._teksten.setdefault(tekst, tekst)

    def _date(self, tekst: str) -> date:
        """Dates repeat from line to line: each text is read once."""
        gelezen = self._datums.get(tekst)
        if gelezen is None:
            gelezen = self._datums[tekst] = read_date(tekst)
        return gelezen
