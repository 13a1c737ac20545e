"""Find what one looks for: by number, mark, day, outcome, code, rule, provider, product and client; and nothing of another."""

import io
import zipfile
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from berichten.standaard.waarden.bsn import is_bsn
from tests.api.conftest import Loket
from tests.api.dienst import await_outcome, post
from tests.api.gevallen import STAD, find_bsn, find_declaratie

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KENMERK = "café april 2026"
BSN = find_bsn(next(bericht.inhoud.decode() for bericht in STAD.berichten if bericht.soort == "JW301"))


@pytest.fixture(scope="module")
def gevuld(loket: Loket) -> Loket:
    """The town's messages, each with a mark of its own."""
    for bericht in STAD.berichten:
        with loket.client(bericht.afzender) as client:
            antwoord = client.post(
                "/berichten",
                content=bericht.inhoud,
                headers={"Content-Type": "application/xml", "Eigen-Kenmerk": bericht.bestandsnaam[:100]},
            )
            if antwoord.status_code == 202:
                await_outcome(client, antwoord.json()["berichtId"])
    return loket


def get(loket: Loket, adres: str, wie: str = "contractbeheer", **vraag: Any) -> Any:
    with loket.client(wie) as client:
        antwoord = client.get(adres, params=vraag)
    assert antwoord.status_code == 200, antwoord.text
    return antwoord.json()


def all_berichten(loket: Loket) -> list[dict[str, Any]]:
    return get(loket, "/berichten", paginaGrootte=500)["berichten"]


@pytest.mark.parametrize("veld", ["soort", "status", "identificatie", "declaratienummer", "eigenKenmerk"])
def test_messages_by_each_of_their_fields(gevuld: Loket, veld: str) -> None:
    alle = all_berichten(gevuld)
    waarden = {bericht[veld] for bericht in alle} - {None}
    assert waarden
    for waarde in sorted(waarden)[:5]:
        gevonden = get(gevuld, "/berichten", paginaGrootte=500, **{veld: waarde})["berichten"]
        assert gevonden == [bericht for bericht in alle if bericht[veld] == waarde]


def test_a_declaration_tells_its_number_and_period(gevuld: Loket) -> None:
    declaraties = [bericht for bericht in all_berichten(gevuld) if bericht["soort"] == "JW323" and bericht["status"] != "geweigerd"]
    assert declaraties
    for bericht in declaraties:
        assert bericht["declaratienummer"]
        assert bericht["declaratiePeriode"]["begindatum"] <= bericht["declaratiePeriode"]["einddatum"]
    assert all(b["declaratienummer"] is None for b in all_berichten(gevuld) if b["soort"] == "JW301")


def test_messages_by_provider_and_by_the_day_they_came(gevuld: Loket) -> None:
    alle = all_berichten(gevuld)
    agb = next(bericht["afzender"] for bericht in alle if bericht["soort"] == "JW323")
    van_hem = get(gevuld, "/berichten", agb=agb, paginaGrootte=500)["berichten"]
    assert van_hem
    assert all(agb in (bericht["afzender"], bericht["ontvanger"]) for bericht in van_hem)
    dag = alle[0]["ontvangenOp"][:10]
    assert get(gevuld, "/berichten", ontvangenVanaf=dag, ontvangenTot=dag, paginaGrootte=500)["berichten"] == alle
    assert get(gevuld, "/berichten", ontvangenTot="2001-01-01")["berichten"] == []
    precies = alle[3]["ontvangenOp"]
    assert alle[3] in get(gevuld, "/berichten", ontvangenVanaf=precies, ontvangenTot=precies)["berichten"]


