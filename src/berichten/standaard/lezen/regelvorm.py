"""How a client of a JW323 and its lines are written: the patterns by which they are read from bytes.

Two kinds of them. `Patronen` take any white space between elements, and any values. An `Opmaak` has in it the white space of one
message, which its software puts at the same places from the first line to the last: with it thousands of lines are found at once,
and as it says how many bytes and line ends lie between values, nothing is looked for twice.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, chain, repeat
from typing import NamedTuple

# E: and G: are the prefixes of the message and of what messages share, white space is white space if any, [.] a value, and so is
# another letter in brackets, which may be as usual.
CLIENT = "<E:Client> <E:Bsn>[b]</E:Bsn> <E:Prestaties> "
PRESTATIE = """<E:Prestatie>
    <E:ProductReferentie>
        <G:ReferentieNummer>[r]</G:ReferentieNummer>(
        <G:VorigReferentieNummer>[r]</G:VorigReferentieNummer>)?
    </E:ProductReferentie>
    <E:ToewijzingNummer>[n]</E:ToewijzingNummer>
    <E:ProductCategorie>[.]</E:ProductCategorie>
    <E:ProductCode>[.]</E:ProductCode>
    <E:ProductPeriode> <G:Begindatum>[.]</G:Begindatum> <G:Einddatum>[.]</G:Einddatum> </E:ProductPeriode>
    <E:GeleverdVolume>[v]</E:GeleverdVolume>
    <E:Eenheid>[.]</E:Eenheid>(
    <E:ProductTarief>[.]</E:ProductTarief>)?
    <E:IngediendBedrag>
        <G:Bedrag>[v]</G:Bedrag> <G:DebetCredit>[.]</G:DebetCredit> </E:IngediendBedrag>
