"""Totals, lines and proofs in a few words, asked as staff of the gemeente ask them."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import text

from berichten.klok import read_clock
from berichten.opslag.basis.verbinding import Login, Toegang
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.controleer_boeken import verify_books
from berichten.processen.bewaking.tel_gebruik import count_use
from berichten.rapporten.boeken.aansluiting import Boekverschil
from berichten.rapporten.boeken.boekvraag import Boekvraag, ask
from berichten.rapporten.boeken.getelde_prestaties import GeteldePrestatie, list_getelde_prestaties
from berichten.rapporten.boeken.totalen import BEDRAGEN, report_totalen
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.eigenaar import as_owner

STAF = Toegang(GEMEENTE, None)
MATEN = tuple(kolom.naam for kolom in BEDRAGEN)
Totalen = dict[tuple[Any, ...], dict[str, int]]


def vraag_om(werkplaats: Werkplaats, groepeer: str = "", peil: datetime | None = None, **opties: Any) -> Boekvraag:
    """A question; keywords that `ask` does not know are filters."""
    bekend = {naam: opties.pop(naam) for naam in ("periode", "van", "tot", "periodesoort") if naam in opties}
    peildatum = None if peil is None else peil.isoformat()
    return ask(GEMEENTE, werkplaats.instellingen.nu(), groepeer=groepeer, peildatum=peildatum, filters=opties, **bekend)


def totalen(werkplaats: Werkplaats, groepeer: str = "", peil: datetime | None = None, **opties: Any) -> Totalen:
    """Measures by the values of the group, without those that are nothing."""
    vraag = vraag_om(werkplaats, groepeer, peil, **opties)
    with werkplaats.opslag.transaction(STAF) as verbinding:
        rapport = report_totalen(verbinding, vraag, controle=True)
    n = len(vraag.groepeer)
    uit = {tuple(rij[:n]): dict(zip(MATEN, rij[n:], strict=True)) for rij in rapport.rijen}
    if rapport.controletotaal is not None:
        assert sum(maten["nettoToegekend"] for maten in uit.values()) == rapport.controletotaal
    return {groep: {naam: waarde for naam, waarde in maten.items() if waarde} for groep, maten in uit.items()}


def totaal(werkplaats: Werkplaats, peil: datetime | None = None, **opties: Any) -> dict[str, int]:
    """All of it together."""
    return totalen(werkplaats, "", peil, **opties)[()]


def regels(
    werkplaats: Werkplaats, peil: datetime | None = None, per_keer: int = 1000, maat: str | None = None, **opties: Any
) -> list[GeteldePrestatie]:
    """Every line behind a total, or behind one of its sums, page by page."""
    vraag, alle, na = vraag_om(werkplaats, "", peil, **opties), [], 0
    with werkplaats.opslag.transaction(STAF) as verbinding:
        while bladzijde := list_getelde_prestaties(verbinding, vraag, na, per_keer, maat):
            alle += bladzijde
            na = bladzijde[-1].prestatie_id
    return alle


def sum_regels(gevonden: list[GeteldePrestatie]) -> dict[str, int]:
    """The measures of lines together, without those that are nothing."""
    som: Counter[str] = Counter()
    for regel in gevonden:
        for naam, veld in zip(MATEN, _VELDEN, strict=False):
            som[naam] += getattr(regel, veld)
    som["aantalRegels"] = len(gevonden)
    return {naam: waarde for naam, waarde in som.items() if waarde}


_VELDEN = (
    *("ingediend", "toegekend", "gecrediteerd", "correcties", "netto_toegekend", "afgewezen", "te_beoordelen", "betaalbaar"),
    "geblokkeerd",
)


def verschillen(werkplaats: Werkplaats, gemeente: str = GEMEENTE) -> list[Boekverschil]:
    """Every difference in the books; as staff see it and as the service itself does, which must be the same."""
    gevonden = []
    for toegang in (Toegang(gemeente, None), Login.SCHRIJVER, Login.BOEKER):
        with werkplaats.opslag.transaction(toegang) as verbinding:
            uitslag, stroom = verify_books(verbinding, werkplaats, gemeente)
            gevonden.append(list(stroom))
            assert uitslag.verschillen == len(gevonden[-1])
    assert gevonden[0] == gevonden[1] == gevonden[2]
    return gevonden[0]


def knoei(werkplaats: Werkplaats, *opdrachten: str, tabel: str = "journaal", **waarden: Any) -> None:
    """Change what may not be changed, as one with all rights over the database can."""
    with as_owner(werkplaats) as verbinding:
        verbinding.execute(text(f"ALTER TABLE {tabel} DISABLE TRIGGER USER"))
        for opdracht in opdrachten:
            assert verbinding.execute(text(opdracht), waarden).rowcount > 0
        verbinding.execute(text(f"ALTER TABLE {tabel} ENABLE TRIGGER USER"))


SOMMEN = """
    SELECT gemeente, agb, zorgmaand, categorie, productcode, declaratiemaand,
        (geboekt_op AT TIME ZONE 'Europe/Amsterdam')::date AS boekdag,
        coalesce(sum(bedrag) FILTER (WHERE soort = 'toekenning'), 0)::bigint AS toegekend,
        coalesce(sum(bedrag) FILTER (WHERE soort = 'creditering'), 0)::bigint AS gecrediteerd,
        coalesce(sum(bedrag) FILTER (WHERE soort = 'correctie'), 0)::bigint AS correcties,
        count(*) FILTER (WHERE boeking = 1) AS regels
    FROM journaal GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
"""What `boektotaal` must be, from the entries themselves."""


_nachten = count(1)


def count_lines(werkplaats: Werkplaats) -> None:
    """As two nights would: what stood at the first is added up in the second."""
    for _ in range(2):
        count_use(werkplaats, GEMEENTE, read_clock() + timedelta(days=next(_nachten)))


def recount(werkplaats: Werkplaats) -> None:
    """Make the totals of each day anew, as one does who covers up what he changed in the journal."""
    with as_owner(werkplaats) as verbinding:
        verbinding.execute(text("DELETE FROM boektotaal"))
        verbinding.execute(text(f"INSERT INTO boektotaal {SOMMEN}"))
