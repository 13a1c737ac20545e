"""Table 4a from requests: who referred to an allocation, by the request that its first version granted."""

from datetime import date
from typing import Any

from sqlalchemy import text

from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.monitor.rapporten import RAPPORTEN, Lezer, Monitorverzoek
from berichten.rapporten.monitor.bereik import read_bereik
from berichten.rapporten.monitor.herkomst import REFERRERS
from berichten.rapporten.monitor.tabel3b_4a import VERWIJZERS
from tests.hulp.bouw import bouw
from tests.hulp.bouwstenen import BSN, GEMEENTE
from tests.hulp.declareer import Regel, declaratie, send, toewijzing
from tests.hulp.eigenaar import as_owner
from tests.hulp.verzoeken import aanvraag

BESTAAND, VAN_HUISARTS, ZONDER_VERZOEK, OUD = 5001, 5002, 5003, 5004
NIEUW = {"Toewijzingsdatum": "2026-06-10"}
"""On the day on which the gemeente received its first request here."""


def _bill(werkplaats: Werkplaats, *nummers: int) -> None:
    """A line of April for each of these allocations."""
    regels = [Regel(f"H{nummer}", nummer, date(2026, 4, 1), 1, code=f"45B{nummer % 100:02d}") for nummer in nummers]
    resultaat = send(werkplaats, declaratie(date(2026, 4, 1), regels))
    assert resultaat["toegekendBedrag"] == len(nummers) * 7805, resultaat["bevindingen"]


def _allocate(werkplaats: Werkplaats, nummer: int, **velden: Any) -> None:
    velden = {"Product": {"Categorie": "45", "Code": f"45B{nummer % 100:02d}"}, **velden}
    resultaat = send(werkplaats, toewijzing(nummer, **velden))
    assert resultaat["status"] == "verwerkt", resultaat["bevindingen"]


def _receive_on_10_june(werkplaats: Werkplaats) -> None:
    with as_owner(werkplaats) as verbinding:
        verbinding.execute(text("UPDATE verzoek SET ontvangen_op = '2026-06-10T00:30:00+02:00'"))


def _table(werkplaats: Werkplaats) -> dict[str, str]:
    tabel = RAPPORTEN["tabel4a"].make(Lezer(werkplaats), Monitorverzoek(read_bereik((GEMEENTE,), "2026-04")))
    return {str(rij[0]): str(rij[1]) for rij in tabel.rijen}


def test_the_rows_are_those_of_the_region_and_every_referrer_has_one() -> None:
    assert VERWIJZERS[0] == "Niet bekend"
    assert set(REFERRERS.values()) | {"Wijziging bestaande toewijzing"} == set(VERWIJZERS[1:])
    assert set(REFERRERS) == {"01", "02", "03", "04", "05", "06", "08"}


def test_without_any_request_nobody_can_tell(werkplaats: Werkplaats) -> None:
    _allocate(werkplaats, OUD)
    _bill(werkplaats, OUD)
    assert set(_table(werkplaats)) == {"Niet bekend", "Totaal"}


def test_an_allocation_has_the_origin_of_the_request_that_its_first_version_granted(werkplaats: Werkplaats) -> None:
    """An old allocation with the reference that a request has since, which nothing forbade then, is none of its."""
    _allocate(werkplaats, OUD)
    with as_owner(werkplaats) as verbinding:
        gezet = verbinding.execute(text("UPDATE toewijzing_versie SET referentie_aanbieder = 'A-1'"))
        assert gezet.rowcount == 1
    send(werkplaats, aanvraag("A-1", Verwijzer={"Type": "02", "ZorgverlenerCode": "01000001"}))
    _receive_on_10_june(werkplaats)
    _allocate(werkplaats, VAN_HUISARTS, ReferentieAanbieder="A-1", **NIEUW)
    _allocate(werkplaats, ZONDER_VERZOEK, **NIEUW)
    _bill(werkplaats, OUD, VAN_HUISARTS, ZONDER_VERZOEK)
    # A row of one line is € 78,05: each origin has one.
    assert _table(werkplaats) == {"Niet bekend": "78", "Gemeentelijke toegang": "78", "Huisarts": "78", "Totaal": "234"}


def test_a_number_born_of_a_change_is_a_change_and_what_it_was_born_of_stays_what_it_was(werkplaats: Werkplaats) -> None:
    _allocate(werkplaats, BESTAAND)
    bericht = {
        "Header": {"BerichtIdentificatie": {"Identificatie": "VOW1", "Dagtekening": "2026-06-15"}},
        "Client": {
            "Bsn": BSN,
            "Verzoek": {
                "ReferentieAanbieder": "W-1",
                "OngewijzigdeProducten": {"OngewijzigdProduct": {"ToewijzingNummer": BESTAAND}},
                "TeWijzigenProducten": None,
                "NieuweProducten": {"NieuwProduct": {"Product": {"Code": "45B03"}, "GewensteIngangsdatum": "2026-07-01"}},
            },
        },
    }
    assert send(werkplaats, bouw("JW317", bericht))["status"] == "verwerkt"
    _receive_on_10_june(werkplaats)
    _allocate(werkplaats, ZONDER_VERZOEK, ReferentieAanbieder="W-1", **NIEUW)
    _allocate(werkplaats, BESTAAND, **NIEUW, Einddatum="2026-11-30")
    _bill(werkplaats, BESTAAND, ZONDER_VERZOEK)
    assert _table(werkplaats) == {"Niet bekend": "78", "Wijziging bestaande toewijzing": "78", "Totaal": "156"}
