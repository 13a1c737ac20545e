"""What of the care of a gemeente is shown, uncertain or wrong: with the limits that were set."""

from sqlalchemy import Connection

from berichten.klok import dutch_day
from berichten.opslag.controle.productieverantwoordingen import list_eigen_boeken, list_productie
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.rapporten.accountant.dekkingen import Dekkingsvraag, read_basis
from berichten.rapporten.accountant.naast_boeken import compare, report_naast_boeken
from berichten.rapporten.accountant.verantwoord import (
    Verantwoordstand,
    read_verantwoord,
    report_verantwoord,
    report_verklaringen,
)
from berichten.rapporten.accountant.verklaring import Controlebasis
from berichten.rapporten.boeken.boekvraag import Boekvraag
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.ingesteld.instelstand import Instelstand, read_instelstand
from berichten.rapporten.uitvoer.tabel import Rapport


def reckon_verantwoord(verbinding: Connection, vraag: Boekvraag) -> Verantwoordstand:
    """In a transaction with the view of staff. Raises Vraagfout."""
    return read_verantwoord(verbinding, vraag, *_read_basis(verbinding, vraag))


def _read_basis(verbinding: Connection, vraag: Boekvraag) -> tuple[Controlebasis, Instelstand]:
    """What verklaringen go by, of the lines that are asked for, and what the gemeente had set on that day."""
    stand = read_instelstand(verbinding, vraag.gemeente, dutch_day(vraag.peilmoment), vraag.peilmoment)
    van, tot = vraag.periode.van, vraag.periode.tot
    jaar = van.year if van is not None and tot is not None and van.year == tot.year else None
    waarvan = Dekkingsvraag(vraag.filters.get("aanbieder"), jaar)
    return read_basis(verbinding, vraag.gemeente, vraag.peilmoment, stand, waarvan), stand


def make_verantwoord(verbinding: Connection, _: Werkplaats, vraag: Boekvraag) -> Rapport:
    """The same as a table."""
    return report_verantwoord(reckon_verantwoord(verbinding, vraag))


def make_verklaringen(verbinding: Connection, _: Werkplaats, vraag: Boekvraag) -> Rapport:
    """Every line with its verklaring, streamed."""
    return report_verklaringen(verbinding, vraag, _read_basis(verbinding, vraag)[0])


def require_heel_jaar(vraag: Boekvraag) -> int:
    """The year that is asked for. Raises Vraagfout for another period, or for groups."""
    van, tot = vraag.periode.van, vraag.periode.tot
    if van is None or tot is None or (van.month, tot.month, van.year) != (1, 12, tot.year) or vraag.groepeer:
        raise Vraagfout("De productieverantwoording gaat over een heel jaar, per product. Kies een jaar als periode, zoals 2026.")
    return van.year


def make_naast_boeken(verbinding: Connection, _: Werkplaats, vraag: Boekvraag) -> Rapport:
    """What aanbieders account for of one year beside our own books. Raises Vraagfout for another period."""
    jaar, agb, moment = require_heel_jaar(vraag), vraag.filters.get("aanbieder"), vraag.peilmoment
    productie = list_productie(verbinding, vraag.gemeente, moment, jaar, agb)
    eigen = list_eigen_boeken(verbinding, vraag.gemeente, agb, jaar, moment)
    return report_naast_boeken(compare(productie, eigen, jaar, dutch_day(moment)), vraag.describe())