@pytest.mark.parametrize("veld", ["regel", "retourcode"])
def test_messages_by_what_was_found_in_them(gevuld: Loket, veld: str) -> None:
    gevonden: dict[str, set[str]] = {}
    for bericht in all_berichten(gevuld):
        for item in get(gevuld, f"/berichten/{bericht['berichtId']}/bevindingen", paginaGrootte=1000)["bevindingen"]:
            if item[veld]:
                gevonden.setdefault(item[veld], set()).add(bericht["berichtId"])
    assert len(gevonden) > 1
    for waarde, berichten in gevonden.items():
        antwoord = get(gevuld, "/berichten", paginaGrootte=500, **{veld: waarde})["berichten"]
        assert {bericht["berichtId"] for bericht in antwoord} == berichten


def test_pages_of_a_search_cover_it_once(gevuld: Loket) -> None:
    heel = get(gevuld, "/berichten", soort="JW301", paginaGrootte=500)["berichten"]
    delen: list[Any] = []
    volgende: dict[str, Any] = {}
    while True:
        deel = get(gevuld, "/berichten", soort="JW301", paginaGrootte=2, **volgende)
        delen += deel["berichten"]
        if deel["volgende"] is None:
            break
        volgende = {"volgende": deel["volgende"]}
    assert delen == heel


def test_filters_show_a_provider_nothing_of_another(gevuld: Loket) -> None:
    alle = all_berichten(gevuld)
    een, ander = sorted({bericht["afzender"] for bericht in alle if bericht["soort"] == "JW323"})[:2]
    van_ander = next(bericht for bericht in alle if bericht["soort"] == "JW323" and bericht["afzender"] == ander)
    for vraag in (
        {"agb": ander}, {"declaratienummer": van_ander["declaratienummer"], "agb": ander},
        {"eigenKenmerk": van_ander["eigenKenmerk"]},
    ):  # fmt: skip
        assert get(gevuld, "/berichten", een, **vraag)["berichten"] == []
    toewijzing = get(gevuld, "/toewijzingen", agb=ander)["toewijzingen"][0]
    assert get(gevuld, "/toewijzingen", een, agb=ander)["toewijzingen"] == []
    with gevuld.client(een) as client:
        antwoord = client.get(f"/declaraties/{van_ander['berichtId']}/prestaties?toewijzingnummer={toewijzing['toewijzingnummer']}")
        assert antwoord.status_code == 404
        assert client.post("/beoordelingen/zoekopdrachten", json={"bsn": BSN}).status_code == 403


def test_allocations_by_product_provider_and_day(gevuld: Loket) -> None:
    alle = get(gevuld, "/toewijzingen", paginaGrootte=500)["toewijzingen"]
    for veld in ("agb", "categorie", "productcode"):
        waarde = next(item[veld] for item in alle if item[veld])
        assert get(gevuld, "/toewijzingen", paginaGrootte=500, **{veld: waarde})["toewijzingen"] == [
            item for item in alle if item[veld] == waarde
        ]
    dag = alle[0]["ingangsdatum"]
    assert get(gevuld, "/toewijzingen", paginaGrootte=500, geldigOp=dag)["toewijzingen"] == [
        item for item in alle if item["ingangsdatum"] <= dag <= (item["einddatum"] or "9999-12-31")
    ]


def test_a_client_is_searched_by_post_and_found_by_its_own_provider_only(gevuld: Loket) -> None:
    bsn = BSN
    with gevuld.client("contractbeheer") as client:
        gevonden = client.post("/toewijzingen/zoekopdrachten", json={"bsn": bsn}).raise_for_status().json()["toewijzingen"]
    assert gevonden
    assert {item["client"] for item in gevonden} == {f"******{bsn[-3:]}"}
    ander = next(wie for wie in gevuld.sleutels if len(wie) == 8 and wie.isdigit() and wie not in {g["agb"] for g in gevonden})
    with gevuld.client(ander) as client:
        assert client.post("/toewijzingen/zoekopdrachten", json={"bsn": bsn}).json()["toewijzingen"] == []
    assert bsn not in gevuld.dienst.logboek.read_text()


