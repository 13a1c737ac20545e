"""What of the care of a gemeente is shown, uncertain or wrong: with the limits that were set."""

from sqlalchemy import Connection

from berichten.processen.basis.werkplaats import Werkplaats
from berichten.rapporten.accountant.verantwoord import (
    Controlegrenzen,
    Verantwoordstand,
    read_verantwoord,
    report_verantwoord,
    report_verklaringen,
)
from berichten.rapporten.boeken.boekvraag import Boekvraag
from berichten.rapporten.uitvoer.tabel import Rapport


def limits_of(werkplaats: Werkplaats) -> Controlegrenzen:
    """As they are set."""
    instellingen = werkplaats.instellingen
    return Controlegrenzen(instellingen.grens_fouten_procent, instellingen.grens_onzeker_procent)


def reckon_verantwoord(verbinding: Connection, vraag: Boekvraag) -> Verantwoordstand:
    """In a transaction with the view of staff. Raises Vraagfout."""
    return read_verantwoord(verbinding, vraag)


def make_verantwoord(verbinding: Connection, werkplaats: Werkplaats, vraag: Boekvraag) -> Rapport:
    """The same as a table."""
    return report_verantwoord(reckon_verantwoord(verbinding, vraag), limits_of(werkplaats))


def make_verklaringen(verbinding: Connection, _: Werkplaats, vraag: Boekvraag) -> Rapport:
    """Every line with its verklaring, streamed."""
    return report_verklaringen(verbinding, vraag)
