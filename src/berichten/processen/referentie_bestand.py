"""A reference file as a whole: from bytes to lines, and what a spreadsheet may have made of it that is not our CSV."""

import csv
import re
from collections.abc import Sequence

from berichten.fouten import Invoerfout
from berichten.standaard.uitleg_waarde import show

_SOORTEN_BEGIN = (
    (b"PK\x03\x04", "Dit is een werkmap van een rekenprogramma. Sla het blad op als CSV met tekenset UTF-8."),
    (b"\xd0\xcf\x11\xe0", "Dit is een oude werkmap van een rekenprogramma. Sla het blad op als CSV met tekenset UTF-8."),
    (b"\xef\xbb\xbf", "Het bestand begint met een BOM. Sla het op als UTF-8 zonder BOM."),
    (b"\xff\xfe", "Het bestand is UTF-16. Sla het op als CSV met tekenset UTF-8, zonder BOM."),
    (b"\xfe\xff", "Het bestand is UTF-16. Sla het op als CSV met tekenset UTF-8, zonder BOM."),
)
_REGELEINDE = re.compile(rb"\r(?!\n)")


def read_lines(soort: str, kolommen: Sequence[str], inhoud: bytes) -> list[str] | Invoerfout:
    """The lines of a file, the header first and proven right; or the one fault for which nothing else can be read."""
    begin = next((melding for teken, melding in _SOORTEN_BEGIN if inhoud.startswith(teken)), None)
    if begin:
        return Invoerfout("", soort, begin, 1)
    if not inhoud.strip():
        return Invoerfout("", soort, f"Het bestand is leeg. {_expected(kolommen)}", 1)
    if b"\n" not in inhoud and _REGELEINDE.search(inhoud):
        melding = "De regels eindigen met alleen CR. Sla het bestand op met regeleinden CRLF (Windows) of LF (Unix)."
        return Invoerfout("", soort, melding, 1)
    try:
        tekst = inhoud.decode("utf-8")
    except UnicodeDecodeError as fout:
        return _not_utf8(soort, kolommen, inhoud, fout.start)
    regels = [regel.removesuffix("\r") for regel in tekst.split("\n")]
    return _check_header(soort, kolommen, regels[0]) or regels


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


def _check_header(soort: str, kolommen: Sequence[str], regel: str) -> Invoerfout | None:
    namen = split_line(regel)
    if namen == list(kolommen):
        return None
    kolom, melding = _judge_header(kolommen, regel, namen)
    return Invoerfout(kolom, soort, f"{melding} {_expected(kolommen)}", 1)


def _judge_header(kolommen: Sequence[str], regel: str, namen: list[str] | str) -> tuple[str, str]:
    """The first column that is wrong, and what is wrong with it."""
    if isinstance(namen, str):
        return "", namen
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


def _expected(kolommen: Sequence[str]) -> str:
    return f"De eerste regel moet precies zijn: {';'.join(kolommen)}"
