"""Is this file safe to parse, and which message is it? Nothing here builds a tree or reads past the root element.

Rules: OP179 (at most 25 MB) and OP192 (XML, UTF-8 without BOM).
"""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from berichten.fouten import Invoerfout
from berichten.standaard.schema.aantallen import find_excess
from berichten.standaard.schema.naamruimte import plain_namespace
from berichten.standaard.schema.ontleder import make_parser, make_pull_parser
from berichten.standaard.uitleg.uitleg import REGEL as REGEL_XSD
from berichten.standaard.uitleg.uitleg import line_of
from berichten.standaard.uitleg.volgorde import join, localname, namespace_of, show_uri
from berichten.standaard.uitleg.waarde import show
from berichten.standaard.uitleg.xml import REGEL, explain_syntax
from berichten.standaard.waarden.soorten import HEENBERICHTEN, JW323, OP_NAMESPACE, SOORTEN, Berichtsoort

MAX_BYTES = 25 * 1024 * 1024
"""OP179: 25 MB."""

_BLOK = 1024 * 1024
_HAP = 4096
_EERSTE_BYTES = 4
_KOP = 2048

_UTF8 = "Sla het bestand op als UTF-8 zonder BOM en verstuur het opnieuw."
_XML = "Deze dienst leest iJw-berichten in XML. Lever het bericht aan als XML-bestand."

_HANDTEKENINGEN: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "een ZIP-bestand. Pak het uit, of verstuur het als ZIP (application/zip)."),
    (b"PK\x05\x06", "een leeg ZIP-bestand. Zet de berichten erin of verstuur ze los."),
    (b"7z\xbc\xaf", "een 7-Zip-bestand. Pak het uit, of maak er een ZIP-bestand van (application/zip)."),
    (b"Rar!", "een RAR-bestand. Pak het uit, of maak er een ZIP-bestand van (application/zip)."),
    (b"\x1f\x8b", "een gecomprimeerd bestand (gzip). Pak het eerst uit."),
    (b"\x89PNG", f"een afbeelding (PNG). {_XML}"),
    (b"\xff\xd8\xff", f"een afbeelding (JPEG). {_XML}"),
    (b"GIF8", f"een afbeelding (GIF). {_XML}"),
    (b"%PDF", f"een PDF-bestand. {_XML}"),
    (b"\xd0\xcf\x11\xe0", f"een oud Word- of Excel-bestand. {_XML}"),
    (b"MZ", f"een programma. {_XML}"),
)
"""First bytes of files that are sent by mistake, and what to say of each."""

_BREDE_TEKENS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff", b"<\x00", b"\x00<", b"\x00\x00\x00<")

_TEKSTSOORTEN: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"<!doctype\s+html|<html|<head|<body", re.IGNORECASE), f"een webpagina (HTML). {_XML}"),
    (re.compile(rb"[\[{]"), f"een JSON-bestand. {_XML}"),
    (
        re.compile(rb"[0-9]{5,}"),
        "een EI-bestand of ander bestand met vaste velden. Deze dienst leest alleen iJw-berichten in XML. "
        "Vraag uw softwareleverancier om een JW323 van release 3.2, of om een JW303 van release 3.0 voor zorg van vóór 2021.",
    ),
    (re.compile(rb"[^<\r\n]*;[^<\r\n]*;"), f"een tekstbestand met kolommen (CSV). {_XML}"),
)

_DECLARATIE = re.compile(rb"<\?xml\s")
_LANGSTE_DECLARATIE = 300
"""Bytes; as everybody writes it, it has some sixty."""
_VERSIE = re.compile(rb"""version\s*=\s*["']([^"']*)["']""")
_CODERING = re.compile(rb"""encoding\s*=\s*["']([^"']*)["']""")
_IS_UTF8 = (b"UTF-8", b"UTF8")
_LANGE_DECLARATIE = (
    "De eerste regel begint met <?xml en houdt niet op zoals het hoort."
    ' Laat het bestand beginnen met <?xml version="1.0" encoding="UTF-8"?> en verstuur het opnieuw.'
)
_SPATIE = re.compile(rb"\s+")
_VOORAF = ((b"<!--", b"-->"), (b"<?", b"?>"))
_ELEMENT = re.compile(rb"<[A-Za-z_:\x80-\xff]")
_BEGINTAG = re.compile(rb"""(?P<open><[A-Za-z_:\x80-\xff](?:[^<>"'/]++|"[^<"]*+"|'[^<']*+')*+)/?>""")
"""With its attributes; a slash stands in a value or at the end."""

_NAMESPACE = re.compile(r"http://www\.istandaarden\.nl/(i[a-z]+)/([0-9]+)_([0-9]+)/([a-z]+[0-9]*[a-z]?)/schema(?:/[0-9]+_[0-9]+)?")
"""Namespaces of all releases; those of 2.0 and 2.1 name the release once more at the end."""

