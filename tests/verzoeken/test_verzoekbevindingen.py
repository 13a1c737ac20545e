"""What follows from findings on a request: the gemeente's consequence, who decides, and the reason that is proposed."""

from typing import Any

from berichten.beoordeling.verzoeken.verzoekbevindingen import (
    asks_for_a_person,
    find_toewijzing,
    find_wijziging,
    needs_a_person,
    proposed_reden,
)
from berichten.kern.regel import Bevinding
from berichten.standaard.deur.toelating import admit
from berichten.standaard.waarden.verzoeken import Toewijzingsverzoek, Wijzigingsverzoek
from tests.hulp.bouw import bouw, schemas
from tests.hulp.kaders import verzoek_feiten

GEEN_CONTRACT = {"contract": {"heeft_contracten": "ja"}}
LANDELIJK = {"AangevraagdProduct": {"Raamcontract": "1"}}
GEEN_VERWIJZER = {"AangevraagdProduct": {"Verwijzer": {"Type": "06", "ZorgverlenerCode": None}}}


def _find(bekend: dict[str, Any], bericht: dict[str, Any] | None = None, soort: str = "JW315") -> list[Bevinding]:
    gelezen = admit(bouw(soort, bericht), schemas())
    assert isinstance(gelezen, (Toewijzingsverzoek, Wijzigingsverzoek))
    feiten = verzoek_feiten(gelezen, bekend)
    if isinstance(gelezen, Wijzigingsverzoek):
        return find_wijziging(gelezen, feiten)
    return [item for product in gelezen.aangevraagd for item in find_toewijzing(product, feiten)]


def _told(bevindingen: list[Bevinding]) -> list[tuple[str, str]]:
    return [(item.regel.id, item.regel.gevolg) for item in bevindingen]


def _proposed(bevindingen: list[Bevinding]) -> str | None:
    voorstellen = [(item.regel.gevolg, item.regel.voorstel) for item in bevindingen]
    return proposed_reden((gevolg, voorstel.afwijzingsreden if voorstel else None) for gevolg, voorstel in voorstellen)


def _beleid(regel: str, gevolg: str, **anders: str) -> dict[str, Any]:
    return {"beleid": {"regels": [{"regel": regel, "gevolg": gevolg, **anders}]}}


def test_without_findings_policy_may_honour_and_nothing_is_proposed() -> None:
    assert _find({}) == []
    assert not asks_for_a_person([])
    assert _proposed([]) is None


def test_a_finding_asks_for_a_person_and_proposes_a_reason() -> None:
    gevonden = _find(GEEN_CONTRACT)
    assert _told(gevonden) == [("VZ01", "beoordelen")]
    assert asks_for_a_person(gevonden)
    assert _proposed(gevonden) == "3"


def test_who_relies_on_a_national_contract_is_only_shown_whatever_the_gemeente_wants_elsewhere() -> None:
    assert _told(_find(GEEN_CONTRACT, LANDELIJK)) == [("VZ01", "signaal")]
    assert _told(_find(GEEN_CONTRACT | _beleid("VZ01", "beoordelen"), LANDELIJK)) == [("VZ01", "signaal")]
    assert _find(GEEN_CONTRACT | _beleid("VZ01", "uit"), LANDELIJK) == []


def test_the_gemeente_sets_the_consequence_by_date_and_aanbieder() -> None:
    assert _told(_find(GEEN_CONTRACT | _beleid("VZ01", "signaal"))) == [("VZ01", "signaal")]
    assert _told(_find(GEEN_CONTRACT | _beleid("VZ01", "uit", einddatum="2026-05-31"))) == [("VZ01", "beoordelen")]
    assert _find(GEEN_CONTRACT | _beleid("VZ01", "uit", einddatum="2026-06-01")) == []
    assert _told(_find(_beleid("VZ09", "beoordelen"), GEEN_VERWIJZER)) == [("VZ09", "beoordelen")]


