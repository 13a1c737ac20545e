"""Reports of the books by name: the same for API and command line."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from berichten.kern.tekst import euro
from berichten.klok import dutch_day
from berichten.opslag.kwartaal.facturen import list_facturen
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.controleer_boeken import report_aansluiting
from berichten.processen.rapportage.kwartaalbestand import make_kwartaalrapport
from berichten.processen.rapportage.verantwoord import make_naast_boeken, make_verantwoord, make_verklaringen
from berichten.rapporten.boeken.boekvraag import Boekvraag
from berichten.rapporten.boeken.journaal import report_journaal
from berichten.rapporten.boeken.totalen import report_totalen
from berichten.rapporten.sturen.buitenberichten import spread_facturen
from berichten.rapporten.uitvoer.tabel import Rapport, file_name


@dataclass(frozen=True, slots=True)
class Boekrapport:
    """A report of the books of one gemeente, made in a transaction with the view of its staff. Making may raise Vraagfout."""

    naam: str
    omschrijving: str
    """One Dutch sentence."""
    make: Callable[[Connection, Werkplaats, Boekvraag], Rapport]
    rollen: tuple[str, ...] = ("financien", "controle")
    """Of keys with which it can be asked for."""
    van_nu: bool = False
    """Whether it is of all that there is now, whatever period is asked for."""
    alle_gemeenten: bool = False

    def name_file(self, vraag: Boekvraag) -> str:
        """Name of a file without its ending: with period and day."""
        if self.van_nu:
            return file_name(self.naam, vraag.gemeente, "", dutch_day(vraag.peilmoment))
        return vraag.name_file(self.naam)


def _totalen(verbinding: Connection, _: Werkplaats, vraag: Boekvraag) -> Rapport:
    rapport = report_totalen(verbinding, vraag, controle=True)
    buiten = None if vraag.filters else _paid_outside(verbinding, vraag)
    if buiten:
        wat = f"{euro(buiten)} betaald aan facturen van deze zorgmaanden; niet in de totalen hierboven"
        rapport.verantwoording = [*rapport.verantwoording, ("Buiten berichten", wat)]
    return rapport


def _paid_outside(verbinding: Connection, vraag: Boekvraag) -> int | None:
    """Cents of invoices outside the messages, a source of its own beside the journal; None where it cannot be told."""
    van, tot = vraag.periode.van, vraag.periode.laatste_dag
    if van is None or tot is None or vraag.periodesoort != "zorgmaand":
        return None
    return sum(spread_facturen(list_facturen(verbinding, [vraag.gemeente], van, tot, vraag.peilmoment), van, tot).values())


def _journaal(verbinding: Connection, _: Werkplaats, vraag: Boekvraag) -> Rapport:
    return report_journaal(verbinding, vraag)


def _aansluiting(verbinding: Connection, werkplaats: Werkplaats, vraag: Boekvraag) -> Rapport:
    return report_aansluiting(verbinding, werkplaats, [vraag.gemeente])


TOTALEN = Boekrapport("totalen", "Totalen, gegroepeerd zoals u wilt, op elk moment.", _totalen)
JOURNAAL = Boekrapport("journaal", "Elke boeking, met de regel en het besluit waar zij bij hoort.", _journaal)
AANSLUITING = Boekrapport("aansluiting", "Of de boeken sluiten, met elk verschil.", _aansluiting, van_nu=True)
VERANTWOORD = Boekrapport(
    "verantwoord",
    "Wat er volgens de vier normen van de accountant is aangetoond, onzeker of fout.",
    make_verantwoord,
    rollen=("contractbeheer", "financien", "beheer", "controle"),
)
VERKLARINGEN = Boekrapport(
    "verklaringen", "De verklaring van elke toegekende regel.", make_verklaringen, rollen=("contractbeheer", "financien")
)
PRODUCTIEVERANTWOORDING = Boekrapport(
    "productieverantwoording",
    "Wat aanbieders over een jaar verantwoorden, naast de eigen boeken.",
    make_naast_boeken,
    rollen=("contractbeheer", "financien", "beheer", "controle"),
)
KWARTAALRAPPORT = Boekrapport(
    "kwartaalrapport",
    "Het kwartaalrapport van een periode zoals het is gemaakt, met uitleg en acties.",
    make_kwartaalrapport,
    rollen=("contractbeheer", "financien", "beheer", "controle"),
)
BOEKRAPPORTEN = (TOTALEN, JOURNAAL, AANSLUITING, VERANTWOORD, VERKLARINGEN, PRODUCTIEVERANTWOORDING, KWARTAALRAPPORT)
