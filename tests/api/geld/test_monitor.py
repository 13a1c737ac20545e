"""The monitor through the API: JSON, CSV and workbook of the same table, who may have what, and uploads."""

from datetime import date
from io import BytesIO
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from api.geld.monitor import TABELLEN
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.rapporten.monitor.tabel3b_4a import VERWIJZERS
from tests.api.conftest import Loket
from tests.hulp.eigenaar import as_owner
from tests.hulp.monitoring.monitor import Regel, Toewijzing, Zorg, bsn_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AGB = "42420001"
IN_2024 = {"periode": "2024"}


@pytest.fixture(scope="module")
def gevuld(loket: Loket) -> Loket:
    """Forty clients of whom three are 18, in two zorgvormen; one kind of care is only given to four of them."""
    zorg = Zorg()
    een, twee = zorg.product("4", "Basis GGZ"), zorg.product("4", "Begeleiding individueel")
    zorg.toewijzingen = [Toewijzing(n + 1, n, date(2006 if n < 3 else 2012, 1, 1)) for n in range(40)]
    zorg.regels = [Regel(n, 12_345, product=een if n >= 4 else twee, toewijzing=n + 1) for n in range(40)]
    with as_owner(loket.werkplaats) as verbinding:
        verbinding.execute(text("DELETE FROM pdc"))
        zorg.save(verbinding)
    return loket


def ask(loket: Loket, adres: str, rol: str = "contractbeheer", accept: str = "application/json", **vraag: Any) -> httpx.Response:
    with loket.client(rol) as client:
        return client.get(f"/monitor/{adres}", params=vraag or IN_2024, headers={"Accept": accept})


def test_a_table_is_the_same_as_json_csv_and_workbook(gevuld: Loket) -> None:
    """Four clients show as ≤5; the rest of the segment would tell how many they are, and is hidden."""
    verwacht = [
        ("4. Ambulante jeugdhulp", "segment", 4938, 40, 123),
        ("S4 Basis GGZ", "zorgvorm", 4444, "-", "-"),
        ("S4 Begeleiding individueel", "zorgvorm", 494, "≤5", "-"),
        ("TOTAAL ALLE SEGMENTEN", "totaal", 4938, 40, 123),
    ]
    tabel = ask(gevuld, "tabellen/tabel1").json()
    assert [tuple(rij.values()) for rij in tabel["rijen"]] == verwacht
    assert tabel["kolommen"] == ["productindeling", "niveau", "bedragEuro", "uniekeClienten", "kostenPerClient"]
    assert (tabel["van"], tabel["tot"]) == ("2024-01-01", "2024-12-31")
    regels = ask(gevuld, "tabellen/tabel1", accept="text/csv").content.decode("utf-8-sig").splitlines()
    [voetnoot] = tabel["toelichting"]
    assert "de maand waarin de hulp is gegeven" in voetnoot
    assert regels == [
        "productindeling;niveau;bedrag_euro;unieke_clienten;kosten_per_client",
        *(";".join(map(str, rij)) for rij in verwacht),
        f'"Let op: {voetnoot}";;;;',
    ]
    boek = load_workbook(BytesIO(ask(gevuld, "tabellen/tabel1", accept=XLSX).content))
    assert [rij[2] for rij in boek["Gegevens"].iter_rows(min_row=2, values_only=True)] == [4938, 4444, 494, 4938]
    verantwoording = str(list(boek["Verantwoording"].values))
    assert "januari 2024 tot en met december 2024" in verantwoording
    assert voetnoot in verantwoording


def test_the_form_that_tells_small_counts_is_for_beheer_only(gevuld: Loket) -> None:
    veilig = ask(gevuld, "tabellen/tabel3b", **IN_2024).json()["rijen"]
    assert veilig[0] == {"leeftijd": 18, "bedragEuro": 370, "uniekeClienten": "≤5", "kostenPerClient": "-"}
    geweigerd = ask(gevuld, "tabellen/tabel3b", **IN_2024, vorm="publicatie2024")
    assert geweigerd.status_code == 403
    assert "kleine aantallen" in geweigerd.json()["detail"]
    precies = ask(gevuld, "tabellen/tabel3b", "beheer", **IN_2024, vorm="publicatie2024").json()["rijen"]
    assert precies[0]["kostenPerClient"] == 123


