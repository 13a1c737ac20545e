"""ZIP files that lie, are damaged, or unpack to more than they should."""

import struct
from collections.abc import Callable, Iterator
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

from tests.aanval.doel import Aanval, post
from tests.aanval.xml import MB, bomb, references, stuff
from tests.hulp.bouw import bouw

_METHODEN = {"stored": ZIP_STORED, "deflate": ZIP_DEFLATED, "bzip2": ZIP_BZIP2, "lzma": ZIP_LZMA}
_SOORTEN = ("application/zip", "application/x-zip-compressed", "application/octet-stream", "application/xml", "text/plain")


def attacks() -> Iterator[Aanval]:
    """Methods × damage, bombs, lies, names and labels."""
    for naam, make in (*_damaged(), *_bombs(), *_lies(), *_names()):
        yield Aanval("zip", naam, post("/berichten", "application/zip", make), vlug="klein" in naam)
    for soort in _SOORTEN:
        yield Aanval("zip", f"genoemd {soort}", post("/berichten", soort, lambda: zip_of(("a.xml", bouw("JW323")))), vlug=True)
        yield Aanval("zip", f"geen ZIP, genoemd {soort}", post("/berichten", soort, lambda: b"<a/>" * 1000), vlug=True)


def zip_of(*delen: tuple[str, bytes], methode: int = ZIP_DEFLATED) -> bytes:
    """A ZIP with these files."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", methode) as archief:
        for naam, inhoud in delen:
            archief.writestr(ZipInfo(naam), inhoud, methode)
    return buffer.getvalue()


def _damaged() -> Iterator[tuple[str, Callable[[], bytes]]]:
    for naam, methode in _METHODEN.items():
        heel = zip_of(("a.xml", bouw("JW323")), ("b.xml", bouw("JW301")), methode=methode)
        yield f"{naam}, heel (klein)", lambda heel=heel: heel  # type: ignore[misc]
        yield f"{naam}, half (klein)", lambda heel=heel: heel[: len(heel) // 2]  # type: ignore[misc]
        for plaats in (4, 8, 14, 18, 22, 26, 40, 60, 100, -10, -40, -70, -100):
            yield f"{naam}, kapot op {plaats} (klein)", lambda heel=heel, plaats=plaats: _break(heel, plaats)  # type: ignore[misc]


def _break(heel: bytes, plaats: int) -> bytes:
    kapot = bytearray(heel)
    plaats %= len(kapot)
    kapot[plaats : plaats + 6] = b"\xff\x00\x7f\x80\x01\xfe"
    return bytes(kapot)


def _bombs() -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield "3 x 20 MB tekenverwijzingen", lambda: zip_of(*((f"{i}.xml", references(20 * MB)) for i in range(3)))
    yield "2 x 20 MB tekenverwijzingen", lambda: zip_of(*((f"{i}.xml", references(20 * MB)) for i in range(2)))
    yield "anderhalf miljoen lege elementen", lambda: zip_of(("a.xml", bomb()))
    yield "30 x 25 MB nullen", lambda: zip_of(*((f"{i}.xml", bytes(25 * MB)) for i in range(30)))
    yield "30 x 1 MB lege elementen", lambda: zip_of(*((f"{i}.xml", b"<a/>" * 250_000) for i in range(30)))
    yield "30 x 1 MB regels", lambda: zip_of(*((f"{i}.xml", stuff("JW323", "Prestatie", MB)) for i in range(30)))
    yield "2 x 24 MB, niet ingepakt", lambda: zip_of(("a.xml", b"<a/>" * 6 * MB), methode=ZIP_STORED)
    yield "ZIP in ZIP in ZIP (klein)", lambda: zip_of(("a.zip", zip_of(("b.zip", zip_of(("c.xml", bomb()))))))
    yield "10.001 mappen", lambda: zip_of(*((f"{i}/", b"") for i in range(10_001)))
    yield "60.000 bestanden", lambda: zip_of(*((f"{i}", b"") for i in range(60_000)))


def _lies() -> Iterator[tuple[str, Callable[[], bytes]]]:
    heel = zip_of(("a.xml", bouw("JW323")))
    lijst = heel.index(b"PK\x01\x02")
    einde = heel.index(b"PK\x05\x06")
    for naam, waarde in (("nul", 0), ("tien", 10), ("4 GB", 0xFFFFFFFF), ("25 MB", 25 * MB)):
        for veld, plaats in (("ingepakt", 20), ("uitgepakt", 24), ("begin", 42)):
            yield f"{veld} {naam} (klein)", lambda plaats=plaats, waarde=waarde: _put(heel, lijst + plaats, waarde)  # type: ignore[misc]
    yield "wachtwoord (klein)", lambda: _flag(heel, lijst)
    yield "negen keer dezelfde bytes (klein)", lambda: _repeat(heel, lijst, einde, 9)
    yield "lijst voorbij het einde (klein)", lambda: _put(heel, einde + 16, 0x7FFFFFFF)
    yield "lang commentaar (klein)", lambda: heel[:-2] + struct.pack("<H", 0xFFFF) + b"PK\x05\x06" * 16_000
    yield "alleen een einde (klein)", lambda: heel[einde:]
    yield "rommel vooraf (klein)", lambda: b"PK\x03\x04" + b"x" * 10_000 + heel


def _put(heel: bytes, plaats: int, waarde: int) -> bytes:
    kapot = bytearray(heel)
    struct.pack_into("<L", kapot, plaats, waarde)
    return bytes(kapot)


def _flag(heel: bytes, lijst: int) -> bytes:
    kapot = bytearray(heel)
    kapot[6] |= 1
    kapot[lijst + 8] |= 1
    return bytes(kapot)


def _repeat(heel: bytes, lijst: int, einde: int, keer: int) -> bytes:
    vermelding, staart = heel[lijst:einde], bytearray(heel[einde:])
    struct.pack_into("<HHL", staart, 8, keer, keer, keer * len(vermelding))
    return heel[:lijst] + vermelding * keer + bytes(staart)


def _names() -> Iterator[tuple[str, Callable[[], bytes]]]:
    for naam in ("../../../etc/passwd.xml", "/a.xml", "C:\\a.xml", "a" * 60_000, "é.xml", "a\nb.xml", " ", ".", "__MACOSX/a.xml"):
        yield f"naam {naam[:12]!r} (klein)", lambda naam=naam: zip_of((naam, bouw("JW323")))  # type: ignore[misc]
    yield "twee keer dezelfde naam (klein)", lambda: zip_of(("a.xml", bouw("JW323"))) + zip_of(("a.xml", bouw("JW301")))
