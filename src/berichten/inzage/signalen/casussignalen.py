"""What stands out in the care of families, for who does the casework (M32): allocations by number, and every look is logged."""

from dataclasses import dataclass
from datetime import date

from berichten.inzage.basis.kijker import Kijker
from berichten.opslag.signalen.bewijsstukken import has_loaded
from berichten.opslag.signalen.casusbronnen import list_brede, list_dure, list_herindicaties
from berichten.rapporten.monitor.tabel import Tabel
from berichten.rapporten.signalen.casus import (
    DUUR_GRENS,
    EVALUATIE_DAGEN,
    HERINDICATIE_DAGEN,
    MINSTE_AANBIEDERS,
    ZEER_DUUR_GRENS,
    Casussignaal,
    signal_breed,
    signal_duur,
    signal_herindicatie,
)
from berichten.rapporten.signalen.waarneming import window_before

__all__ = ["Casusregel", "as_tabel", "list_casussignalen"]

KOLOMMEN = ("soort", "toewijzingnummers", "zin")


@dataclass(frozen=True, slots=True)
class Casusregel:
    """One signal on the care of one family; the client has no name here."""

    soort: str
    toewijzingen: list[int]
    zin: str


def list_casussignalen(kijker: Kijker, *, als_bestand: bool = False) -> list[Casusregel]:
    """Over the twelve months that ended and, for L6, each calendar year that they touch; at most six queries.

    L4 only where the gemeente loaded evaluations. `als_bestand`: it leaves as a file, and the log says so.
    """
    venster = window_before(kijker.instellingen.vandaag())
    with kijker.transaction() as (verbinding, vermelding):
        gemeente = kijker.gemeente
        gevonden: list[Casussignaal] = []
        duur = list_dure(verbinding, gemeente, venster.van, venster.tot, DUUR_GRENS)
        gevonden += signal_duur(duur, "L2", venster.van, venster.tot)
        if has_loaded(verbinding, gemeente)[1]:
            rijen = list_herindicaties(verbinding, gemeente, venster.van, venster.peildatum, HERINDICATIE_DAGEN, EVALUATIE_DAGEN)
            gevonden += signal_herindicatie(rijen)
        gevonden += signal_breed(list_brede(verbinding, gemeente, venster.van, venster.tot, MINSTE_AANBIEDERS))
        for jaar in range(venster.van.year, venster.tot.year + 1):
            begin, einde = date(jaar, 1, 1), date(jaar, 12, 31)
            gevonden += signal_duur(list_dure(verbinding, gemeente, begin, einde, ZEER_DUUR_GRENS), "L6", begin, einde)
        vermelding.shows("signalen", {item.bsn for item in gevonden}, actie="E" if als_bestand else "R")
    return [Casusregel(item.soort, list(item.toewijzingen), item.zin) for item in gevonden]


def as_tabel(regels: list[Casusregel]) -> Tabel:
    """The same to take along as a file: no client in it, and no amount by itself."""
    rijen = tuple((item.soort, " ".join(map(str, item.toewijzingen)), item.zin) for item in regels)
    return Tabel("casussignalen", KOLOMMEN, rijen)