@pytest.mark.parametrize("bsn", ["123456789", "12345678", "99999001a", 999990019])
def test_what_is_no_bsn_is_refused_and_not_repeated(gevuld: Loket, bsn: Any) -> None:
    with gevuld.client("contractbeheer") as client:
        antwoord = client.post("/toewijzingen/zoekopdrachten", json={"bsn": bsn})
    assert antwoord.status_code == 400
    assert [fout["pad"] for fout in antwoord.json()["fouten"]] == ["body.bsn"]
    assert str(bsn) not in antwoord.text


def test_lines_by_outcome_code_rule_product_and_client(gevuld: Loket) -> None:
    getest = 0
    for bericht in all_berichten(gevuld):
        if bericht["soort"] != "JW323" or bericht["status"] == "geweigerd":
            continue
        adres = f"/declaraties/{bericht['berichtId']}/prestaties"
        alle = get(gevuld, adres, paginaGrootte=1000)["prestaties"]
        for veld in ("uitkomst", "productcode", "toewijzingnummer"):
            for waarde in {item[veld] for item in alle}:
                getest += 1
                gezocht = get(gevuld, adres, paginaGrootte=1000, **{veld: waarde})["prestaties"]
                assert gezocht == [item for item in alle if item[veld] == waarde]
        for code in {code for item in alle for code in item["retourcodes"]}:
            gezocht = get(gevuld, adres, paginaGrootte=1000, retourcode=code)["prestaties"]
            assert gezocht == [item for item in alle if code in item["retourcodes"]]
        for regel in {b["regel"] for item in alle for b in item["bevindingen"]}:
            gezocht = get(gevuld, adres, paginaGrootte=1000, regel=regel)["prestaties"]
            assert gezocht == [item for item in alle if regel in {b["regel"] for b in item["bevindingen"]}]
    assert getest > 10


def test_lines_of_a_client_in_a_declaration(gevuld: Loket) -> None:
    bericht = next(b for b in all_berichten(gevuld) if b["soort"] == "JW323" and b["aantalRegels"])
    alle = get(gevuld, f"/declaraties/{bericht['berichtId']}/prestaties", paginaGrootte=1000)["prestaties"]
    with gevuld.client("contractbeheer") as client:
        inhoud = client.get(f"/berichten/{bericht['berichtId']}/inhoud").text
        bsn = next(deel[:9] for deel in inhoud.split("Bsn>")[1::2] if is_bsn(deel[:9]))
        antwoord = client.post(f"/declaraties/{bericht['berichtId']}/prestaties/zoekopdrachten", json={"bsn": bsn})
    gevonden = antwoord.raise_for_status().json()["prestaties"]
    assert gevonden
    assert gevonden == [item for item in alle if item["prestatieId"] in {g["prestatieId"] for g in gevonden}]
    assert {item["client"] for item in gevonden} == {f"******{bsn[-3:]}"}


@pytest.mark.parametrize("wie", ["aanbieder", "contractbeheer"])
def test_lines_as_a_workbook_and_as_csv(gevuld: Loket, wie: str) -> None:
    bericht = next(b for b in all_berichten(gevuld) if b["soort"] == "JW323" and b["afgewezenBedrag"])
    adres = f"/declaraties/{bericht['berichtId']}/prestaties"
    with gevuld.client(bericht["afzender"] if wie == "aanbieder" else wie) as client:
        regels = client.get(f"{adres}?paginaGrootte=1000").json()["prestaties"]
        boek = load_workbook(io.BytesIO(client.get(adres, headers={"Accept": XLSX}).raise_for_status().content))
        als_csv = client.get(adres, headers={"Accept": "text/csv"}).raise_for_status()
        deel = client.get(f"{adres}?uitkomst=afgewezen", headers={"Accept": "text/csv"}).text
    csv = als_csv.content.decode("utf-8-sig")
    periode = bericht["declaratiePeriode"]["begindatum"][:7]
    assert f'filename="prestaties-{bericht["ontvanger"]}-{periode}-stand-' in als_csv.headers["Content-Disposition"]
    kop, *rijen, totaal = boek["Gegevens"].iter_rows(values_only=True)
    assert round(totaal[kop.index("Bedrag")] * 100) == sum(regel["bedrag"] for regel in regels)
    assert totaal[kop.index("Tarief")] is None
    assert all(rij[kop.index("Productomschrijving")] for rij in rijen)
    plaats = {naam: kop.index(naam) for naam in ("Referentienummer", "Uitkomst", "Retourcodes", "Uitleg", "Bedrag")}
    assert [rij[plaats["Referentienummer"]] for rij in rijen[: len(regels)]] == [regel["referentienummer"] for regel in regels]
    for regel, rij in zip(regels, rijen, strict=False):
        assert rij[plaats["Uitkomst"]] == regel["uitkomst"]
        assert round(rij[plaats["Bedrag"]] * 100) == regel["bedrag"]
        for code in regel["retourcodes"]:
            assert code in rij[plaats["Retourcodes"]]
            assert f"{code}: {regel['retourcodeTeksten'][code]}" in rij[kop.index("Betekenis")]
        for bevinding in regel["bevindingen"]:
            assert bevinding["melding"] in rij[plaats["Uitleg"]]
        assert regel["referentienummer"] in csv
        assert (regel["referentienummer"] in deel) == (regel["uitkomst"] == "afgewezen")