def test_no_finding_ever_rejects_a_request() -> None:
    gevonden = _find(GEEN_CONTRACT | _beleid("VZ01", "afwijzen", retourcode="0611"))
    assert _told(gevonden) == [("VZ01", "beoordelen")]
    assert [item.regel.retourcode for item in gevonden] == [None]


def test_the_reason_of_what_asks_for_a_person_goes_before_that_of_a_signal() -> None:
    gevonden = _find({"ontvangen": "2026-06-02", "geboortedatum": "2007-01-01"}, GEEN_VERWIJZER)
    assert _told(gevonden) == [("VZ04", "beoordelen"), ("VZ05", "beoordelen"), ("VZ09", "signaal")]
    assert _proposed(gevonden) == "9"
    assert _proposed(gevonden[1:]) == "7"
    assert _proposed(gevonden[1:2]) is None


def test_each_product_of_a_jw315_is_found_out_by_itself_and_a_jw317_as_a_whole() -> None:
    twee = {"AangevraagdProduct": [{}, {"Product": {"Code": "45A03"}}]}
    contract = {"contract": {"heeft_contracten": "ja", "contractregels": [{}]}}
    assert [item.gegevens["product"] for item in _find(contract, twee)] == ["product 45A03"]
    assert [item.plaats.klasse for item in _find(GEEN_CONTRACT, soort="JW317")] == ["TeWijzigenProduct", "NieuwProduct"]


GECONTRACTEERD: dict[str, Any] = {
    "contract": {"heeft_contracten": "ja", "heeft_tarieven": "ja", "producten": [{}], "contractregels": [{}], "tariefregels": [{}]}
}


def _left_to_a_person(bekend: dict[str, Any], bericht: dict[str, Any] | None = None, soort: str = "JW315") -> bool:
    gelezen = admit(bouw(soort, bericht), schemas())
    assert isinstance(gelezen, (Toewijzingsverzoek, Wijzigingsverzoek))
    feiten = verzoek_feiten(gelezen, bekend)
    gevraagd = gelezen if isinstance(gelezen, Wijzigingsverzoek) else gelezen.aangevraagd[0]
    return needs_a_person(gevraagd, feiten)


def test_policy_honours_only_where_contract_and_tariff_of_this_gemeente_are_known_on_the_start_date() -> None:
    assert not _left_to_a_person(GECONTRACTEERD)
    assert _left_to_a_person({}), "no contracts loaded"
    onbekend: list[dict[str, Any]] = [
        {"contractregels": []},
        {"tariefregels": []},
        {"contractregels": [{"einddatum": "2026-05-31"}]},
        {"tariefregels": [{"ingangsdatum": "2026-06-02"}]},
    ]
    for anders in onbekend:
        assert _left_to_a_person({"contract": GECONTRACTEERD["contract"] | anders}, LANDELIJK), anders
    assert not _left_to_a_person(GECONTRACTEERD, LANDELIJK)


def test_policy_honours_no_change_of_which_the_standard_does_not_say_what_becomes() -> None:
    per_week = {"toewijzingnummer": "71002", "productcode": "45A03", "volume": "4", "eenheid": "04", "frequentie": "2"}
    meer = {"Omvang": {"Volume": "6", "Eenheid": "04", "Frequentie": "2"}}
    bekend: dict[str, Any] = {"toewijzingen": [{}, per_week], "vandaag": "2026-05-06"}
    assert not _left_to_a_person(bekend, {"TeWijzigenProduct": meer}, "JW317")
    assert _left_to_a_person(bekend, {"TeWijzigenProduct": {"GewensteIngangsdatum": "2026-01-01", **meer}}, "JW317")
    intussen = {"toewijzingen": [{"einddatum": "2026-05-05"}, per_week], "vandaag": "2026-05-06"}
    assert _left_to_a_person(intussen, {"TeWijzigenProduct": meer}, "JW317"), "one that it names has ended"
