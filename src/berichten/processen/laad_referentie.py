"""Import reference files (CSV as the contract lays down): every wrong line is named, and nothing is loaded unless all is right."""

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text

from berichten.fouten import Invoerfout
from berichten.processen.werkplaats import Werkplaats

Lezing = Callable[[str], Any]


class OnjuisteWaarde(ValueError):
    """A value in a file that cannot be right; its text is Dutch and says what is expected."""


@dataclass(frozen=True, slots=True)
class Bestandsoort:
    """A kind of reference file: its columns in order, each with how it is read, and where its rows go."""

    naam: str
    kolommen: Mapping[str, Lezing]
    sleutel: tuple[str, ...]
    """Columns that together may occur only once."""


def _gemeente(tekst: str) -> str:
    return _matching(tekst, r"[0-9]{4}", "vier cijfers (gemeentecode)")


def _agb(tekst: str) -> str:
    return _matching(tekst, r"[0-9]{8}", "acht cijfers (AGB-code)")


def _gevuld(tekst: str) -> str:
    if not tekst.strip():
        raise OnjuisteWaarde("is leeg; vul een waarde in")
    return tekst.strip()


def _matching(tekst: str, patroon: str, verwacht: str) -> str:
    if not re.fullmatch(patroon, tekst):
        raise OnjuisteWaarde(f'is "{tekst}"; verwacht: {verwacht}')
    return tekst


def _optional(lees: Lezing, leeg: object = None) -> Lezing:
    """A column that may be empty; it then reads as `leeg`."""
    return lambda tekst: lees(tekst) if tekst else leeg


def _choice(*waarden: str) -> Lezing:
    def read(tekst: str) -> str:
        if tekst not in waarden:
            raise OnjuisteWaarde(f'is "{tekst}"; kies uit: {", ".join(waarde or "(leeg)" for waarde in waarden)}')
        return tekst

    return read


def _datum(tekst: str) -> date:
    try:
        return datetime.strptime(tekst, "%Y-%m-%d").date()
    except ValueError:
        raise OnjuisteWaarde(f'is "{tekst}"; verwacht: een bestaande datum als jjjj-mm-dd') from None


def _centen(tekst: str) -> int:
    if not re.fullmatch(r"[0-9]{1,8}", tekst):
        raise OnjuisteWaarde(f'is "{tekst}"; verwacht: een bedrag in hele eurocenten (12,50 euro is 1250)')
    return int(tekst)


_PERIODE: dict[str, Lezing] = {"ingangsdatum": _datum, "einddatum": _optional(_datum)}
_EENHEID = _choice("01", "04", "14", "16", "82", "83", "84")

SOORTEN: dict[str, Bestandsoort] = {
    "aanbieders": Bestandsoort("aanbieders", {"gemeente": _gemeente, "agb": _agb, "naam": _gevuld}, ("gemeente", "agb")),
    "pdc": Bestandsoort(
        "pdc",
        {
            "gemeente": _gemeente,
            "productcode": _gevuld,
            "omschrijving": _gevuld,
            "productcategorie": _gevuld,
            "eenheid": _EENHEID,
            "uitvoeringsvariant": _choice("inspanning", "output"),
            "zorgvorm": str,
            "segment": str,
            "opleidingsniveau": str,
            "vereiste_registratie": _choice("", "SKJ", "BIG", "SKJ/BIG"),
            "taakveld": str,
            **_PERIODE,
        },
        ("gemeente", "productcode", "ingangsdatum"),
    ),
    "contracten": Bestandsoort(
        "contracten",
        {"gemeente": _gemeente, "agb": _agb, "productcode": _gevuld, **_PERIODE},
        ("gemeente", "agb", "productcode", "ingangsdatum"),
    ),
    "tarieven": Bestandsoort(
        "tarieven",
        {
            "gemeente": _gemeente,
            "agb": _optional(_agb, ""),
            "productcode": _gevuld,
            "opleidingsniveau": str,
            "eenheid": _optional(_EENHEID, ""),
            "tarief": _centen,
            **_PERIODE,
        },
        ("gemeente", "productcode", "agb", "opleidingsniveau", "eenheid", "ingangsdatum"),
    ),
}

