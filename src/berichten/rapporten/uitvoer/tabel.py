"""A report on its way out: columns with their kind, rows as they come, and what it rests on. Amounts are integer cents."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from berichten.klok import dutch_time

Kolomsoort = Literal["tekst", "geld", "aantal", "maand", "moment"]
"""`geld`: cents; `maand`: the first day of a month; `moment`: a point in time, shown as the clock in the Netherlands tells it."""


TOTAAL = "Totaal"
"""Stands in the first column of text of the last row."""


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column: its name in JSON, its heading in a file, and how its values are written."""

    naam: str
    kop: str
    soort: Kolomsoort = "tekst"
    telt_op: bool = True
    """Of money: whether its rows add up to something; prices do not."""


@dataclass(slots=True)
class Rapport:
    """A table that is read once, from top to bottom."""

    naam: str
    titel: str
    kolommen: tuple[Kolom, ...]
    rijen: Iterable[Sequence[Any]]
    verantwoording: list[tuple[str, str | int]] = field(default_factory=list)
    """What the table rests on, as heading and value: filters, moment. A number is an amount in cents."""
    controletotaal: int | None = None
    """Cents that the books give for the same filters, in a question of its own; None when there is nothing to compare."""
    controlekolom: str = ""
    """Name of the column whose sum must be the controletotaal."""
    totaalrij: bool = False
    """Whether a spreadsheet gets a last row with the sum of each column of money. Not where a sum would tell a hidden count."""


@dataclass(slots=True)
class Telling:
    """What went by: the number of rows and the sum of each column of money, in cents."""

    rijen: int = 0
    sommen: dict[str, int] = field(default_factory=dict)


def count_along(rapport: Rapport, telling: Telling) -> Iterator[Sequence[Any]]:
    """The rows of a report, counted in `telling` while they go by."""
    geld = [(index, kolom.naam) for index, kolom in enumerate(rapport.kolommen) if kolom.soort == "geld" and kolom.telt_op]
    sommen = telling.sommen = {naam: 0 for _, naam in geld}
    for rij in rapport.rijen:
        telling.rijen += 1
        for index, naam in geld:
            sommen[naam] += rij[index] or 0
        yield rij


def total_row(rapport: Rapport, telling: Telling) -> list[Any] | None:
    """The last row of a spreadsheet, when this report has one: `Totaal` and the sums, in cents, in the columns that add up."""
    if not rapport.totaalrij or telling.rijen == 0:
        return None
    rij = [telling.sommen.get(kolom.naam) for kolom in rapport.kolommen]
    plaats = next((index for index, kolom in enumerate(rapport.kolommen) if kolom.soort == "tekst"), None)
    if plaats is not None:
        return [*rij[:plaats], TOTAAL, *rij[plaats + 1 :]]
    return rij


def file_name(naam: str, gemeente: str, periode: str, peildatum: date) -> str:
    """Name of a file without its ending: which report, whose, about which months, and as it stood at the end of which day."""
    return "-".join(deel for deel in (naam, gemeente, periode, "stand", peildatum.isoformat()) if deel)


def conclude(rapport: Rapport, telling: Telling) -> list[tuple[str, str | int]]:
    """What stands below a table that was read to its end: what it rests on, what it adds up to, and whether that ties."""
    regels = [*rapport.verantwoording, ("Aantal rijen", str(telling.rijen))]
    regels += [(f"Totaal {kolom.kop}", telling.sommen[kolom.naam]) for kolom in rapport.kolommen if kolom.naam in telling.sommen]
    if rapport.controletotaal is not None:
        verschil = telling.sommen[rapport.controlekolom] - rapport.controletotaal
        regels += [
            ("Volgens het journaal, apart geteld", rapport.controletotaal),
            ("Verschil met het journaal", verschil),
            ("Aansluiting", "sluit" if verschil == 0 else "SLUIT NIET: gebruik deze cijfers niet en meld het bij beheer"),
        ]
    return regels


def in_euros(centen: int) -> str:
    """Cents as Dutch spreadsheets read them: `-1234,05`."""
    teken = "-" if centen < 0 else ""
    return f"{teken}{abs(centen) // 100},{abs(centen) % 100:02d}"


def local_time(moment: datetime) -> datetime:
    """The clock in the Netherlands at that moment, without its zone, to the second."""
    return dutch_time(moment).replace(tzinfo=None, microsecond=0)
