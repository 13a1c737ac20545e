"""Every signal on the care of families in a gemeente, in its order: what is loaded and reckoned for each of them."""

from datetime import date

from sqlalchemy import Connection

from berichten.opslag.signalen.bewijsstukken import has_loaded
from berichten.opslag.signalen.casusbronnen import list_brede, list_dure, list_herindicaties
from berichten.rapporten.signalen.casus import (
    Casusgrenzen,
    Casussignaal,
    signal_breed,
    signal_duur,
    signal_herindicatie,
    signal_lang,
    signal_traject_duur,
)
from berichten.rapporten.signalen.casustrajecten import list_dure_trajecten, list_lange
from berichten.rapporten.signalen.waarneming import window_before


def find_casussignalen(verbinding: Connection, gemeente: str, dag: date, grenzen: Casusgrenzen) -> list[Casussignaal]:
    """Over the twelve months that ended before this day and, for L6, each calendar year that they touch; at most eight queries.

    L4 only where the gemeente loaded evaluations.
    """
    venster = window_before(dag)
    van, tot = venster.van, venster.tot
    gevonden = [*signal_lang(list_lange(verbinding, gemeente, venster, grenzen.kader_promille), grenzen)]
    gevonden += signal_duur(list_dure(verbinding, gemeente, van, tot, grenzen.duur), "L2", van, tot, grenzen)
    duur = list_dure_trajecten(verbinding, gemeente, venster, grenzen.keer, grenzen.minste_trajecten)
    gevonden += signal_traject_duur(duur, grenzen)
    if has_loaded(verbinding, gemeente)[1]:
        rijen = list_herindicaties(verbinding, gemeente, van, dag, grenzen.herindicatie_dagen, grenzen.evaluatie_dagen)
        gevonden += signal_herindicatie(rijen, grenzen)
    gevonden += signal_breed(list_brede(verbinding, gemeente, van, tot, grenzen.aanbieders), grenzen)
    for jaar in range(van.year, tot.year + 1):
        begin, einde = date(jaar, 1, 1), date(jaar, 12, 31)
        gevonden += signal_duur(list_dure(verbinding, gemeente, begin, einde, grenzen.zeer_duur), "L6", begin, einde, grenzen)
    return gevonden
