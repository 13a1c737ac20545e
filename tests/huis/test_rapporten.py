"""Every report stands in the catalogue once, and the API offers those and no others."""

from typing import Any

from api.app import create_app
from berichten.instellingen import Instellingen
from berichten.opslag.toegang.sleutels import ROLLEN
from berichten.processen.rapportage.boeken import BOEKRAPPORTEN
from berichten.processen.rapportage.catalogus import CATALOGUS

PADEN: dict[str, Any] = create_app(Instellingen()).openapi()["paths"]


def test_the_api_offers_every_report_of_one_gemeente() -> None:
    boeken = {pad.removeprefix("/financien/") for pad in PADEN if pad in {f"/financien/{item.naam}" for item in BOEKRAPPORTEN}}
    [naam] = [item for item in PADEN["/monitor/tabellen/{naam}"]["get"]["parameters"] if item["name"] == "naam"]
    monitor = {*naam["schema"]["enum"], *(eigen for eigen in CATALOGUS if f"/monitor/{eigen}" in PADEN)}
    kwartaal = {naam for naam in CATALOGUS if f"/{naam}en/{{periode}}" in PADEN}
    van_regio = {pad.split("/")[2].removesuffix("rapporten") for pad in PADEN if pad.startswith("/regio/")}
    regio = {naam for naam in CATALOGUS if naam.removeprefix("regio-") in van_regio and naam.startswith("regio-")}
    assert boeken | monitor | kwartaal | regio == {naam for naam, item in CATALOGUS.items() if not item.alle_gemeenten}


def test_each_says_what_it_is_and_names_roles_that_exist() -> None:
    for naam, item in CATALOGUS.items():
        assert item.naam == naam
        assert item.omschrijving.endswith(".")
        assert item.rollen
        assert set(item.rollen) <= set(ROLLEN)


def test_an_aanbieder_has_none_and_nobody_has_what_compares_gemeenten() -> None:
    for_one = [item for item in CATALOGUS.values() if not item.alle_gemeenten]
    assert [item.naam for item in for_one if "aanbieder" in item.rollen] == []
    assert CATALOGUS["verdeelsleutel"] not in for_one
    assert {item.naam for item in for_one if "financien" in item.rollen} >= {"totalen", "journaal", "aansluiting", "tabel1"}