def test_every_table_that_is_listed_can_be_asked_for(gevuld: Loket) -> None:
    """Without a BSN in any of them. The division key, which compares gemeenten, is not among them."""
    with gevuld.client("contractbeheer") as client:
        namen = [item["naam"] for item in client.get("/monitor/tabellen").json()["tabellen"]]
    assert namen == [
        "tabel1",
        "tabel3b",
        "tabel4a",
        "tabel5b",
        "unieke-clienten",
        "jaarprognose",
        "verplichtingenprognose",
        "signalen",
    ]
    for naam in namen:
        antwoord = ask(gevuld, f"tabellen/{naam}", "financien")
        assert antwoord.status_code == 200, antwoord.text
        assert not any(bsn_of(client) in antwoord.text for client in range(40))
    weg = ask(gevuld, "tabellen/verdeelsleutel")
    assert (weg.status_code, "Kies uit: tabel1" in weg.json()["detail"]) == (404, True)


def test_people_of_the_region_get_no_table_with_counts_of_a_gemeente(gevuld: Loket) -> None:
    """Their own report has the clients of the region as one; here they have what is in amounts only, and each refusal is logged."""
    with gevuld.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        gevuld.sleutels["regio"] = make_sleutel(verbinding, "0484", "regio", None, gevuld.werkplaats.instellingen.nu())
    with gevuld.client("regio") as client:
        namen = [item["naam"] for item in client.get("/monitor/tabellen").json()["tabellen"]]
    assert namen == ["jaarprognose", "verplichtingenprognose"]
    for naam in TABELLEN:
        antwoord = ask(gevuld, f"tabellen/{naam}", "regio")
        assert antwoord.status_code == (200 if naam in namen else 403), naam
        assert not any("client" in kolom.lower() for kolom in antwoord.json().get("kolommen", ()))
    for pad in ("indicatoren", "verplichtingen"):
        assert ask(gevuld, pad, "regio").status_code == 403
    with gevuld.werkplaats.opslag.transaction() as verbinding:
        vraag = "SELECT count(*) FROM inzagelog WHERE rol = 'regio' AND uitkomst = 'geweigerd'"
        assert verbinding.execute(text(vraag)).scalar_one() == len(TABELLEN) - len(namen) + 2


def test_indicators_by_split(gevuld: Loket) -> None:
    alle = ask(gevuld, "indicatoren").json()["rijen"]
    assert {rij["nr"] for rij in alle} == {2, 3, 4, 5, 6, 7, 9, 12, 13, 14}
    per_aanbieder = ask(gevuld, "indicatoren", **IN_2024, splits="aanbieder").json()["rijen"]
    assert {rij["splitsing"] for rij in per_aanbieder} == {"aanbieder"}
    [clienten] = [rij for rij in per_aanbieder if rij["nr"] == 6]
    assert (clienten["groep"], clienten["waarde"], clienten["eenheid"]) == (AGB, 40, "aantal")


def test_frames_can_be_tried_with_other_limits(gevuld: Loket) -> None:
    fout = ask(gevuld, "tabellen/tabel5b", **IN_2024, maxMaanden="Basis GGZ:6")
    assert fout.status_code == 400
    assert fout.json()["detail"].startswith("Het kader 'Basis GGZ' bestaat niet. Kies uit: ")
    with gevuld.werkplaats.opslag.transaction() as verbinding:
        verbinding.execute(text("INSERT INTO kader VALUES ('0484', 'Basis GGZ', '4', 'Basis GGZ', 6, NULL, '2020-01-01', NULL)"))
    tabel = ask(gevuld, "tabellen/tabel5b", **IN_2024, maxMaanden="Basis GGZ:6", maxMinuten="Basis GGZ:30").json()
    [rij] = [rij for rij in tabel["rijen"] if rij["naam"] == "Basis GGZ"]
    assert (rij["trajectenTotaal"], rij["trajectenBuitenKader"]) == (40, 40)
    assert tabel["toelichting"]


@pytest.mark.parametrize(
    ("vraag", "status", "melding"),
    [
        ({"periode": "vorig jaar"}, 400, "Schrijf een maand als"),
        ({"van": "2024-05", "tot": "2024-01"}, 400, "Draai ze om"),
        ({"van": "2024-05"}, 400, "Geef een periode"),
        ({"periode": "2024-Q1"}, 400, "heel jaar"),
        ({"periode": "2024", "maxMaanden": "zes"}, 400, "niet de juiste vorm"),
    ],
)
def test_a_wrong_question_is_answered_with_what_to_do(gevuld: Loket, vraag: dict[str, str], status: int, melding: str) -> None:
    antwoord = ask(gevuld, "tabellen/tabel5b", **vraag)
    assert antwoord.status_code == status
    assert melding in antwoord.text