_ZONDER_LETTER = re.compile(r"(?<=JW303|JW304)[DF]$")
"""Some called a declaration JW303D and an invoice JW303F."""

_ANDERE_STANDAARDEN: dict[str, str] = {
    "iwmo": "een iWmo-bericht (Wmo)",
    "iwlz": "een iWlz-bericht (Wlz)",
    "ieb": "een bericht over de eigen bijdrage (iEb)",
    "ipgb": "een iPgb-bericht (persoonsgebonden budget)",
}
_ANDERE_WEG = (
    "Gaat het om jeugdhulp, vraag uw softwareleverancier dan om een iJw-bericht. Stuur het anders naar de ontvanger voor die wet:"
    " voor de Wmo is dat de gemeente langs haar eigen weg, voor de Wlz het zorgkantoor."
)


@dataclass(frozen=True, slots=True)
class NietGelezen:
    """A kind of message that this service knows but does not read."""

    omschrijving: str
    raad: str


_LANGS_AFSPRAAK = "Stuur dit bericht langs de weg die u daarvoor met de gemeente hebt afgesproken."

NIET_GELEZEN: dict[str, NietGelezen] = {
    "JW321": NietGelezen("declaratie van jeugd-ggz per behandeltraject", _LANGS_AFSPRAAK),
    "JW322": NietGelezen("antwoord op een declaratie van jeugd-ggz per behandeltraject", _LANGS_AFSPRAAK),
}
"""Kinds that are known by name and have no reader."""

ANDERE_RELEASE: dict[str, str] = {
    "JW303": "Gebruik die voor zorg van vóór 2021; zorg vanaf 1 januari 2021 declareert u met een JW323 van release 3.2.",
    "JW323": "Zorg van vóór 2021 declareert u met een JW303 van release 3.0.",
}
"""What to add for a kind that is read, but not in the release at hand."""


class Onleesbaar(bytes):
    """What stands for a file of which the bytes cannot be had: it is empty, and knows why."""

    def __new__(cls, melding: str) -> "Onleesbaar":
        leeg = super().__new__(cls)
        leeg.melding = melding
        return leeg

    melding: str
    """Sentence with the cause and the remedy."""


def check_bestand(inhoud: bytes, tellen: bool = True) -> Invoerfout | None:
    """The first reason not to give this file to a parser, or None. Costs no copy of the file.

    A DOCTYPE is refused here, because a parser reads it before anyone can say no, entities and outside files with it. Who gives no
    more of it to a parser than was looked at before need not let what is in it be counted (`tellen`).
    """
    checks = _CHECKS if tellen else [check for check in _CHECKS if check is not _check_aantallen]
    return next((fout for check in checks if (fout := check(inhoud))), None)


def herken(inhoud: bytes) -> Berichtsoort | Invoerfout:
    """Which message this is, by the namespace of its root element. Expects a file that passed ``check_bestand``."""
    wortel = _root_alone(inhoud)
    return _find_root(inhoud) if wortel is None else _recognise(str(wortel.tag), line_of(wortel))


def _root_alone(inhoud: bytes) -> etree._Element | None:
    """The root element as if nothing were in it; None when its start tag is not as almost everybody writes it."""
    begin = _skip_preamble(inhoud)
    begintag = _BEGINTAG.match(inhoud, begin, begin + _HAP)
    if begintag is None:
        return None
    try:
        return etree.fromstring(inhoud[: begintag.end("open")] + b"/>", make_parser(entities=False))
    except etree.XMLSyntaxError:
        return None


def _find_root(inhoud: bytes) -> Berichtsoort | Invoerfout:
    """The same, read bite by bite up to the first element or the first fault.

    What such a parser leaves lies in memory until Python looks for rings (`tests/standaard/test_kringen.py`), so few come here.
    """
    lezer = make_pull_parser("start", entities=False)
    fout: etree.XMLSyntaxError | None = None
    for begin in range(0, len(inhoud), _HAP):
        try:
            lezer.feed(inhoud[begin : begin + _HAP])
        except etree.XMLSyntaxError as gevonden:
            fout = gevonden
        for _, element in lezer.read_events():
            if isinstance(element, etree._Element):
                return _recognise(str(element.tag), line_of(element))
        if fout:
            return explain_syntax(fout, inhoud)
    if len(inhoud) <= _EERSTE_BYTES:
        # The parser holds these back until there are more of them.
        return _find_root(inhoud + b" " * _EERSTE_BYTES)
    return Invoerfout("", REGEL, f"Het bestand houdt op voordat het eerste element begint. {_XML}", None)


def _refuse(melding: str, regel: str = REGEL, regelnummer: int | None = None) -> Invoerfout:
    return Invoerfout("", regel, melding, regelnummer)