def test_the_work_list_by_deadline_product_and_client(gevuld: Loket) -> None:
    alle = get(gevuld, "/beoordelingen", paginaGrootte=500)["beoordelingen"]
    assert alle
    for veld in ("productcode", "categorie", "toewijzingnummer", "agb"):
        waarde = alle[0][veld]
        gezocht = get(gevuld, "/beoordelingen", paginaGrootte=500, **{veld: waarde})
        assert gezocht["beoordelingen"] == [item for item in alle if item[veld] == waarde]
        assert gezocht["bedrag"] == sum(item["bedrag"] for item in gezocht["beoordelingen"])
    termijn = alle[0]["uiterlijk"]
    binnen = get(gevuld, "/beoordelingen", uiterlijkVanaf=termijn, uiterlijkTot=termijn, paginaGrootte=500)["beoordelingen"]
    assert binnen == [item for item in alle if item["uiterlijk"] == termijn]
    assert get(gevuld, "/beoordelingen", uiterlijkTot="2001-01-01")["aantal"] == 0
    code = next(code for item in alle for code in item["voorgesteldeRetourcodes"])
    assert alle[0] in alle
    assert {i["prestatieId"] for i in get(gevuld, "/beoordelingen", retourcode=code, paginaGrootte=500)["beoordelingen"]} >= {
        item["prestatieId"] for item in alle if code in item["voorgesteldeRetourcodes"]
    }


def test_the_journal_tells_the_number_of_the_declaration(gevuld: Loket) -> None:
    nummers = {b["berichtId"]: b["declaratienummer"] for b in all_berichten(gevuld)}
    boekingen = get(gevuld, "/financien/journaal", "financien", paginaGrootte=1000)["boekingen"]
    assert boekingen
    assert all(item["declaratienummer"] == nummers[item["berichtId"]] for item in boekingen)
    with gevuld.client("financien") as client:
        csv = client.get("/financien/journaal", headers={"Accept": "text/csv"}).text
    assert "Declaratienummer" in csv.splitlines()[0]
    assert boekingen[0]["declaratienummer"] in csv


def test_a_mark_comes_back_and_the_name_in_a_zip_is_one(loket: Loket) -> None:
    declaratie = find_declaratie(STAD)
    vers = [declaratie.inhoud + b"<!-- %d -->" % nummer for nummer in range(2)]
    with loket.client(declaratie.afzender) as client:
        antwoord = client.post(
            "/berichten", content=vers[0], headers={b"Content-Type": b"application/xml", b"Eigen-Kenmerk": KENMERK.encode()}
        )
        assert antwoord.json()["eigenKenmerk"] == KENMERK
        gevonden = client.get("/berichten", params={"eigenKenmerk": KENMERK}).json()["berichten"]
        assert [bericht["berichtId"] for bericht in gevonden] == [antwoord.json()["berichtId"]]
        zip_ = post(client, make_zip({"map/april deel 2.xml": vers[1]}), "application/zip").json()
        assert [bericht["eigenKenmerk"] for bericht in zip_["berichten"]] == ["april deel 2.xml"]


