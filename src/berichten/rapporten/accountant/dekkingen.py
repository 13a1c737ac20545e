"""How far the goedkeurende controleverklaring of each aanbieder reaches over its lines, as of a moment."""

from collections import defaultdict
from datetime import date, datetime

from sqlalchemy import Connection

from berichten.opslag.controle.controlebereik import Controlebereik, stream_populatie
from berichten.opslag.controle.productieverantwoordingen import list_productie
from berichten.rapporten.accountant.verklaring import Dekking, Dekkingen, find_reach


def read_dekkingen(verbinding: Connection, gemeente: str, moment: datetime, agb: str | None = None) -> Dekkingen:
    """By aanbieder and year of care; a query more for each that has such a verklaring.

    Of a verklaring the amounts of all products together count: it is given on the whole.
    """
    bedragen: defaultdict[tuple[str, int], int] = defaultdict(int)
    verklaard: dict[tuple[str, int], date] = {}
    for regel in list_productie(verbinding, gemeente, moment, agb=agb):
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
