"""What stands out in the care of families, for who does the casework (M32): allocations by number, and every look is logged."""

from dataclasses import dataclass
from datetime import date, timedelta

from berichten.inzage.basis.kijker import Kijker
from berichten.opslag.signalen.bewijsstukken import has_loaded
from berichten.opslag.signalen.casusbronnen import list_brede, list_dure, list_herindicaties
from berichten.rapporten.monitor.tabel import Tabel
from berichten.rapporten.signalen.casus import (
    Casusgrenzen,
    signal_breed,
    signal_duur,
    signal_herindicatie,
)
from berichten.rapporten.signalen.waarneming import window_before
from berichten.rapporten.sturen.instelstand import read_instelstand

__all__ = ["Casuslijst", "Casusregel", "as_tabel", "list_casussignalen"]

KOLOMMEN = ("soort", "toewijzingnummers", "zin", "antwoord_voor")


@dataclass(frozen=True, slots=True)
class Casusregel:
    """One signal on the care of one family; the client has no name here."""

    soort: str
    toewijzingen: list[int]
    zin: str


@dataclass(frozen=True, slots=True)
class Casuslijst:
    """What is handed to the team, and by which day it answers."""

    regels: list[Casusregel]
    antwoord_voor: date


def list_casussignalen(kijker: Kijker, *, als_bestand: bool = False) -> Casuslijst:
    """Over the twelve months that ended and, for L6, each calendar year that they touch; at most seven queries.

    L4 only where the gemeente loaded evaluations. `als_bestand`: it leaves as a file, and the log says so.
    """
    dag, gemeente = kijker.instellingen.vandaag(), kijker.gemeente
    venster = window_before(dag)
    van, tot = venster.van, venster.tot
    with kijker.transaction() as (verbinding, vermelding):
        grenzen = Casusgrenzen.of(read_instelstand(verbinding, gemeente, dag, kijker.instellingen.nu()))
        gevonden = list(signal_duur(list_dure(verbinding, gemeente, van, tot, grenzen.duur), "L2", van, tot, grenzen.duur))
        if has_loaded(verbinding, gemeente)[1]:
            termijnen = grenzen.herindicatie_dagen, grenzen.evaluatie_dagen
            rijen = list_herindicaties(verbinding, gemeente, van, venster.peildatum, *termijnen)
            gevonden += signal_herindicatie(rijen, grenzen.evaluatie_dagen)
        gevonden += signal_breed(list_brede(verbinding, gemeente, van, tot, grenzen.aanbieders), grenzen.aanbieders)
        for jaar in range(van.year, tot.year + 1):
            heel = date(jaar, 1, 1), date(jaar, 12, 31)
            duur = list_dure(verbinding, gemeente, *heel, grenzen.zeer_duur)
            gevonden += signal_duur(duur, "L6", *heel, grenzen.zeer_duur)
        vermelding.shows("signalen", {item.bsn for item in gevonden}, actie="E" if als_bestand else "R")
    regels = [Casusregel(item.soort, list(item.toewijzingen), item.zin) for item in gevonden]
    return Casuslijst(regels, dag + timedelta(days=grenzen.antwoord_dagen))


def as_tabel(lijst: Casuslijst) -> Tabel:
    """The same to take along as a file: no client in it, and no amount by itself."""
    dag = lijst.antwoord_voor.isoformat()
    rijen = tuple((item.soort, " ".join(map(str, item.toewijzingen)), item.zin, dag) for item in lijst.regels)
    return Tabel("casussignalen", KOLOMMEN, rijen)