_TABEL = {"aanbieders": "aanbieder", "pdc": "pdc", "contracten": "contract", "tarieven": "tarief"}


@dataclass(frozen=True, slots=True)
class Inlezing:
    """What a file holds, and what is wrong with it; rows count only when there are no faults."""

    rijen: list[dict[str, Any]]
    fouten: list[Invoerfout]


def load_referentie(werkplaats: Werkplaats, soort: str, inhoud: bytes) -> Inlezing:
    """Load a file, all of it or, when anything is wrong, nothing. Rows with a known key are replaced."""
    bestandsoort = SOORTEN[soort]
    inlezing = read_referentie(bestandsoort, inhoud)
    if inlezing.rijen and not inlezing.fouten:
        with werkplaats.opslag.transaction() as verbinding:
            verbinding.execute(text(_upsert(bestandsoort)), inlezing.rijen)
    return inlezing


def read_referentie(soort: Bestandsoort, inhoud: bytes) -> Inlezing:
    """Read a file; every fault comes with its line and column."""
    tekst = _decode(inhoud)
    if isinstance(tekst, Invoerfout):
        return Inlezing([], [tekst])
    regels = list(csv.reader(tekst.splitlines(), delimiter=";"))
    kop = list(soort.kolommen)
    if not regels or regels[0] != kop:
        melding = f"De eerste regel moet precies zijn: {';'.join(kop)}"
        return Inlezing([], [Invoerfout("", soort.naam, melding, 1)])
    fouten: list[Invoerfout] = []
    rijen: list[dict[str, Any]] = []
    gezien: dict[tuple[Any, ...], int] = {}
    for nummer, velden in enumerate(regels[1:], 2):
        if not velden:
            continue
        rij = _read_row(soort, velden, nummer, fouten)
        if rij is None:
            continue
        eerder = gezien.setdefault(tuple(rij[naam] for naam in soort.sleutel), nummer)
        if eerder != nummer:
            fouten.append(
                Invoerfout(", ".join(soort.sleutel), soort.naam, f"Staat ook al op regel {eerder}. Laat één van beide weg.", nummer)
            )
        rijen.append(rij)
    return Inlezing(rijen, fouten)


def _decode(inhoud: bytes) -> str | Invoerfout:
    if inhoud.startswith(b"\xef\xbb\xbf"):
        return Invoerfout("", "BESTAND", "Het bestand begint met een BOM. Sla het op als UTF-8 zonder BOM.", 1)
    try:
        return inhoud.decode("utf-8")
    except UnicodeDecodeError as fout:
        regel = inhoud.count(b"\n", 0, fout.start) + 1
        return Invoerfout("", "BESTAND", "Het bestand is geen UTF-8. Sla het op als CSV met tekenset UTF-8.", regel)


def _read_row(soort: Bestandsoort, velden: list[str], nummer: int, fouten: list[Invoerfout]) -> dict[str, Any] | None:
    if len(velden) != len(soort.kolommen):
        fouten.append(
            Invoerfout("", soort.naam, f"Deze regel heeft {len(velden)} kolommen; verwacht: {len(soort.kolommen)}.", nummer)
        )
        return None
    rij, goed = {}, True
    for (naam, lees), veld in zip(soort.kolommen.items(), velden, strict=True):
        try:
            rij[naam] = lees(veld)
        except OnjuisteWaarde as fout:
            fouten.append(Invoerfout(naam, soort.naam, f"Kolom {naam} {fout}.", nummer))
            goed = False
    return rij if goed else None


def _upsert(soort: Bestandsoort) -> str:
    kolommen = list(soort.kolommen)
    anders = [naam for naam in kolommen if naam not in soort.sleutel]
    return (
        f"INSERT INTO {_TABEL[soort.naam]} ({', '.join(kolommen)}) VALUES ({', '.join(':' + n for n in kolommen)})"  # noqa: S608
        f" ON CONFLICT ({', '.join(soort.sleutel)}) DO UPDATE SET {', '.join(f'{n} = excluded.{n}' for n in anders)}"
    )
