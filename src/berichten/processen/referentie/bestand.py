"""A reference file as a whole: from bytes to lines, and what a spreadsheet may have made of it that is not our CSV.

What spreadsheets add without anybody asking is passed over: a BOM, CRLF, empty rows, empty columns at the edges. Columns that a
kind got later may be left out. A workbook (XLSX) is read as it is.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from berichten.fouten import Invoerfout
from berichten.kern.taal import meervoud, telling
from berichten.kern.tekst import getal
from berichten.processen.referentie.soorten import Bestandskolom
from berichten.processen.referentie.werkmap import BEGIN, GeenWerkmap, cell_text, read_cells
from berichten.standaard.uitleg.waarde import show

_SOORTEN_BEGIN = (
    (
        b"\xd0\xcf\x11\xe0",
        "Dit is een oude werkmap (XLS), of een werkmap met een wachtwoord. Sla hem op als XLSX zonder wachtwoord of als CSV.",
    ),
    (b"\xff\xfe", "Het bestand is UTF-16. Sla het op als CSV met tekenset UTF-8."),
    (b"\xfe\xff", "Het bestand is UTF-16. Sla het op als CSV met tekenset UTF-8."),
)
MEESTE_TEKENS = 10_000
"""Characters of one line: a row of ours takes some hundreds, and columns without end would fill the memory."""
MEESTE_REGELS = 1_000_000
"""Lines of a file: 25 MB of ours are some 600,000, and millions of short ones would fill the memory before the first is read."""
_BOM = b"\xef\xbb\xbf"
_REGELEINDE = re.compile(rb"\r(?!\n)")
_NA_DE_KOP = "Op deze regel staat iets in een kolom zonder naam. Haal dat weg, of geef de kolom een naam."

Regel = str | list[str]
"""A line of a CSV file, or the cells of a row of a workbook."""


@dataclass(frozen=True, slots=True)
class Blad:
    """The lines below a header that is proven right, and where the columns of the kind stand in them."""

    regels: Sequence[Regel]
    eerste: int
    """Line number in the file of the first of them."""
    links: int
    """Empty columns before the first."""
    breedte: int
    """Columns that the header names."""
    plaatsen: tuple[int | None, ...]
    """For each column of the kind its place among those; None for one that the file leaves out."""

    def split(self, regel: Regel) -> list[str] | str:
        """The values of a line in the order of the kind, none when it is empty; or what is wrong with the line, in Dutch."""
        velden = regel if isinstance(regel, list) else split_line(regel)
        if isinstance(velden, str):
            return velden
        if not any(map(_is_filled, velden)):
            return []
        eigen = velden[self.links : self.links + self.breedte]
        buiten = velden[: self.links] + velden[self.links + self.breedte :]
        if len(eigen) < self.breedte or (any(map(_is_filled, buiten)) and isinstance(regel, str)):
            return _count_fault(velden, self.breedte)
        if any(map(_is_filled, buiten)):
            return _NA_DE_KOP
        return ["" if plaats is None else eigen[plaats] for plaats in self.plaatsen]


def read_lines(soort: str, kolommen: Sequence[Bestandskolom], inhoud: bytes) -> Blad | Invoerfout:
    """The lines of a file below its header, which is proven right; or the one fault for which nothing else can be read."""
    if inhoud.startswith(BEGIN):
        return _read_workbook(soort, kolommen, inhoud)
    begin = next((melding for teken, melding in _SOORTEN_BEGIN if inhoud.startswith(teken)), None)
    if begin:
        return Invoerfout("", soort, begin, 1)
    inhoud = inhoud.removeprefix(_BOM)
    if not inhoud.strip():
        return Invoerfout("", soort, f"Het bestand is leeg. {_expected(kolommen)}", 1)
    if b"\n" not in inhoud and _REGELEINDE.search(inhoud):
        melding = "De regels eindigen met alleen CR. Sla het bestand op met regeleinden CRLF (Windows) of LF (Unix)."
        return Invoerfout("", soort, melding, 1)
    if inhoud.count(b"\n") > MEESTE_REGELS:
        melding = (
            f"Het bestand heeft meer dan {getal(MEESTE_REGELS)} regels. Verdeel ze over meer bestanden, en haal lege regels weg."
        )
        return Invoerfout("", soort, melding, 1)
    try:
        tekst = inhoud.decode("utf-8")
    except UnicodeDecodeError as fout:
        return _not_utf8(soort, [kolom.naam for kolom in kolommen], inhoud, fout.start)
    regels = [regel.removesuffix("\r") for regel in tekst.split("\n")]
    lang = next((nummer for nummer, regel in enumerate(regels, 1) if len(regel) > MEESTE_TEKENS), None)
    if lang is not None:
        melding = f"Deze regel is langer dan {MEESTE_TEKENS} tekens. Controleer of elke rij op een regel van zichzelf staat."
        return Invoerfout("", soort, melding, lang)
    leeg = sum(1 for _ in takewhile(lambda regel: not regel.strip("; "), regels))
    if leeg == len(regels):
        return Invoerfout("", soort, f"Het bestand is leeg. {_expected(kolommen)}", 1)
    return _below_header(soort, kolommen, regels[leeg:], leeg)


def _read_workbook(soort: str, kolommen: Sequence[Bestandskolom], inhoud: bytes) -> Blad | Invoerfout:
    try:
        rijen = read_cells(inhoud)
    except GeenWerkmap as fout:
        return Invoerfout("", soort, str(fout), 1)
    leeg = sum(1 for _ in takewhile(lambda rij: not any(waarde not in (None, "") for waarde in rij), rijen))
    if leeg == len(rijen):
        return Invoerfout("", soort, f"Het eerste blad van deze werkmap is leeg. {_expected(kolommen)}", 1)
    per_naam = {kolom.naam: kolom for kolom in kolommen}
    kop = [cell_text(waarde) for waarde in rijen[leeg]]
    onder = [per_naam.get(naam) for naam in kop]
    breedte = max(map(len, rijen[leeg:]))
    onder += [None] * (breedte - len(onder))
    regels: list[Regel] = [kop + [""] * (breedte - len(kop))]
    for rij in rijen[leeg + 1 :]:
        cellen = [cell_text(waarde, kolom) for waarde, kolom in zip(rij, onder, strict=False)]
        regels.append(cellen + [""] * (breedte - len(cellen)))
    return _below_header(soort, kolommen, regels, leeg)


def _below_header(soort: str, kolommen: Sequence[Bestandskolom], regels: Sequence[Regel], leeg: int) -> Blad | Invoerfout:
    """`regels` begins with the header, before which `leeg` empty lines stand."""
    kop = regels[0]
    velden = kop if isinstance(kop, list) else split_line(kop)
    if isinstance(velden, str):
        return Invoerfout("", soort, f"{velden} {_expected(kolommen)}", leeg + 1)
    links = next((plaats for plaats, veld in enumerate(velden) if _is_filled(veld)), 0)
    namen = velden[links : max((plaats + 1 for plaats, veld in enumerate(velden) if _is_filled(veld)), default=0)]
    verwacht = [kolom.naam for kolom in kolommen if not kolom.later or kolom.naam in namen]
    if namen != verwacht:
        plaats, melding = _judge_header(verwacht, kop, namen)
        return Invoerfout(plaats, soort, f"{melding} {_expected(kolommen)}", leeg + 1)
    plaatsen = tuple(namen.index(kolom.naam) if kolom.naam in namen else None for kolom in kolommen)
    return Blad(regels[1:], leeg + 2, links, len(namen), plaatsen)


def _is_filled(veld: str) -> bool:
    return bool(veld.strip())


def _count_fault(velden: Sequence[str], aantal: int) -> str:
    staat = f"Deze regel heeft {telling(len(velden), 'kolom', 'kolommen')} in plaats van {aantal}."
    if len(velden) > aantal:
        return f"{staat} Staat er een puntkomma in een waarde, zet die waarde dan tussen dubbele aanhalingstekens."
    return f"{staat} Zet ook voor een lege waarde een puntkomma."


def split_line(regel: str) -> list[str] | str:
    """The values of one line; or, when its quotes are wrong, a Dutch sentence about them."""
    if '"' not in regel:
        return regel.split(";")
    try:
        return next(csv.reader([regel], delimiter=";", strict=True))
    except csv.Error:
        return (
            "De dubbele aanhalingstekens op deze regel kloppen niet. Zet er een aan het begin en een aan het eind van de waarde, op"
            " dezelfde regel, en schrijf een aanhalingsteken in de waarde dubbel."
        )


def _not_utf8(soort: str, kolommen: Sequence[str], inhoud: bytes, plaats: int) -> Invoerfout:
    nummer = inhoud.count(b"\n", 0, plaats) + 1
    positie = inhoud.count(b";", inhoud.rfind(b"\n", 0, plaats) + 1, plaats)
    kolom = kolommen[positie] if positie < len(kolommen) else ""
    waar = f"Kolom {kolom} bevat" if kolom else "Deze regel bevat"
    melding = f"{waar} een teken dat geen UTF-8 is. Sla het bestand op als CSV met tekenset UTF-8."
    return Invoerfout(kolom, soort, melding, nummer)


def _judge_header(kolommen: Sequence[str], kop: Regel, namen: list[str]) -> tuple[str, str]:
    """The first column that is wrong, and what is wrong with it."""
    regel = kop if isinstance(kop, str) else ""
    if regel.lower().startswith("sep="):
        return "", f'De eerste regel is "{show(regel)}". Haal die regel weg.'
    for teken, naam in ((",", "een komma"), ("\t", "een tab")):
        if len(namen) == 1 and teken in regel:
            return "", f"Tussen de kolommen staat {naam}. Gebruik een puntkomma."
    return _first_difference(kolommen, namen)


def _first_difference(kolommen: Sequence[str], namen: list[str]) -> tuple[str, str]:
    te_veel = [(i, naam) for i, naam in enumerate(namen) if naam not in kolommen or naam in namen[:i]]
    ontbreekt = [(i, naam) for i, naam in enumerate(kolommen) if naam not in namen]
    if ontbreekt and te_veel and ontbreekt[0][0] == te_veel[0][0]:
        plaats, moet = ontbreekt[0]
        return moet, f'Kolom {plaats + 1} heet "{show(namen[plaats])}" en moet {moet} heten.'
    if ontbreekt:
        plaats, moet = ontbreekt[0]
        return moet, f"Kolom {moet} ontbreekt; die hoort op plaats {plaats + 1}."
    if te_veel:
        plaats, naam = te_veel[0]
        return show(naam), f'Kolom {plaats + 1}, "{show(naam)}", is te veel. Haal die kolom weg.'
    plaats = next(i for i, (staat, moet) in enumerate(zip(namen, kolommen, strict=True)) if staat != moet)
    return kolommen[plaats], f"Kolom {kolommen[plaats]} staat op de verkeerde plaats; die hoort op plaats {plaats + 1}."


def _expected(kolommen: Sequence[Bestandskolom]) -> str:
    """What the header should be; columns that may be left out are named apart."""
    later = [kolom.naam for kolom in kolommen if kolom.later]
    mag = f" ({' en '.join(later)} {meervoud(len(later), 'mag', 'mogen')} ontbreken)" if later else ""
    return f"De eerste regel moet precies zijn{mag}: {';'.join(kolom.naam for kolom in kolommen)}"