@pytest.mark.parametrize("adres", ["tabellen", "tabellen/tabel1", "indicatoren"])
@pytest.mark.parametrize("wie", [AGB, "gemeente"])
def test_only_those_who_watch_contracts_and_money_may_look(gevuld: Loket, adres: str, wie: str) -> None:
    assert ask(gevuld, adres, wie).status_code == 403


def test_uploads_are_loaded_whole_or_not_at_all(gevuld: Loket) -> None:
    """Referrers show in table 4a; a wrong line or another gemeente's is named."""
    kop = "gemeente;toewijzingnummer;verwijzer\n"
    goed = kop + "".join(f"0484;{nummer};{VERWIJZERS[3]}\n" for nummer in range(1, 21))
    csv = {"Content-Type": "text/csv"}
    with gevuld.client("contractbeheer") as client:
        assert client.post("/monitor/verwijzers", content=goed.encode(), headers=csv).json() == {"regels": 20}
        fout = client.post("/monitor/verwijzers", content=f"{kop}0537;1;Huisarts\n".encode(), headers=csv)
        assert client.post("/monitor/opgaven", content=b"{}", headers={"Content-Type": "application/json"}).status_code == 415
        opgave = b"gemeente;nr;jaar;onderdeel;waarde;eenheid;bron\n0484;10;2024;Team Noord;7,5;score;MTO\n"
        assert client.post("/monitor/opgaven", content=opgave, headers=csv).json() == {"regels": 1}
    assert (fout.status_code, fout.json()["fouten"][0]["regelnummer"]) == (400, 2)
    assert "alleen regels van 0484" in fout.json()["fouten"][0]["melding"]
    with gevuld.client("financien") as client:
        assert client.post("/monitor/opgaven", content=b"", headers=csv).status_code == 403
    rijen = ask(gevuld, "tabellen/tabel4a").json()["rijen"]
    assert [(rij["verwijzer"], rij["uniekeClienten"]) for rij in rijen] == [("Niet bekend", 20), ("Huisarts", 20), ("Totaal", 40)]
    [score] = [rij for rij in ask(gevuld, "indicatoren").json()["rijen"] if rij["nr"] == 10]
    assert (score["groep"], score["waarde"], score["bron"]) == ("Team Noord", 7.5, "MTO")


def test_obligations_by_group_and_as_of_a_day(gevuld: Loket) -> None:
    """What is on no allocation is a row of its own; before anything was booked there is nothing."""
    antwoord = ask(gevuld, "verplichtingen", "financien", jaar=2024, groepeer="aanbieder").json()
    assert antwoord["kolommen"][:3] == ["groep", "jaar", "aantalToewijzingen"]
    assert antwoord["rijen"][-1]["groep"] == "Totaal"
    assert antwoord["rijen"][-1]["gedeclareerdEuro"] == sum(rij["gedeclareerdEuro"] for rij in antwoord["rijen"][:-1]) != 0
    eerder = ask(gevuld, "verplichtingen", jaar=2024, peildatum="2024-01-01").json()["rijen"][-1]
    assert eerder["gedeclareerdEuro"] == 0
    gisteren = ask(gevuld, "verplichtingen", jaar=2024, peildatum="2026-06-29").json()
    assert {rij["aantalToewijzingen"] for rij in gisteren["rijen"]} == {"-"}, "twee dagen zouden tellen wat erbij kwam"
    assert "Aantallen staan alleen in de stand van vandaag" in gisteren["toelichting"][-1]
    assert antwoord["rijen"][-1]["aantalToewijzingen"] != "-"
    assert ask(gevuld, "verplichtingen", groepeer="client").status_code == 400
    for geen_dag in ("gisteren", "2026-06-30T09:00:00", "2026-06-30T09:01:00+02:00", "2026-06-31", "2026-W27-1"):
        for pad in ("verplichtingen", "tabellen/verplichtingenprognose"):
            fout = ask(gevuld, pad, peildatum=geen_dag)
            assert (fout.status_code, "zonder tijd" in fout.text) == (400, True), "twee momenten van een dag zouden het ook tellen"
