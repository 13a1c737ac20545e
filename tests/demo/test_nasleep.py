"""What the demo leaves behind: something on every page of the portal, each time the same and only once."""

import pytest

from berichten.demo.nasleep import add_nasleep, make_iban
from berichten.demo.werkdag import fill_werkmaand
from berichten.inzage.aanbieders.overzicht import find_aanbieder
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.besluiten.besluiten import list_creditverzoeken
from berichten.inzage.besluiten.eerdere import list_vragen
from berichten.inzage.besluiten.werkvoorraad import Filter, list_beoordelingen
from berichten.inzage.geld.betaalruns import find_betaalrun, list_betaalruns
from berichten.inzage.geld.rekeningen import list_blokkades
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.standaard.waarden.iban import explain_iban
from berichten.voorbeelden.model.model import GEMEENTE
from berichten.voorbeelden.verhalen.werk import AANBIEDERS
from tests.conftest import VANDAAG

WILGEN, ZUID, HORIZON = (item.agb for item in AANBIEDERS)


def staff(werkplaats: Werkplaats, rol: str) -> Kijker:
    return werkplaats.seen_by(Sleutelhouder(GEMEENTE, "iemand", rol, None))


def test_the_demo_leaves_something_on_every_page(werkplaats: Werkplaats) -> None:
    fill_werkmaand(werkplaats)
    add_nasleep(werkplaats)
    beoordelaar, finance = staff(werkplaats, "contractbeheer"), staff(werkplaats, "financien")
    wacht = list_beoordelingen(beoordelaar, Filter(), None, 100, None).bladzijde.regels
    assert len(wacht) > 10
    assert {regel.regel for item in wacht for regel in item.regels} >= {"DA01", "DA02", "DA04", "DA06"}
    termijnen = {item.uiterlijk for item in wacht}
    assert min(termijnen) < VANDAAG
    assert VANDAAG in termijnen
    assert max(termijnen) > VANDAAG
    for kant, aantal in (("aanbieder", 1), ("gemeente", 1)):
        assert len(list_vragen(beoordelaar, kant, 10, None).regels) == aantal  # type: ignore[arg-type]
    assert [item.agb for item in list_creditverzoeken(beoordelaar, 10, None).regels] == [ZUID]
    (run,) = list_betaalruns(finance, 10, None).regels
    assert run.status == "voorstel"
    dossier = find_betaalrun(finance, run.run_id)
    assert dossier is not None
    uitkomsten = {item.agb: item.uitkomst for item in dossier.opdrachten}
    assert uitkomsten[WILGEN] == "betalen"
    assert set(uitkomsten.values()) > {"betalen"}
    assert [item.agb for item in list_blokkades(finance, None, True, 10, None).regels] == [HORIZON]
    wilgen = find_aanbieder(beoordelaar, WILGEN)
    assert wilgen is not None
    (ruimte,) = wilgen.ruimtes
    assert ruimte.procent is not None
    assert 85 <= ruimte.procent < 100
    assert wilgen.redenen[0].regel == "TR321"
    fill_werkmaand(werkplaats)
    add_nasleep(werkplaats)
    assert len(list_beoordelingen(beoordelaar, Filter(), None, 100, None).bladzijde.regels) == len(wacht)
    assert len(list_betaalruns(finance, 10, None).regels) == 1


@pytest.mark.parametrize(
    ("bank", "nummer", "iban"), [("ABNA", 417164300, "NL91ABNA0417164300"), ("RABO", 123456789, "NL44RABO0123456789")]
)
def test_an_account_number_has_its_check_digits(bank: str, nummer: int, iban: str) -> None:
    assert make_iban(bank, nummer) == iban
    assert explain_iban(iban) is None
