"""What an address asks of the books, by the names that the API has for it: totals and the lines behind them ask alike."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from api.portaal.schil.adres import Paginaadres
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.opmaak import hold_together, maand
from berichten.kern.kalender import add_maanden
from berichten.rapporten.boeken.boekvraag import GROEPEN, PERIODESOORTEN, Boekvraag, as_text, ask, group_column
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.sturen.kwartaalperiode import quarter_of
from berichten.rapporten.uitvoer.namen import add_names
from berichten.rapporten.uitvoer.tabel import Rapport

GROEPNAMEN = {
    "aanbieder": "aanbieder", "zorgmaand": "maand van de zorg", "categorie": "categorie", "productcode": "product",
    "declaratiemaand": "maand van de declaratie", "zorgvorm": "zorgvorm", "segment": "segment", "taakveld": "taakveld",
    "uitkomst": "uitkomst",
}  # fmt: skip
"""What is called what on a page; a gemeente sees only itself, so there it is no group."""
UITKOMSTEN = {
    "toegekend": "Toegekend", "afgewezen": "Afgewezen", "ter_beoordeling": "Wacht op een besluit",
    "niet_beoordeeld": "Niet beoordeeld",
}  # fmt: skip
_KWARTALEN = ("1e", "2e", "3e", "4e")
_NAMEN = {
    "aanbieder": "aanbiedernaam", "categorie": "categorienaam", "productcode": "productomschrijving",
}  # fmt: skip
"""The column of names that a report gets beside that of codes."""


@dataclass(frozen=True, slots=True)
class Kenmerk:
    """The value of a group: as it stands in an address, and in words with the code that they are of."""

    groep: str
    waarde: str
    woorden: str
    code: str = ""


def read_totaalvraag(invoer: Adresinvoer, gemeente: str, nu: datetime) -> Boekvraag:
    """What is asked; a question that cannot be asked becomes that of all there is, and the reason stands with `invoer`."""
    filters = {naam: invoer.tekst(naam) for naam in GROEPNAMEN if invoer.tekst(naam).isprintable() and invoer.tekst(naam)}
    peildatum = invoer.dag("peildatum")
    soort = invoer.keuze("periodesoort", PERIODESOORTEN) or PERIODESOORTEN[0]
    groepeer = ",".join(dict.fromkeys(naam for naam in (invoer.tekst("groepeer"), invoer.tekst("daarna")) if naam in GROEPNAMEN))
    dag = None if peildatum is None else peildatum.isoformat()
    try:
        return ask(
            gemeente, nu, periode=invoer.tekst("periode") or None, periodesoort=soort, groepeer=groepeer, peildatum=dag,
            filters=filters,
        )  # fmt: skip
    except Vraagfout as fout:
        invoer.fouten["periode"] = str(fout)
        return ask(gemeente, nu, periodesoort=soort, groepeer=groepeer, peildatum=dag)


def list_periodes(vandaag: date, gekozen: str) -> list[tuple[str, str]]:
    """Periods to choose from, newest first; what was asked is one of them."""
    keuzen = [("", "Alles"), *((str(jaar), f"Heel {jaar}") for jaar in range(vandaag.year, vandaag.year - 3, -1))]
    keuzen += _quarters(vandaag)
    keuzen += [(f"{dag:%Y-%m}", maand(dag)) for dag in (add_maanden(vandaag.replace(day=1), -terug) for terug in range(18))]
    return keuzen if gekozen in {waarde for waarde, _ in keuzen} else [*keuzen, (gekozen, gekozen)]


def _quarters(vandaag: date) -> Iterator[tuple[str, str]]:
    for terug in range(6):
        dag = add_maanden(vandaag.replace(day=1), -3 * terug)
        naam = quarter_of(dag)
        yield naam, f"{_KWARTALEN[int(naam[-1]) - 1]} kwartaal {dag.year}"


def list_groepen() -> list[tuple[str, str]]:
    """What totals can be grouped by."""
    return [(naam, woorden.capitalize()) for naam, woorden in GROEPNAMEN.items()]


def read_kenmerken(
    verbinding: Connection, gemeente: str, groepen: Sequence[str], rijen: Iterable[Sequence[Any]]
) -> list[tuple[Kenmerk, ...]]:
    """What these groups are called, row by row."""
    kolommen = tuple(group_column(naam) for naam in groepen)
    rapport = add_names(verbinding, gemeente, Rapport("groepen", "", kolommen, rijen))
    namen = [kolom.naam for kolom in rapport.kolommen]
    return [tuple(_as_kenmerk(naam, dict(zip(namen, rij, strict=True))) for naam in groepen) for rij in rapport.rijen]


def read_gekozen(verbinding: Connection, vraag: Boekvraag) -> tuple[Kenmerk, ...]:
    """The filters that are on, with their names."""
    namen = [naam for naam in GROEPEN if naam in vraag.filters]
    return read_kenmerken(verbinding, vraag.gemeente, namen, [[vraag.filters[naam] for naam in namen]])[0]


def _as_kenmerk(groep: str, rij: dict[str, Any]) -> Kenmerk:
    waarde = rij[groep]
    tekst = str(as_text(waarde))
    if isinstance(waarde, date):
        return Kenmerk(groep, tekst, maand(waarde))
    naam = UITKOMSTEN.get(tekst) if groep == "uitkomst" else rij.get(_NAMEN.get(groep, ""))
    return Kenmerk(groep, tekst, naam or tekst.capitalize(), tekst if naam and groep in _NAMEN else "")


def chips_of(adres: Paginaadres, gekozen: tuple[Kenmerk, ...]) -> list[tuple[str, Paginaadres]]:
    """The filters in words, each with the address without it."""
    return [
        (hold_together(f"{GROEPNAMEN.get(item.groep, item.groep)}: {item.woorden}"), adres.zonder(item.groep).zonder("na"))
        for item in gekozen
    ]
