"""What the demo leaves behind: something on every page of the portal, each time the same and only once."""

import pytest

from berichten.demo.demo import load_naslag, make_counter_town
from berichten.demo.eerder import fill_eerder
from berichten.demo.inwoners import add_inwoners
from berichten.demo.nasleep import add_nasleep, make_iban
from berichten.demo.sturen.begrotingsjaar import add_begrotingsjaar
from berichten.inzage.aanbieders.overzicht import find_aanbieder
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.besluiten.besluiten import list_creditverzoeken
from berichten.inzage.besluiten.eerdere import list_vragen
from berichten.inzage.besluiten.werkvoorraad import Filter, list_beoordelingen
from berichten.inzage.geld.betaalruns import list_betaalruns
from berichten.inzage.geld.rekeningen import list_blokkades, list_rekeningen
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.basis.kluis import KluisFout
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.verwerk_bericht import handle_stroom
from berichten.processen.bewaking.bekijk_gezondheid import inspect
from berichten.standaard.waarden.iban import explain_iban
from berichten.voorbeelden.model.model import GEMEENTE
from berichten.voorbeelden.verhalen.werk import AANBIEDERS
from tests.conftest import VANDAAG
from tests.hulp.besluiten import rows

WILGEN, ZUID, HORIZON = (item.agb for item in AANBIEDERS)


def staff(werkplaats: Werkplaats, rol: str) -> Kijker:
    return werkplaats.seen_by(Sleutelhouder(GEMEENTE, "iemand", rol, None))


def test_the_demo_leaves_something_on_every_page(werkplaats: Werkplaats) -> None:
    load_naslag(werkplaats, make_counter_town())
    ids = add_inwoners(werkplaats).ids
    add_nasleep(werkplaats, ids)
    assert add_begrotingsjaar(werkplaats, GEMEENTE)
    beoordelaar, finance = staff(werkplaats, "contractbeheer"), staff(werkplaats, "financien")
    wacht = list_beoordelingen(beoordelaar, Filter(), None, 100, None).bladzijde.regels
    assert len(wacht) > 10
    assert {regel.regel for item in wacht for regel in item.regels} >= {"DA01", "DA02", "DA04", "DA06"}
    termijnen = {item.uiterlijk for item in wacht}
    assert min(termijnen) < VANDAAG
    assert VANDAAG in termijnen
    assert max(termijnen) > VANDAAG
    for kant in ("aanbieder", "gemeente"):
        assert list_vragen(beoordelaar, kant, 10, None).regels
    assert {item.agb for item in list_creditverzoeken(beoordelaar, 10, None).regels} == {WILGEN, ZUID}
    _check_money(werkplaats, finance, ids)
    wilgen = find_aanbieder(beoordelaar, WILGEN)
    assert wilgen is not None
    (ruimte,) = wilgen.ruimtes
    assert ruimte.procent is not None
    assert 85 <= ruimte.procent < 100
    assert wilgen.redenen[0].regel == "TR321"
    add_nasleep(werkplaats, add_inwoners(werkplaats).ids)
    assert len(list_beoordelingen(beoordelaar, Filter(), None, 100, None).bladzijde.regels) == len(wacht)
    assert len(list_betaalruns(finance, 10, None).regels) == 2


def _check_money(werkplaats: Werkplaats, finance: Kijker, ids: dict[str, str]) -> None:
    """A run that waits for another than who proposed it, one that was paid, accounts and blocks that ask for somebody."""
    wacht, betaald = list_betaalruns(finance, 10, None).regels
    assert (wacht.status, betaald.status) == ("voorstel", "goedgekeurd")
    assert wacht.gemaakt_door == ids["financien"]
    assert betaald.goedgekeurd_door == ids["financien2"]
    assert finance.names_of([wacht.gemaakt_door]) == {wacht.gemaakt_door: "Bo Smit"}
    assert wacht.aantal_betalingen > 0
    assert HORIZON in {item.agb for item in list_blokkades(finance, None, True, 10, None).regels}
    assert "voorstel" in {item.status for item in list_rekeningen(finance, None, False, None, 100, None).regels}
    stand = inspect(werkplaats, GEMEENTE)
    assert stand.nachtcontrole is not None
    assert stand.nachtcontrole.verschillen == 0


def test_one_stream_stands_still_until_a_person_looks(werkplaats: Werkplaats) -> None:
    add_nasleep(werkplaats, add_inwoners(werkplaats).ids)
    (rij,) = inspect(werkplaats, GEMEENTE).rijen
    with pytest.raises(KluisFout):
        handle_stroom(werkplaats, GEMEENTE, rij.agb)
    (rij,) = inspect(werkplaats, GEMEENTE).rijen
    assert rij.storing == "KluisFout"


def test_who_typed_a_command_has_a_name(werkplaats: Werkplaats) -> None:
    assert staff(werkplaats, "financien").names_of(["persoon:Bo Smit", "dienst"]) == {
        "persoon:Bo Smit": "Bo Smit",
        "dienst": "de dienst",
    }


def test_a_year_goes_before_the_town_at_the_counter(werkplaats: Werkplaats) -> None:
    """Sound, and in numbers that the other town does not have."""
    stad = make_counter_town()
    load_naslag(werkplaats, stad)
    fill_eerder(werkplaats)
    per_uitkomst = dict(rows(werkplaats, "SELECT uitkomst, count(*) FROM prestatie GROUP BY 1"))
    assert set(per_uitkomst) == {"toegekend"}
    nummers = {nummer for (nummer,) in rows(werkplaats, "SELECT toewijzingnummer FROM toewijzing")}
    anders = b"".join(bericht.inhoud for bericht in stad.berichten)
    assert not [nummer for nummer in nummers if f"ToewijzingNummer>{nummer}<".encode() in anders]


@pytest.mark.parametrize(
    ("bank", "nummer", "iban"), [("ABNA", 417164300, "NL91ABNA0417164300"), ("RABO", 123456789, "NL44RABO0123456789")]
)
def test_an_account_number_has_its_check_digits(bank: str, nummer: int, iban: str) -> None:
    assert make_iban(bank, nummer) == iban
    assert explain_iban(iban) is None