</E:Prestatie>"""
EINDE = " </E:Prestaties> </E:Client> "
GEWOON = {"b": "[0-9]{9}", "r": "[A-Za-z0-9_./-]{1,20}", "n": "[0-9]{1,9}", "v": "[0-9]{1,8}"}
"""Values that differ from line to line, as almost everybody writes them: narrower than what the schemas allow."""
_WAARDE, _WAARDE_BYTES = re.compile(r"\[(.)\]"), re.compile(rb"\[.\]")
_PREFIXEN = re.compile(rb"(?<=[</])[EG]:")
_WIT = re.compile(r"\s+")
_KEUZEDEEL = re.compile(rb"\(([^()]*)\)\?")
_KEUZEDEEL_OF_WAARDE = re.compile(_KEUZEDEEL.pattern + rb"|\[.\]")
_TUSSEN_TAGS = re.compile(rb">([ \t\r\n]*)<")
_KEUZEPLEKKEN = tuple(len(_WIT.findall(PRESTATIE[: begin.start()])) for begin in re.finditer(r"\(", PRESTATIE))
"""Which white space of a line stands before what it may leave out."""
_VORIG, _TARIEF = 1, 9
"""Places of those values."""


class Patronen(NamedTuple):
    """What is looked for in a message with certain prefixes."""

    client: "re.Pattern[bytes]"
    gewoon: "re.Pattern[bytes]"
    """A line whose values are as usual."""
    prestatie: "re.Pattern[bytes]"
    einde: "re.Pattern[bytes]"


@lru_cache(maxsize=16)
def compile_patterns(eigen: bytes, gedeeld: bytes) -> Patronen:
    """The patterns for a message with these prefixes, colon and all."""

    def make(vorm: str, gewoon: bool = False) -> "re.Pattern[bytes]":
        wit = _set_white(vorm, repeat(r"[ \t\r\n]*+"))
        return re.compile(_as_pattern(wit, gewoon, r"[^<&\r]", eigen, gedeeld))

    return Patronen(make(CLIENT), make(f"{PRESTATIE} ", gewoon=True), make(f"{PRESTATIE} "), make(EINDE))


class _Maat(NamedTuple):
    """What a piece takes besides its values."""

    bytes: int
    regeleinden: int


class Opmaak:
    """How one message writes its lines, with values that are as usual; what is written otherwise it does not find."""

    def __init__(self, eigen: bytes, gedeeld: bytes, wit: Sequence[str], wit_naar_client: Sequence[str]) -> None:
        """White space within a line, and from the end of a line to the first one of the next client."""
        regel, naar_client = _set_white(PRESTATIE, wit), _set_white(EINDE + CLIENT, wit_naar_client)
        naar_regel = wit_naar_client[-1]
        delen = (_as_pattern(vorm, True, r"[^<& \t\r\n]", eigen, gedeeld) for vorm in (naar_client, naar_regel, regel))
        self._patroon = re.compile(b"(?:%b|%b)%b" % tuple(delen))
        self._regel, naar, self._naar_regel = (_set_prefixes(vorm, eigen, gedeeld) for vorm in (regel, naar_client, naar_regel))
        begin = naar.index(b"<%bClient>" % eigen)
        self._einde_client, self._begin_client = naar[:begin], naar[begin:]
        self._vast = _measure(_KEUZEDEEL.sub(b"", self._regel))
        self._vorig, self._tarief = map(_measure, _KEUZEDEEL.findall(self._regel))
        self._wissel, self._tussen = _measure(naar), _measure(self._naar_regel)
        self.onder_bsn = naar.partition(b"[b]")[2].count(b"\n")
        """Lines of the file between the Bsn of a client and its first line."""

    def find_all(self, inhoud: bytes, van: int, tot: int) -> "list[tuple[bytes, ...]] | None":
        """Each value of every line, in the order of the form, behind the Bsn where a client begins; empty for what is not there.

        None unless that is all that stands from `van`, where a line begins, to `tot`.
        """
        begin = van - len(self._naar_regel)
        kolommen = list(zip(*self._patroon.findall(inhoud, begin, tot), strict=True))
        if not kolommen or not inhoud.startswith(self._naar_regel, begin):
            return None
        bsns, vorige, tarieven = kolommen[0], kolommen[1 + _VORIG], kolommen[1 + _TARIEF]
        keren = [len(bsns), *(len(bsns) - waarden.count(b"") for waarden in (vorige, tarieven, bsns)), bsns.count(b"")]
        maten = (self._vast, self._vorig, self._tarief, self._wissel, self._tussen)
        omvang = sum(keer * maat.bytes for keer, maat in zip(keren, maten, strict=True))
        # Matches do not overlap: when they are together as long as it is, nothing lies between them.
        gevonden = omvang + sum(len(b"".join(waarden)) for waarden in kolommen)
        return kolommen if gevonden == tot - begin else None

    def number_lines(self, kolommen: "Sequence[tuple[bytes, ...]]", eerste: int) -> list[int]:
        """Line of the file on which each begins, and behind them the one on which the last ends; `eerste` is that of the first."""
        vast, vorig, tarief = self._vast.regeleinden, self._vorig.regeleinden, self._tarief.regeleinden
        wissel, tussen = self._wissel.regeleinden, self._tussen.regeleinden
        erna = chain(kolommen[0][1:], (None,))
        stappen = (
            vast + (vorig if eerder else 0) + (tarief if heeft else 0) + (0 if bsn is None else wissel if bsn else tussen)
            for eerder, heeft, bsn in zip(kolommen[1 + _VORIG], kolommen[1 + _TARIEF], erna, strict=True)
        )
        return list(accumulate(stappen, initial=eerste))

    def write_client(self, bsn: bytes, regels: "Iterable[Sequence[bytes]]") -> bytes:
        """A client with these lines, from their values, as the message has it."""
        geschreven = self._naar_regel.join(self._write_line(regel) for regel in regels)
        return self._begin_client.replace(b"[b]", bsn) + geschreven + self._einde_client

    def _write_line(self, waarden: "Sequence[bytes]") -> bytes:
        volgende = iter(waarden)

        def fill(plek: "re.Match[bytes]") -> bytes:
            waarde = next(volgende)
            if plek[1] is None:
                return waarde
            return _WAARDE_BYTES.sub(lambda _: waarde, plek[1]) if waarde else b""

        return _KEUZEDEEL_OF_WAARDE.sub(fill, self._regel)


def learn_opmaak(eigen: bytes, gedeeld: bytes, regel: bytes, naar_client: bytes) -> Opmaak | None:
    """The layout of a message of which this is a line, and this what stands between `>` of a line's end and `<` of the first of the
    next client; None when white space is all of a value in them."""
    wit, wit_naar_client = _find_white(regel), _find_white(naar_client)
    for plek, naam in zip(_KEUZEPLEKKEN, (b"VorigReferentieNummer>", b"ProductTarief>"), strict=True):
        if naam not in regel:
            # As before the element in front of it.
            wit.insert(plek, wit[plek - 1])
    if (len(wit), len(wit_naar_client)) != (len(_WIT.findall(PRESTATIE)), len(_WIT.findall(EINDE + CLIENT))):
        return None
    return Opmaak(eigen, gedeeld, wit, wit_naar_client)


def _find_white(tekst: bytes) -> list[str]:
    return [wit.decode() for wit in _TUSSEN_TAGS.findall(tekst)]


def _set_white(vorm: str, wit: Iterable[str]) -> str:
    plekken = iter(wit)
    return _WIT.sub(lambda _: next(plekken), vorm)


def _as_pattern(vorm: str, gewoon: bool, teken: str, eigen: bytes, gedeeld: bytes) -> bytes:
    """`teken` is a character of a value that need not be as usual."""
    patroon = _WAARDE.sub(lambda letter: f"({(gewoon and GEWOON.get(letter[1])) or f'{teken}++'})", vorm.replace("(", "(?:"))
    return _set_prefixes(patroon, re.escape(eigen), re.escape(gedeeld))


def _set_prefixes(vorm: str, eigen: bytes, gedeeld: bytes) -> bytes:
    return _PREFIXEN.sub(lambda prefix: eigen if prefix[0] == b"E:" else gedeeld, vorm.encode())


def _measure(vorm: bytes) -> _Maat:
    return _Maat(len(_WAARDE_BYTES.sub(b"", vorm)), vorm.count(b"\n"))