def _check_omvang(inhoud: bytes) -> Invoerfout | None:
    if isinstance(inhoud, Onleesbaar):
        return _refuse(inhoud.melding, "ZIP")
    if not inhoud or inhoud.isspace():
        return _refuse("Het bestand is leeg. Verstuur het bestand met het bericht erin.")
    if len(inhoud) > MAX_BYTES:
        grootte = f"{len(inhoud) / 1024 / 1024:.1f}".replace(".", ",")
        return _refuse(
            f"Het bestand is {grootte} MB; hoogstens 25 MB is toegestaan. Verdeel het bericht over meer bestanden.",
            "OP179",
        )
    return None


def _check_binair(inhoud: bytes) -> Invoerfout | None:
    naam = next((naam for begin, naam in _HANDTEKENINGEN if inhoud.startswith(begin)), None)
    if naam:
        return _refuse(f"Dit is {naam}")
    if inhoud.startswith(_BREDE_TEKENS):
        return _refuse(f"Het bestand staat in UTF-16 of UTF-32. {_UTF8}")
    if inhoud.startswith(codecs.BOM_UTF8):
        return _refuse(f"Het bestand begint met een BOM (drie onzichtbare bytes EF BB BF). {_UTF8}")
    plaats = inhoud.find(b"\x00")
    if plaats >= 0:
        regel = _line_at(inhoud, plaats)
        return _refuse(f"Op regel {regel} staat een nulteken: dit is geen tekstbestand. {_XML}", regelnummer=regel)
    return None


def _check_soort_tekst(inhoud: bytes) -> Invoerfout | None:
    kop = inhoud[:_KOP].lstrip()
    naam = next((naam for patroon, naam in _TEKSTSOORTEN if patroon.match(kop)), None)
    if naam:
        return _refuse(f"Dit is {naam}")
    if not kop.startswith(b"<"):
        return _refuse(f"Dit is geen XML: het bestand begint niet met <. {_XML}")
    return None


def _check_codering(inhoud: bytes) -> Invoerfout | None:
    return (_check_declaratie(inhoud) if _DECLARATIE.match(inhoud) else None) or _check_utf8(inhoud)


def _check_declaratie(inhoud: bytes) -> Invoerfout | None:
    """What a file says of itself in its first line; of one in which that cannot be found nobody knows how it is to be read."""
    einde = inhoud.find(b"?>", 0, _LANGSTE_DECLARATIE)
    if einde < 0:
        return _refuse(_LANGE_DECLARATIE, regelnummer=1)
    versie = next((item for item in _VERSIE.findall(inhoud, 0, einde) if item != b"1.0"), None)
    if versie is not None:
        return _refuse(f'De eerste regel noemt XML-versie "{_ascii(versie)}". Maak het bestand als XML 1.0.', regelnummer=1)
    codering = next((item for item in _CODERING.findall(inhoud, 0, einde) if item.upper() not in _IS_UTF8), None)
    if codering is not None:
        return _refuse(f'De eerste regel noemt codering "{_ascii(codering)}"; verwacht: UTF-8. {_UTF8}', regelnummer=1)
    return None


def _check_utf8(inhoud: bytes) -> Invoerfout | None:
    """Decodes block by block, so that no second copy of the whole file is made."""
    if inhoud.isascii():
        return None
    lezer = codecs.getincrementaldecoder("utf-8")()
    rest = 0
    for begin in range(0, len(inhoud), _BLOK):
        blok = inhoud[begin : begin + _BLOK]
        try:
            lezer.decode(blok, final=begin + _BLOK >= len(inhoud))
        except UnicodeDecodeError as fout:
            return _tell_bad_byte(inhoud, begin - rest + fout.start)
        rest = len(lezer.getstate()[0])
    return None


def _tell_bad_byte(inhoud: bytes, plaats: int) -> Invoerfout:
    regel = _line_at(inhoud, plaats)
    melding = f"Op regel {regel} staat een teken dat geen UTF-8 is (byte {inhoud[plaats]:02X}). {_UTF8}"
    return _refuse(melding, regelnummer=regel)


def _check_aantallen(inhoud: bytes) -> Invoerfout | None:
    melding = find_excess(inhoud)
    return _refuse(melding) if melding else None


def _check_doctype(inhoud: bytes) -> Invoerfout | None:
    """Walks over what may stand before the root element; a DOCTYPE can stand nowhere else."""
    plaats = _skip_preamble(inhoud)
    if _ELEMENT.match(inhoud, plaats):
        return None
    regel = _line_at(inhoud, plaats)
    if inhoud[plaats : plaats + 9].upper() == b"<!DOCTYPE":
        melding = "Het bestand bevat een DOCTYPE. Dat is om veiligheidsredenen niet toegestaan. Haal de DOCTYPE weg."
        return _refuse(f"Regel {regel}: {melding}", regelnummer=regel)
    return _refuse(f"Regel {regel}: hier hoort het bericht te beginnen, maar er staat geen element. {_XML}", regelnummer=regel)


