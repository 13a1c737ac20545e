"""The gemeenten of the Netherlands by code, with the days on which each code is in use (CBS).

Codes that ended before the last day of 2018 are left out: no message that this service takes in can still be about them.
"""

import csv
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Gemeente(NamedTuple):
    """A gemeente; both dates are inclusive, None where the code was in use before, or is in use after, all that we know."""

    code: str
    naam: str
    ingangsdatum: date | None
    einddatum: date | None


@cache
def gemeenten() -> dict[str, Gemeente]:
    """Every gemeente by its code of four digits; no code was ever given out twice."""
    bron = files("berichten.standaard").joinpath("data/gemeenten.csv").read_text(encoding="utf-8")
    return {
        rij["code"]: Gemeente(rij["code"], rij["naam"], _as_date(rij["ingangsdatum"]), _as_date(rij["einddatum"]))
        for rij in csv.DictReader(bron.splitlines(), delimiter=";")
    }


def name_of_gemeente(code: str) -> str:
    """`Alphen aan den Rijn`; the code itself where there is no gemeente with it."""
    gemeente = gemeenten().get(code)
    return code if gemeente is None else gemeente.naam


def is_gemeentecode(code: str, dag: date) -> bool:
    """Whether this code was in use on this day."""
    gemeente = gemeenten().get(code)
    return gemeente is not None and (gemeente.ingangsdatum or dag) <= dag <= (gemeente.einddatum or dag)


def is_gemeentecode_ever(code: str, dagen: Iterable[date]) -> bool:
    """Whether this code was in use on any of these days."""
    return any(is_gemeentecode(code, dag) for dag in dagen)


def _as_date(tekst: str) -> date | None:
    return date.fromisoformat(tekst) if tekst else None