@pytest.mark.parametrize("kenmerk", ["cliënt 999990019", "99.99.90.019", "x" * 101])
def test_a_mark_with_a_bsn_or_too_long_is_refused(loket: Loket, kenmerk: str) -> None:
    declaratie = find_declaratie(STAD)
    with loket.client(declaratie.afzender) as client:
        antwoord = client.post(
            "/berichten",
            content=declaratie.inhoud,
            headers={b"Content-Type": b"application/xml", b"Eigen-Kenmerk": kenmerk.encode()},
        )
    assert antwoord.status_code == 400
    assert [fout["pad"] for fout in antwoord.json()["fouten"]] == ["header.Eigen-Kenmerk"]
    assert kenmerk not in antwoord.text


def test_a_file_named_after_a_bsn_is_refused_and_the_others_are_not(loket: Loket) -> None:
    declaratie = find_declaratie(STAD)
    delen = {"999990019.xml": declaratie.inhoud + b"<!-- a -->", "goed.xml": declaratie.inhoud + b"<!-- b -->"}
    with loket.client(declaratie.afzender) as client:
        antwoord = post(client, make_zip(delen), "application/zip")
    assert antwoord.status_code == 202
    assert [(b["bestand"], b["status"] == "geweigerd") for b in antwoord.json()["berichten"]] == [
        ("*********.xml", True), ("goed.xml", False),
    ]  # fmt: skip
    assert "999990019" not in antwoord.text


def test_delivery_records_are_listed_for_their_own_provider(loket: Loket) -> None:
    een, ander = [wie for wie in loket.sleutels if len(wie) == 8 and wie.isdigit()][:2]
    regels = [
        {"toewijzingnummer": toewijzing_of(loket, een), "maand": maand, "minuten": 60, "soort": soort}
        for maand in ("2026-04", "2026-05") for soort in ("direct", "indirect", "groep")
    ]  # fmt: skip
    with loket.client(een) as client:
        client.post("/verantwoordingen", json={"verantwoordingen": regels}).raise_for_status()
        eigen = pages(client, "/verantwoordingen", "verantwoordingen", 2)
        assert len(eigen) == len({str(sorted(item.items(), key=str)) for item in eigen})
        assert {(item["maand"], item["soort"]) for item in eigen} >= {(r["maand"], r["soort"]) for r in regels}
        april = client.get("/verantwoordingen", params={"maand": "2026-04", "soort": "groep"}).json()["verantwoordingen"]
        assert [item for item in eigen if (item["maand"], item["soort"]) == ("2026-04", "groep")] == april
    with loket.client(ander) as client:
        assert client.get("/verantwoordingen", params={"agb": een}).json()["verantwoordingen"] == []
    assert get(loket, "/verantwoordingen", agb=een, maand="2026-05", soort="groep")["verantwoordingen"]


def toewijzing_of(loket: Loket, agb: str) -> int:
    return int(get(loket, "/toewijzingen", agb=agb)["toewijzingen"][0]["toewijzingnummer"])


def pages(client: httpx.Client, adres: str, naam: str, grootte: int) -> list[dict[str, Any]]:
    gevonden: list[dict[str, Any]] = []
    volgende: dict[str, str] = {}
    while True:
        deel = client.get(adres, params={"paginaGrootte": grootte, **volgende}).raise_for_status().json()
        gevonden += deel[naam]
        if deel["volgende"] is None:
            return gevonden
        volgende = {"volgende": deel["volgende"]}


def make_zip(delen: dict[str, bytes]) -> bytes:
    doel = io.BytesIO()
    with zipfile.ZipFile(doel, "w", zipfile.ZIP_DEFLATED) as zip_:
        for naam, inhoud in delen.items():
            zip_.writestr(naam, inhoud)
    return doel.getvalue()
