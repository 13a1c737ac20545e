"""What verklaringen go by, as of a moment: how far that of each aanbieder reaches over its lines, and what the gemeente asks."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from berichten.klok import dutch_day
from berichten.opslag.controle.controlebereik import Controlebereik, stream_populatie
from berichten.opslag.controle.controleregels import Controleregel
from berichten.opslag.controle.productieverantwoordingen import list_productie
from berichten.rapporten.accountant.verklaring import Controlebasis, Dekking, Dekkingen, find_reach
from berichten.rapporten.ingesteld.instelcatalogus import JA, ONZEKER
from berichten.rapporten.ingesteld.instelstand import Instelstand, read_instelstand


@dataclass(frozen=True, slots=True)
class Dekkingsvraag:
    """Of which lines: of all, of one aanbieder, or of one year of care."""

    agb: str | None = None
    jaar: int | None = None


def read_basis(verbinding: Connection, gemeente: str, moment: datetime, stand: Instelstand, vraag: Dekkingsvraag) -> Controlebasis:
    """By what lines are explained."""
    return Controlebasis(
        read_dekkingen(verbinding, gemeente, moment, vraag),
        stand["beschikking_vereist"].waarde == JA,
        stand["niveau_zonder_afspraak"].waarde == ONZEKER,
    )


def read_basis_of(verbinding: Connection, gemeente: str, moment: datetime, regel: Controleregel) -> Controlebasis:
    """By what one line is explained."""
    stand = read_instelstand(verbinding, gemeente, dutch_day(moment), moment)
    return read_basis(verbinding, gemeente, moment, stand, Dekkingsvraag(regel.agb, regel.begindatum.year))


def read_dekkingen(verbinding: Connection, gemeente: str, moment: datetime, vraag: Dekkingsvraag) -> Dekkingen:
    """By aanbieder and year of care; a query more for each that has such a verklaring.

    Of a verklaring the amounts of all products together count: it is given on the whole.
    """
    bedragen: defaultdict[tuple[str, int], int] = defaultdict(int)
    verklaard: dict[tuple[str, int], date] = {}
    for regel in list_productie(verbinding, gemeente, moment, vraag.jaar, vraag.agb):
        if regel.goedgekeurd:
            sleutel = regel.agb, regel.jaar
            bedragen[sleutel] += regel.bedrag
            verklaard[sleutel] = max(regel.datum, verklaard.get(sleutel, regel.datum))
    dekkingen = {}
    for (wie, jaar), bedrag in bedragen.items():
        bereik = Controlebereik(gemeente, moment, date(jaar, 1, 1), date(jaar, 12, 31), wie)
        tot = find_reach(
            ((item.begindatum, item.referentienummer, item.bedrag) for item in stream_populatie(verbinding, bereik)), bedrag
        )
        if tot is not None:
            dekkingen[wie, jaar] = Dekking(tot, verklaard[wie, jaar])
    return dekkingen
