"""How one value of a reference file is read. A value that cannot be right is refused in Dutch, with what it should have been."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from berichten.standaard.uitleg.waarde import show
from berichten.standaard.waarden.bsn import holds_bsn
from berichten.standaard.waarden.gemeenten import gemeenten

Lezing = Callable[[str], Any]
"""Reads a filled value; raises OnjuisteWaarde."""

_DATUM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_DATUM_ANDERSOM = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})(?: .*)?")
_DATUM_BIJNA = re.compile(r"([0-9]{4})[-/.]?([0-9]{1,2})[-/.]?([0-9]{1,2})(?:[T ].*)?")
_MAAND = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_MAAND_BIJNA = re.compile(r"([0-9]{4})[-/.]?([0-9]{1,2})(?:-[0-9]{1,2})?")
_MAAND_ANDERSOM = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{4})")
_KOMMABEDRAG = re.compile(r"(?:€ ?)?([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)[,.]([0-9]{1,2}|-)")
_EERSTE_JAAR = 1900
_VIER_CIJFERS, _ACHT_CIJFERS = re.compile(r"[0-9]{4}"), re.compile(r"[0-9]{8}")


class OnjuisteWaarde(ValueError):
    """A value that cannot be right. Its text follows on the column's name: `is "1-1-2026". Schrijf …`."""


def read_gemeente(tekst: str) -> str:
    """A gemeentecode that is, or was, in use (CBS)."""
    if not _VIER_CIJFERS.fullmatch(tekst):
        raise OnjuisteWaarde(f'is "{show(tekst)}". Een gemeentecode heeft vier cijfers{_lost_zeros(tekst, 4)}.')
    if tekst not in gemeenten():
        raise OnjuisteWaarde(f'is "{tekst}". Die gemeentecode bestaat niet. Controleer de code in de lijst van het CBS.')
    return tekst


def read_agb(tekst: str) -> str:
    """An AGB code: eight digits."""
    if not _ACHT_CIJFERS.fullmatch(tekst):
        raise OnjuisteWaarde(f'is "{show(tekst)}". Een AGB-code heeft acht cijfers{_lost_zeros(tekst, 8)}.')
    return tekst


def _lost_zeros(tekst: str, lengte: int) -> str:
    """Spreadsheets drop zeros in front."""
    if tekst.isascii() and tekst.isdigit() and lengte - 2 <= len(tekst) < lengte:
        return f"; bedoelt u {tekst.zfill(lengte)}? Rekenprogramma's laten nullen vooraan weg: maak er een tekstkolom van"
    return ""


def read_tekst(meeste: int, *, nummer: bool = False) -> Lezing:
    """Free text of at most so many characters, without a BSN; a `nummer` that its sender chose may look like one."""

    def read(tekst: str) -> str:
        if len(tekst) > meeste:
            raise OnjuisteWaarde(f"is {len(tekst)} tekens lang. Maak er ten hoogste {meeste} van.")
        if not nummer and holds_bsn(tekst):
            raise OnjuisteWaarde("heeft een burgerservicenummer. Haal het weg: dit wordt aan anderen getoond.")
        return tekst

    return read


def read_productcode(tekst: str) -> str:
    """A product code: at most five characters, as messages can hold (LDT_ProductCode)."""
    if len(tekst) > 5 or " " in tekst:
        raise OnjuisteWaarde(f'is "{show(tekst)}". Een productcode heeft ten hoogste vijf tekens, zonder spatie. Verbeter de code.')
    return tekst


def read_keuze(*waarden: str) -> Lezing:
    """One of a few words or codes."""

    def read(tekst: str) -> str:
        if tekst in waarden:
            return tekst
        bedoeld = next((waarde for waarde in waarden if tekst.lower() == waarde.lower() or tekst.zfill(2) == waarde), None)
        if bedoeld:
            raise OnjuisteWaarde(f'is "{show(tekst)}". Schrijf het precies zo: {bedoeld}.')
        raise OnjuisteWaarde(f'is "{show(tekst)}". Kies uit: {", ".join(waarden)}.')

    return read


def read_ja_nee(tekst: str) -> bool:
    """`ja` or `nee`."""
    return bool(_JA_NEE(tekst) == "ja")


_JA_NEE = read_keuze("ja", "nee")


def read_datum(tekst: str) -> date:
    """A day, written jjjj-mm-dd."""
    if not _DATUM.fullmatch(tekst):
        raise OnjuisteWaarde(f'is "{show(tekst)}". Schrijf een datum als jjjj-mm-dd{_meant_date(tekst)}.')
    dag = _as_date(*tekst.split("-"))
    if dag is None:
        raise OnjuisteWaarde(f'is "{tekst}". Die dag bestaat niet. Controleer de datum.')
    if dag.year < _EERSTE_JAAR:
        raise OnjuisteWaarde(f'is "{tekst}". Het jaar ligt voor {_EERSTE_JAAR}. Controleer de datum.')
    return dag


