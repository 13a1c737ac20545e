"""Findings and policy on a request through the real pipeline, by reference files as a gemeente loads them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from berichten.instellingen import Instellingen
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.processen.referentie.laad_referentie import load_referentie
from tests.hulp.bouwstenen import ANDER_BSN, BSN
from tests.hulp.declareer import send, toewijzing
from tests.hulp.eigenaar import as_owner
from tests.hulp.verzoeken import aanvraag, stand, wijziging

BESTANDEN = {
    "aanbieders": "gemeente;agb;naam\n0484;42420001;De Wilgen\n",
    "pdc": "gemeente;productcode;omschrijving;productcategorie;eenheid;uitvoeringsvariant;zorgvorm;segment;opleidingsniveau;"
    "vereiste_registratie;taakveld;ingangsdatum;einddatum\n"
    "0484;45A48;Begeleiding;45;04;inspanning;Begeleiding individueel;4;;;;2020-01-01;\n"
    "0484;45A03;Training;45;04;inspanning;Begeleiding individueel;4;;;;2020-01-01;\n",
    "contracten": "gemeente;agb;productcode;ingangsdatum;einddatum\n0484;42420001;45A48;2020-01-01;\n",
    "tarieven": "gemeente;agb;productcode;opleidingsniveau;eenheid;tarief;ingangsdatum;einddatum\n"
    "0484;;45A48;;04;7805;2020-01-01;\n",
    "verzoekbeleid": "gemeente;soort;verwijzertype;agb;categorie;productcode;met_agb_code;gevolg;ingangsdatum;einddatum\n"
    "0484;JW315;02;;;;ja;honoreren;2026-01-01;\n"
    "0484;JW317;;;;;nee;honoreren;2026-01-01;\n",
}


@pytest.fixture(scope="module")
def gemeente(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Werkplaats]:
    """A gemeente that honours what a family doctor asks for and a contract covers."""
    with open_werkplaats(Instellingen(database_url=module_database, var=tmp_path_factory.mktemp("weging"))) as werkplaats:
        for soort, inhoud in BESTANDEN.items():
            assert load_referentie(werkplaats, soort, inhoud.encode()).fouten == [], soort
        yield werkplaats


def _ask(werkplaats: Werkplaats, referentie: str, **velden: Any) -> tuple[str, list[str]]:
    """What becomes of a JW315, and which rules found something in it."""
    vroeg = {"ToewijzingIngangsdatum": "2027-01-01", "ToewijzingEinddatum": "2027-06-30"}
    status, gevonden = _send(werkplaats, referentie, aanvraag(referentie, bsn=ANDER_BSN, **{**vroeg, **velden}))
    return status, [regel for regel, _ in gevonden]


def _send(werkplaats: Werkplaats, referentie: str, inhoud: bytes) -> tuple[str, list[tuple[str, int | None]]]:
    """What becomes of a request, and what was found in it: each rule with the allocation that it is about."""
    resultaat = send(werkplaats, inhoud)
    verzoek = stand(werkplaats, referentie)
    assert verzoek is not None, resultaat["bevindingen"]
    with as_owner(werkplaats) as verbinding:
        gevonden = verbinding.execute(
            text("SELECT regel, toewijzingnummer FROM verzoek_bevinding WHERE verzoek_id = :v ORDER BY volgnummer"),
            {"v": verzoek.verzoek_id},
        ).all()
        # Each case asks anew: a request that waits would bar the next (TR374).
        verbinding.execute(text("UPDATE verzoek SET status = 'afgewezen'"))
    return verzoek.status, [(rij.regel, rij.toewijzingnummer) for rij in gevonden]


WIJZIGER = "999990019"
ROLLOOS = "999990020"
HUISARTS = {"Type": "02", "ZorgverlenerCode": "01000001"}


def test_policy_honours_what_a_family_doctor_asks_for_and_the_contract_covers(gemeente: Werkplaats) -> None:
    assert _ask(gemeente, "P-1", Verwijzer=HUISARTS) == ("te_honoreren", [])


def test_a_referrer_without_code_is_for_a_person(gemeente: Werkplaats) -> None:
    assert _ask(gemeente, "P-2", Verwijzer={"Type": "02", "Naam": "Praktijk De Linde", "ZorgverlenerCode": None}) == (
        "ontvangen",
        [],
    )


def test_a_finding_that_asks_for_a_person_goes_before_policy(gemeente: Werkplaats) -> None:
    zonder_contract = {"Product": {"Categorie": "45", "Code": "45A03"}}
    assert _ask(gemeente, "P-3", Verwijzer=HUISARTS, **zonder_contract) == ("ontvangen", ["VZ01"])
    andere_eenheid = {"Omvang": {"Volume": "2", "Eenheid": "16", "Frequentie": "2"}}
    assert _ask(gemeente, "P-4", Verwijzer=HUISARTS, **andere_eenheid) == ("ontvangen", ["VZ02"])


def test_a_category_is_covered_by_any_product_in_it(gemeente: Werkplaats) -> None:
    aspecifiek = {"Product": {"Categorie": "45", "Code": None}, "Omvang": None, "Budget": "100000"}
    assert _ask(gemeente, "P-5", Verwijzer=HUISARTS, **aspecifiek) == ("te_honoreren", [])


def test_a_change_is_honoured_unless_the_standard_leaves_it_to_a_person_and_its_findings_name_the_allocation(
    gemeente: Werkplaats,
) -> None:
    send(gemeente, toewijzing(88002, bsn=WIJZIGER, Ingangsdatum="2027-01-01", Einddatum="2027-12-31"))
    meer: dict[str, Any] = {"Volume": "30", "Eenheid": "04", "Frequentie": "4"}

    def ask(referentie: str, **velden: Any) -> tuple[str, list[tuple[str, int | None]]]:
        gevraagd = {"GewensteIngangsdatum": "2027-03-01", "Einddatum": "2027-12-31", "Omvang": meer, **velden}
        return _send(gemeente, referentie, wijziging(referentie, 88002, bsn=WIJZIGER, **gevraagd))

    assert ask("W-1") == ("te_honoreren", [])
    assert ask("W-2", GewensteIngangsdatum="2027-01-01") == ("ontvangen", []), "no old part to end"
    assert ask("W-3", Omvang=meer | {"Eenheid": "16"}) == ("ontvangen", [("VZ02", 88002)])


def test_an_aanbieder_without_a_role_in_changes_is_told_of_beside_its_request(gemeente: Werkplaats) -> None:
    """By a row of its own, which goes before that for all, and from its first day on."""
    kop = BESTANDEN["verzoekbeleid"].partition("\n")[0]
    fout = load_referentie(gemeente, "verzoekbeleid", f"{kop}\n0484;JW315;;42420001;;;nee;geen_rol;2026-01-01;\n".encode())
    assert "alleen voor wijzigingen" in fout.fouten[0].melding
    send(gemeente, toewijzing(88004, bsn=ROLLOOS, Ingangsdatum="2027-01-01", Einddatum="2027-12-31"))
    later: dict[str, Any] = {"GewensteIngangsdatum": "2027-03-01", "Einddatum": "2027-12-31"}
    later["Omvang"] = {"Volume": "30", "Eenheid": "04", "Frequentie": "4"}
    vandaag = gemeente.instellingen.vandaag()
    morgen = f"{vandaag + timedelta(days=1)};"
    for vanaf, gevolg in ((morgen, ("te_honoreren", [])), (f"2026-01-01;{vandaag}", ("ontvangen", [("VZ02", None)]))):
        inhoud = f"{kop}\n0484;JW317;;42420001;;;nee;geen_rol;{vanaf}\n"
        assert load_referentie(gemeente, "verzoekbeleid", inhoud.encode()).fouten == []
        referentie = f"W-{gevolg[0]}"
        assert _send(gemeente, referentie, wijziging(referentie, 88004, bsn=ROLLOOS, **later)) == gevolg


def test_a_signal_does_not_hold_policy_up_but_without_contract_a_person_decides(gemeente: Werkplaats) -> None:
    beleid = "gemeente;agb;regel;gevolg;retourcode;ingangsdatum;einddatum\n"
    beleid += "".join(f"0484;;{regel};signaal;;2020-01-01;\n" for regel in ("VZ01", "VZ02"))
    assert load_referentie(gemeente, "regelbeleid", beleid.encode()).fouten == []
    andere_eenheid = {"Omvang": {"Volume": "2", "Eenheid": "16", "Frequentie": "2"}}
    assert _ask(gemeente, "P-6", Verwijzer=HUISARTS, **andere_eenheid) == ("te_honoreren", ["VZ02"])
    zonder_contract = {"Product": {"Categorie": "45", "Code": "45A03"}}
    assert _ask(gemeente, "P-8", Verwijzer=HUISARTS, **zonder_contract) == ("ontvangen", ["VZ01"])
    assert _ask(gemeente, "P-9", Verwijzer=HUISARTS, Raamcontract="1", **zonder_contract) == ("ontvangen", ["VZ01"])


def test_a_rule_on_requests_cannot_be_set_to_reject(gemeente: Werkplaats) -> None:
    beleid = "gemeente;agb;regel;gevolg;retourcode;ingangsdatum;einddatum\n0484;;VZ01;afwijzen;0611;2020-01-01;\n"
    (fout,) = load_referentie(gemeente, "regelbeleid", beleid.encode()).fouten
    assert "wijst niets af" in fout.melding


def test_a_new_allocation_without_reference_leaves_the_request_open_and_says_so(gemeente: Werkplaats) -> None:
    send(gemeente, aanvraag("P-7", bsn=ANDER_BSN, ToewijzingIngangsdatum="2027-01-01", ToewijzingEinddatum="2027-06-30"))
    resultaat = send(gemeente, toewijzing(88001, bsn=ANDER_BSN, Einddatum="2026-12-31"))
    assert resultaat["status"] == "verwerkt"
    assert [item["regel"] for item in resultaat["bevindingen"]] == ["VZ12"]
    verzoek = stand(gemeente, "P-7")
    assert verzoek is not None
    assert verzoek.is_open


def test_a_change_without_reference_of_what_a_request_names_leaves_it_open_and_says_so(gemeente: Werkplaats) -> None:
    loopt: dict[str, Any] = {"bsn": BSN, "Ingangsdatum": "2027-01-01"}
    send(gemeente, toewijzing(88003, **loopt, Einddatum="2027-12-31"))
    vraag = wijziging("W-4", 88003, bsn=BSN, GewensteIngangsdatum="2027-03-01", Einddatum="2027-10-31")
    assert send(gemeente, vraag)["status"] == "verwerkt"
    gelijk = send(gemeente, toewijzing(88003, **loopt, Einddatum="2027-12-31"))
    assert gelijk["bevindingen"] == []
    anders = send(gemeente, toewijzing(88003, **loopt, Einddatum="2027-10-31", RedenWijziging="12", Toewijzingstijd="11:00:00"))
    assert anders["status"] == "verwerkt"
    assert [(item["regel"], "verandert" in item["melding"]) for item in anders["bevindingen"]] == [("VZ12", True)]
    verzoek = stand(gemeente, "W-4")
    assert verzoek is not None
    assert verzoek.is_open
