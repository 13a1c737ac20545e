"""A table as it is given out, and how its numbers are written: whole euros, whole counts, `≤5` and `-`. Pure."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO

from berichten.kern.rekenen import divide
from berichten.rapporten.afscherming.overlap import Teken
from berichten.rapporten.uitvoer.als_csv import guard_text
from berichten.rapporten.uitvoer.tabel import Kolom, Rapport

KLEIN_TEKST = "≤5"
"""In place of a count of 1 to 5."""
OP_ZORGMAAND = (
    "Kosten en cliënten tellen in de maand waarin de hulp is gegeven, wat er van is toegekend en niet gecrediteerd tot nu toe;"
    " het moment van declareren of boeken doet er niet toe."
)
"""What a period is of, for under a table of care."""
VERBORGEN_TEKST = "-"
"""In place of what is not shown so that nothing small can be reckoned from it."""

Waarde = int | Decimal | str | None


@dataclass(frozen=True, slots=True)
class Tabel:
    """Columns and rows; a cell is a number, a text (`≤5` among them) or None for empty."""

    naam: str
    kolommen: tuple[str, ...]
    rijen: tuple[tuple[Waarde, ...], ...]
    toelichting: tuple[str, ...] = ()
    """Dutch sentences to show with the table."""


def euros(centen: int) -> int:
    """Whole euros from cents."""
    return divide(centen, 100)


def tenths(teller: int, noemer: int) -> Decimal:
    """A quotient with one decimal."""
    return Decimal(divide(teller * 10, noemer)) / 10


def percent(deel: int, geheel: int) -> Decimal | None:
    """What part of the whole, in percents with one decimal; None of nothing."""
    return tenths(deel * 100, geheel) if geheel > 0 else None


def show(aantal: int, teken: Teken) -> Waarde:
    """A count as a reader may see it."""
    if teken is Teken.GETAL:
        return aantal
    return KLEIN_TEKST if teken is Teken.KLEIN else VERBORGEN_TEKST


def per_client(centen: int, aantal: int, teken: Teken) -> Waarde:
    """Cost per client in whole euros. Not beside a count that is not shown: cost divided by it would tell the count."""
    if teken is not Teken.GETAL or aantal == 0:
        return VERBORGEN_TEKST
    return divide(centen, 100 * aantal)


def as_csv(tabel: Tabel) -> bytes:
    """Semicolons, decimal comma, UTF-8 with a BOM so that spreadsheets read `≤`; below the rows what to know about them."""
    tekst = StringIO()
    schrijver = csv.writer(tekst, delimiter=";", lineterminator="\n")
    schrijver.writerow(tabel.kolommen)
    schrijver.writerows([as_text(waarde) for waarde in rij] for rij in tabel.rijen)
    leeg = [""] * (len(tabel.kolommen) - 1)
    schrijver.writerows([f"Let op: {zin}", *leeg] for zin in tabel.toelichting)
    return tekst.getvalue().encode("utf-8-sig")


def as_text(waarde: Waarde) -> str:
    """A cell as a CSV holds it; `-` by itself is no formula."""
    if waarde is None:
        return ""
    if isinstance(waarde, str):
        return waarde if waarde == VERBORGEN_TEKST else guard_text(waarde)
    return str(waarde).replace(".", ",")


def as_rapport(tabel: Tabel, verantwoording: Sequence[tuple[str, str]]) -> Rapport:
    """For the writer of workbooks, with what the table rests on. A column with `≤5` in it is one of texts."""
    kolommen = tuple(
        Kolom(naam, naam, "aantal" if all(isinstance(rij[plaats], int | Decimal | None) for rij in tabel.rijen) else "tekst")
        for plaats, naam in enumerate(tabel.kolommen)
    )
    rijen = [
        [as_text(waarde) if kolom.soort == "tekst" else waarde for kolom, waarde in zip(kolommen, rij, strict=True)]
        for rij in tabel.rijen
    ]
    return Rapport(
        tabel.naam, f"Monitor: {tabel.naam}", kolommen, rijen, [*verantwoording, *(("Let op", t) for t in tabel.toelichting)]
    )


def sort_by(namen: Sequence[str], naam: str) -> tuple[int, str]:
    """Key that puts names in a given order, and names outside it after them by alphabet."""
    return (namen.index(naam) if naam in namen else len(namen), naam.casefold())
