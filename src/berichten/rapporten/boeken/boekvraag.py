"""A question of finance: which part of the books, grouped by what, as of which moment; and the SQL that follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from berichten.klok import begin_of, dutch_day, end_of
from berichten.rapporten.boeken.periode import Maandperiode, Vraagfout, read_peilmoment, read_periode
from berichten.rapporten.uitvoer.tabel import Kolom, Kolomsoort, file_name, local_time

RUW: Mapping[str, str] = {
    "aanbieder": "agb",
    "zorgmaand": "zorgmaand",
    "categorie": "categorie",
    "productcode": "productcode",
    "declaratiemaand": "declaratiemaand",
}
"""What stands in the journal itself, as column by group."""
CATALOGUS = ("zorgvorm", "segment", "taakveld")
"""What the catalogue says of a product code in the month of care."""
GROEPEN = ("gemeente", *RUW, *CATALOGUS, "uitkomst")
PERIODESOORTEN = ("zorgmaand", "declaratiemaand")
_ALTIJD = datetime.max.replace(tzinfo=UTC)
ONBEKEND = "onbekend"
"""Value of zorgvorm, segment or taakveld for a code that the catalogue does not know in that month."""


@dataclass(frozen=True, slots=True)
class Boekvraag:
    """What is asked; months inclusive, by their first day."""

    gemeente: str
    peilmoment: datetime
    """What was booked or decided later does not count."""
    heden: bool = True
    """Whether the moment is now, so that all that is booked counts."""
    periode: Maandperiode = field(default_factory=Maandperiode)
    periodesoort: str = "zorgmaand"
    groepeer: tuple[str, ...] = ()
    filters: Mapping[str, Any] = field(default_factory=dict)
    """Value by group: only that part."""

    @property
    def hele_dagen(self) -> bool:
        """Whether of every day all or nothing that was booked on it counts."""
        return self.heden or self.peilmoment == end_of(dutch_day(self.peilmoment))

    @property
    def buitenom(self) -> dict[str, Any]:
        """Filters on what does not stand in the journal itself."""
        return {naam: waarde for naam, waarde in self.filters.items() if naam in (*CATALOGUS, "uitkomst")}

    def name_file(self, naam: str) -> str:
        """Name of the file with the answer, without its ending: with period and day as of which it was asked."""
        return file_name(naam, self.gemeente, self.periode.bestandsdeel, dutch_day(self.peilmoment))

    def narrow(self, filters: Mapping[str, Any]) -> "Boekvraag":
        """The same question of a smaller part."""
        return replace(self, filters={**self.filters, **filters})

    def group_by(self, groepeer: str | None) -> "Boekvraag":
        """The same question, grouped by names with commas between them. Raises Vraagfout for a name that is no group."""
        return replace(self, groepeer=read_groepen(groepeer))

    def describe(self) -> list[tuple[str, str | int]]:
        """The question in words, for who reads the answer later."""
        regels: list[tuple[str, str | int]] = [
            ("Gemeente", self.gemeente),
            ("Periode", f"{self.periode} ({self.periodesoort})"),
            ("Stand op", f"{local_time(self.peilmoment):%d-%m-%Y %H:%M:%S}"),
        ]
        if self.groepeer:
            regels.append(("Gegroepeerd op", ", ".join(self.groepeer)))
        return regels + [(f"Alleen {naam}", str(as_text(waarde))) for naam, waarde in self.filters.items()]


def ask(
    gemeente: str,
    nu: datetime,
    *,
    periode: str | None = None,
    van: str | None = None,
    tot: str | None = None,
    periodesoort: str = "zorgmaand",
    groepeer: str | None = None,
    peildatum: str | None = None,
    filters: Mapping[str, str | None] | None = None,
) -> Boekvraag:
    """A question from what a caller typed. Raises Vraagfout, in Dutch, for what cannot be asked."""
    if periodesoort not in PERIODESOORTEN:
        raise Vraagfout(f"'{periodesoort[:20]}' is geen periodesoort. Kies uit: {', '.join(PERIODESOORTEN)}.")
    moment = read_peilmoment(peildatum, nu)
    return Boekvraag(
        gemeente=gemeente,
        peilmoment=moment,
        heden=moment == nu,
        periode=read_periode(periode, van, tot),
        periodesoort=periodesoort,
        groepeer=read_groepen(groepeer),
        filters={naam: _read_filter(naam, waarde) for naam, waarde in (filters or {}).items() if waarde is not None},
    )


def read_groepen(tekst: str | None) -> tuple[str, ...]:
    """Names with commas between them, each once. Raises Vraagfout for a name that is no group."""
    namen = tuple(dict.fromkeys(naam.strip() for naam in (tekst or "").split(",") if naam.strip()))
    for naam in namen:
        if naam not in GROEPEN:
            raise Vraagfout(f"Op '{naam[:30]}' kan niet worden gegroepeerd. Kies uit: {', '.join(GROEPEN)}.")
    return namen


def _read_filter(naam: str, waarde: str) -> Any:
    """Months are dates in the database; the rest is text."""
    if naam not in PERIODESOORTEN:
        return waarde
    maand = read_periode(waarde)
    if maand.van is None or maand.van != maand.tot:
        raise Vraagfout(f"Geef voor {naam} één maand, zoals 2026-04.")
    return maand.van


def as_text(waarde: Any) -> Any:
    """A value of a group as people see it: a month as 2026-04."""
    return f"{waarde:%Y-%m}" if isinstance(waarde, date) else waarde


def group_column(naam: str) -> Kolom:
    """The column of a group."""
    soort: Kolomsoort = "maand" if naam in PERIODESOORTEN else "tekst"
    return Kolom(naam, naam.capitalize(), soort)


def conditions(vraag: Boekvraag, meer: Sequence[str] = (), periode: str | None = None) -> str:
    """SQL for period and filters on the columns of RUW, that journal and lines name alike, and `meer`; begins with AND or is empty.

    `periode` is a column of days to hold the period against, in place of that of the months. Values go as parameters (`values`).
    Names come from the constants here, never from a caller.
    """
    delen = [f"{kolom} = %(f_{naam})s" for naam, kolom in RUW.items() if naam in vraag.filters]
    if vraag.periode.van:
        delen.append(f"{periode or vraag.periodesoort} >= %(van)s")
    if vraag.periode.tot:
        delen.append(f"{periode or vraag.periodesoort} <= %({'laatste_dag' if periode else 'tot'})s")
    return "".join(f" AND {deel}" for deel in (*delen, *meer))


def values(vraag: Boekvraag) -> dict[str, Any]:
    """Parameters for the conditions. Now is without end, so that what is booked meanwhile counts in every part or in none."""
    dag = dutch_day(vraag.peilmoment)
    vast = {
        "g": vraag.gemeente,
        "t": _ALTIJD if vraag.heden else vraag.peilmoment,
        "dag": dag,
        "dagbegin": begin_of(dag),
        "van": vraag.periode.van,
        "tot": vraag.periode.tot,
        "laatste_dag": vraag.periode.laatste_dag,
    }
    return {**vast, **{f"f_{naam}": waarde for naam, waarde in vraag.filters.items()}}


def booked_days(vraag: Boekvraag) -> tuple[str, ...]:
    """The condition on whole days of booking that count; none for now, when all do."""
    if vraag.heden:
        return ()
    return ("boekdag <= %(dag)s",) if vraag.hele_dagen else ("boekdag < %(dag)s",)


def uses_catalogue(vraag: Boekvraag, groepen: Sequence[str] = ()) -> bool:
    """Whether the question, with these groups beside its own, is about what only the catalogue knows."""
    return any(naam in CATALOGUS for naam in (*vraag.groepeer, *groepen, *vraag.filters))
