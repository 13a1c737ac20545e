"""Reports of a region by name, for the operator: the same tables as people of a region have."""

from collections.abc import Callable
from dataclasses import dataclass

from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.rapportage.kwartaalbestand import name_of_periode
from berichten.processen.regio.reken_regio import ROLLEN, Operatorvraag, report_regio, report_regioverplichtingen
from berichten.processen.regio.reken_regiodelen import report_regioindicatoren, report_regiosegmenten
from berichten.rapporten.boeken.periode import Maandperiode, Vraagfout
from berichten.rapporten.monitor.tabel import Tabel
from berichten.rapporten.sturen.kwartaalperiode import read_kwartaal


@dataclass(frozen=True, slots=True)
class Regiorapport:
    """A report over the gemeenten of a region, or over gemeenten that the operator puts together. Making may raise Vraagfout."""

    naam: str
    omschrijving: str
    """One Dutch sentence."""
    make: Callable[[Werkplaats, Operatorvraag, Maandperiode], Tabel]
    rollen: tuple[str, ...] = ROLLEN
    """Who has it by API and portal, of the own region."""
    alle_gemeenten: bool = False


def _kwartaal(werkplaats: Werkplaats, vraag: Operatorvraag, periode: Maandperiode) -> Tabel:
    return report_regio(werkplaats, vraag, read_kwartaal(name_of_periode(periode)))


def _verplichtingen(werkplaats: Werkplaats, vraag: Operatorvraag, periode: Maandperiode) -> Tabel:
    van, tot = periode.van, periode.tot
    if van is None or tot is None or (van.month, tot.month, van.year) != (1, 12, tot.year):
        raise Vraagfout("Verplichtingen van een regio gaan over een heel jaar. Kies een jaar als periode, zoals 2026.")
    return report_regioverplichtingen(werkplaats, vraag, van.year)


def _segmenten(werkplaats: Werkplaats, vraag: Operatorvraag, periode: Maandperiode) -> Tabel:
    return report_regiosegmenten(werkplaats, vraag, read_kwartaal(name_of_periode(periode)))


def _indicatoren(werkplaats: Werkplaats, vraag: Operatorvraag, periode: Maandperiode) -> Tabel:
    return report_regioindicatoren(werkplaats, vraag, read_kwartaal(name_of_periode(periode)))


REGIORAPPORTEN = (
    Regiorapport("regio-kwartaal", "De kosten van de gemeenten van een regio in een kwartaal of vier maanden.", _kwartaal),
    Regiorapport("regio-segmenten", "De kosten van een regio per segment, naast de begroting.", _segmenten),
    Regiorapport("regio-indicatoren", "De indicatoren van een regio over een kwartaal of vier maanden.", _indicatoren),
    Regiorapport("regio-verplichtingen", "Waar de gemeenten van een regio in een jaar nog aan vastzitten.", _verplichtingen),
)