def _meant_date(tekst: str) -> str:
    andersom, bijna = _DATUM_ANDERSOM.fullmatch(tekst), _DATUM_BIJNA.fullmatch(tekst)
    dag = _as_date(*reversed(andersom.groups())) if andersom else _as_date(*bijna.groups()) if bijna else None
    return f": {dag}" if dag else ", bijvoorbeeld 2026-01-31"


def _as_date(jaar: str, maand: str, dag: str) -> date | None:
    try:
        return date(int(jaar), int(maand), int(dag))
    except ValueError:
        return None


def read_maand(tekst: str) -> date:
    """A month, written jjjj-mm, as its first day."""
    if _MAAND.fullmatch(tekst) and int(tekst[:4]) >= _EERSTE_JAAR:
        return date(int(tekst[:4]), int(tekst[5:]), 1)
    bijna, andersom = _MAAND_BIJNA.fullmatch(tekst), _MAAND_ANDERSOM.fullmatch(tekst)
    jaar, maand = bijna.groups() if bijna else reversed(andersom.groups()) if andersom else ("0", "0")
    bedoeld = _as_date(jaar, maand, "1")
    raad = f": {bedoeld:%Y-%m}" if bedoeld and bedoeld.year >= _EERSTE_JAAR else ", bijvoorbeeld 2026-04"
    raise OnjuisteWaarde(f'is "{show(tekst)}". Schrijf een maand als jjjj-mm{raad}.')


def read_centen(cijfers: int) -> Lezing:
    """An amount in eurocents of at most so many digits, not negative."""

    def read(tekst: str) -> int:
        if tekst.isascii() and tekst.isdigit() and len(tekst) <= cijfers:
            return int(tekst)
        if tekst.isascii() and tekst.isdigit():
            raise OnjuisteWaarde(f"heeft {len(tekst)} cijfers. Een bedrag heeft er ten hoogste {cijfers}. Controleer het bedrag.")
        raise OnjuisteWaarde(f'is "{show(tekst)}". {_meant_cents(tekst)}')

    return read


def _meant_cents(tekst: str) -> str:
    gelijkend = _KOMMABEDRAG.fullmatch(tekst)
    if gelijkend:
        euros, centen = gelijkend[1].replace(".", ""), gelijkend[2].replace("-", "").ljust(2, "0")
        return f"Schrijf het bedrag in hele eurocenten, zonder komma of punt: {int(euros + centen)}."
    if tekst.startswith("-"):
        return "Een bedrag kan hier niet negatief zijn. Controleer het bedrag."
    return "Schrijf het bedrag in hele eurocenten, alleen met cijfers: € 12,50 wordt 1250."


def read_aantal(minste: int, meeste: int) -> Lezing:
    """A whole number within limits, both allowed."""

    def read(tekst: str) -> int:
        if not (tekst.isascii() and tekst.isdigit()):
            raise OnjuisteWaarde(f'is "{show(tekst)}". Schrijf een heel getal, alleen met cijfers.')
        if not minste <= int(tekst[:12]) <= meeste:
            raise OnjuisteWaarde(f'is "{show(tekst)}". Het getal moet van {minste} tot en met {meeste} zijn.')
        return int(tekst)

    return read


def read_saldo(cijfers: int) -> Lezing:
    """An amount in eurocents of at most so many digits, which may be less than nothing."""
    lees = read_centen(cijfers)

    def read(tekst: str) -> int:
        return -int(lees(tekst[1:])) if tekst.startswith("-") else int(lees(tekst))

    return read


_TIENDEN = re.compile(r"([0-9]{1,4})(?:[,.]([0-9]))?", re.ASCII)


def read_tienden(meeste: int) -> Lezing:
    """A percentage of at most so much with one decimal, after a comma or a point, as tenths of percents."""

    def read(tekst: str) -> int:
        gelezen = _TIENDEN.fullmatch(tekst)
        tienden = 10 * meeste + 1 if gelezen is None else 10 * int(gelezen[1]) + int(gelezen[2] or 0)
        if tienden > 10 * meeste:
            voorbeeld = "12 of 12,5" if meeste > 12 else "2 of 2,5"
            raise OnjuisteWaarde(f'is "{show(tekst)}". Schrijf een percentage tot en met {meeste}, als {voorbeeld}.')
        return tienden

    return read