def _skip_preamble(inhoud: bytes) -> int:
    """Where white space, comments and processing instructions end. Searched and not matched: a pattern that grows by one byte at a
    time takes seconds over a comment of 25 MB, in which nobody else runs."""
    plaats = 0
    while True:
        if spatie := _SPATIE.match(inhoud, plaats):
            plaats = spatie.end()
        soort = next((paar for paar in _VOORAF if inhoud.startswith(paar[0], plaats)), None)
        tot = -1 if soort is None else inhoud.find(soort[1], plaats + len(soort[0]))
        if soort is None or tot < 0:
            return plaats
        plaats = tot + len(soort[1])


_CHECKS: tuple[Callable[[bytes], Invoerfout | None], ...] = (
    _check_omvang,
    _check_binair,
    _check_soort_tekst,
    _check_codering,
    _check_aantallen,
    _check_doctype,
)
"""In this order: each may count on the ones before it."""


def _recognise(tag: str, regelnummer: int | None) -> Berichtsoort | Invoerfout:
    namespace, naam = namespace_of(tag), localname(tag)
    soort = OP_NAMESPACE.get(plain_namespace(namespace))
    if soort and naam == "Bericht":
        return soort
    if soort:
        melding = f"Dit is een deel van een {soort.naam}: het begint met {show(naam)} in plaats van met Bericht."
        melding = f"{melding} Verstuur het hele bericht."
    else:
        melding = _tell_unknown(namespace, naam)
    return Invoerfout(show(naam), REGEL_XSD, melding, regelnummer)


def _tell_unknown(namespace: str, element: str) -> str:
    delen = _NAMESPACE.fullmatch(namespace)
    if not delen:
        return _tell_strange_root(namespace, element)
    standaard, release, naam = delen[1], f"{delen[2]}.{delen[3]}", delen[4].upper()
    if standaard != "ijw":
        wat = _ANDERE_STANDAARDEN.get(standaard, f"een bericht van standaard {show(standaard)}")
        return f"Dit is {wat}: {show(naam)} van release {release}. {_gelezen()} {_ANDERE_WEG}"
    naam = _ZONDER_LETTER.sub("", naam)
    if naam in NIET_GELEZEN:
        return _tell_unread(naam, release)
    releases = [soort.release for soort in SOORTEN if soort.naam == naam and not soort.van_toen]
    if releases:
        return _tell_other_release(naam, release, releases)
    return f"Dit is een onbekend iJw-bericht: {show(naam)} van release {release}. {_gelezen()}"


def _tell_unread(naam: str, release: str) -> str:
    ander = NIET_GELEZEN[naam]
    return f"Dit is een {naam} ({ander.omschrijving}) van iJw-release {release}. {_gelezen()} {ander.raad}"


def _tell_other_release(naam: str, release: str, gelezen: list[str]) -> str:
    melding = f"Dit is een {naam} van iJw-release {release}. Deze dienst leest release {join(gelezen)}."
    vraag = f"Vraag uw softwareleverancier om berichten van release {gelezen[-1]}."
    return " ".join(deel for deel in (melding, vraag, ANDERE_RELEASE.get(naam, "")) if deel)


def _tell_strange_root(namespace: str, element: str) -> str:
    if element == "Envelope":
        return f"Dit is een bericht in een envelop (Envelope). Haal het iJw-bericht eruit en verstuur dat. {_gelezen()}"
    if element != "Bericht":
        return f"Dit is geen iJw-bericht: het begint met {show(element)} in plaats van met Bericht. {_gelezen()}"
    waar = f"in namespace {show_uri(namespace)}" if namespace else "niet in een namespace"
    return f"Bericht staat {waar}; zo is niet te zien welk bericht dit is. Verwacht: een namespace als {JW323.namespace}."


def _gelezen() -> str:
    """Which messages are read, those with the same releases together."""
    releases: dict[str, list[str]] = {}
    for soort in HEENBERICHTEN:
        if soort.van_toen:
            continue
        releases.setdefault(soort.naam, []).append(soort.release)
    groepen: dict[tuple[str, ...], list[str]] = {}
    for naam, lijst in releases.items():
        groepen.setdefault(tuple(lijst), []).append(naam)
    return "Deze dienst leest " + join([f"{join(namen)} van release {join(list(deel))}" for deel, namen in groepen.items()]) + "."


def _line_at(inhoud: bytes, plaats: int) -> int:
    return inhoud.count(b"\n", 0, plaats) + 1


def _ascii(waarde: bytes) -> str:
    return show(waarde.decode("ascii", "replace"))
