"""A quarterly report as a file, as it was made; by the period that is asked for."""

from sqlalchemy import Connection

from berichten.inzage.geld.kwartaalrapporten import as_tabel, read_kwartaal_op
from berichten.kern.kalender import count_maanden
from berichten.kern.tekst import datum
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.rapporten.boeken.boekvraag import Boekvraag
from berichten.rapporten.boeken.periode import Maandperiode, Vraagfout
from berichten.rapporten.monitor.tabel import as_rapport
from berichten.rapporten.uitvoer.tabel import Rapport

_LENGTES = {3: "Q", 4: "T"}
"""Months of a period, and the letter with which such a period is named."""


def make_kwartaalrapport(verbinding: Connection, werkplaats: Werkplaats, vraag: Boekvraag) -> Rapport:
    """Raises Vraagfout for another period than a quarter or four months, and for one of which no report was made."""
    naam = name_of_periode(vraag.periode)
    blad = read_kwartaal_op(verbinding, vraag.gemeente, naam, werkplaats.instellingen.nu())
    if blad is None:
        raise Vraagfout(f"Over {naam} is er geen kwartaalrapport. Contractbeheer maakt het eerst, in het portaal.")
    return as_rapport(as_tabel(blad), [("Gemeente", vraag.gemeente), ("Periode", naam), ("Peildatum", datum(blad.kop.peildatum))])


def name_of_periode(periode: Maandperiode) -> str:
    """`2026-Q2` of April to June, `2026-T2` of May to August. Raises Vraagfout for months that are no such period."""
    van, tot = periode.van, periode.tot
    lengte = 0 if van is None or tot is None else count_maanden(van, tot)
    if van is None or lengte not in _LENGTES or (van.month - 1) % lengte:
        raise Vraagfout("Geef een kwartaal, zoals 2026-Q2, of vier maanden, zoals 2026-T2.")
    return f"{van.year}-{_LENGTES[lengte]}{(van.month - 1) // lengte + 1}"
