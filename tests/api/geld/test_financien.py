"""Totals, journal and proof through the API: the same cent in every form, paged, and only for finance."""

import csv
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import httpx
import openpyxl
import pytest
from sqlalchemy import text

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.processen.regio.laad_regio import load_regio
from berichten.rapporten.uitvoer import als_xlsx as uitvoer_xlsx
from tests.api.conftest import Loket
from tests.hulp.bouwstenen import AGB, BSN, GEMEENTE
from tests.hulp.declareer import Regel, declaratie, send, toewijzing
from tests.hulp.eigenaar import as_owner
from tests.hulp.geld.boeken import MATEN, knoei, totaal, totalen
from tests.hulp.programmas import await_true

MRT, APR = date(2026, 3, 1), date(2026, 4, 1)
TARIEF = 7805
PADEN = ("/financien/totalen", "/financien/totalen/regels", "/financien/journaal", "/financien/aansluiting")
CSV, XLSX = "text/csv", uitvoer_xlsx.MEDIATYPE


@pytest.fixture(scope="module")
def gevuld(loket: Loket) -> Loket:
    """A and B awarded, D rejected, A credited by C; prices are not what this is about."""
    with as_owner(loket.werkplaats) as verbinding:
        verbinding.execute(text("DELETE FROM tarief"))
        verbinding.execute(text("DELETE FROM contract"))
    omvang: dict[str, Any] = {"Omvang": {"Volume": 40, "Eenheid": "04", "Frequentie": "6"}}
    send(loket.werkplaats, toewijzing(700, **omvang))
    send(loket.werkplaats, declaratie(APR, [Regel("A", 700, MRT, 2), Regel("B", 700, APR, 3)]))
    send(loket.werkplaats, declaratie(APR, [Regel("C", 700, MRT, 2, vorig="A"), Regel("D", 700, date(2026, 1, 1), 90)]))
    return loket


def get(loket: Loket, pad: str, wie: str = "financien", accept: str = "application/json", **vraag: Any) -> httpx.Response:
    with loket.client(wie) as client:
        return client.get(f"/financien/{pad}", params=vraag, headers={"Accept": accept})


def test_totals_are_grouped_and_add_up(gevuld: Loket) -> None:
    antwoord = get(gevuld, "totalen", periode="2026", groepeer="zorgmaand,uitkomst").raise_for_status().json()
    assert antwoord["groepeer"] == ["zorgmaand", "uitkomst"]
    assert [item["groep"] for item in antwoord["groepen"]] == [
        {"zorgmaand": "2026-01", "uitkomst": "afgewezen"},
        {"zorgmaand": "2026-03", "uitkomst": "toegekend"},
        {"zorgmaand": "2026-04", "uitkomst": "toegekend"},
    ]
    for maat in MATEN:
        assert sum(item[maat] for item in antwoord["groepen"]) == antwoord["totaal"][maat]
    assert {naam: waarde for naam, waarde in antwoord["totaal"].items() if waarde} == totaal(gevuld.werkplaats, periode="2026")


def read_csv(antwoord: httpx.Response) -> list[dict[str, str]]:
    assert antwoord.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(antwoord.content.decode("utf-8-sig")), delimiter=";"))


def test_the_same_cent_as_json_csv_and_xlsx(gevuld: Loket) -> None:
    vraag = {"groepeer": "aanbieder,productcode,uitkomst", "periodesoort": "declaratiemaand", "periode": "2026-Q2"}
    als_json, als_csv, als_xlsx = (get(gevuld, "totalen", accept=soort, **vraag) for soort in ("application/json", CSV, XLSX))
    assert als_csv.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert als_xlsx.headers["Content-Type"] == XLSX
    assert 'filename="totalen-0484-2026-04_2026-06-stand-2026-06-30.xlsx"' in als_xlsx.headers["Content-Disposition"]
    boek = openpyxl.load_workbook(BytesIO(als_xlsx.content))
    kop, *rijen, totaalrij = boek["Gegevens"].iter_rows(values_only=True)
    *csvrijen, csvtotaal = read_csv(als_csv)
    assert (totaalrij[0], csvtotaal["Aanbieder"]) == ("Totaal", "Totaal")
    assert {(rij["Aanbieder"], rij["Naam aanbieder"], rij["Productcode"]) for rij in csvrijen} == {
        (rij[kop.index("Aanbieder")], rij[kop.index("Naam aanbieder")], rij[kop.index("Productcode")]) for rij in rijen
    }
    for koptekst, maat in (("Ingediend", "ingediend"), ("Netto toegekend", "nettoToegekend"), ("Afgewezen", "afgewezen")):
        json_ = [item[maat] for item in als_json.json()["groepen"]]
        assert [int(rij[koptekst].replace(",", "")) for rij in csvrijen] == json_
        assert int(csvtotaal[koptekst].replace(",", "")) == round(totaalrij[kop.index(koptekst)] * 100) == sum(json_)
        assert [round(rij[kop.index(koptekst)] * 100) for rij in rijen] == json_
    basis = {rij[0]: rij[1] for rij in boek["Verantwoording"].iter_rows(values_only=True)}
    assert basis["Periode"] == "2026-04 tot en met 2026-06 (declaratiemaand)"
    assert basis["Aansluiting"] == "sluit"
    assert (basis["Totaal Netto toegekend"], basis["Verschil met het journaal"]) == (3 * TARIEF / 100, 0)


def test_the_lines_behind_a_total_come_page_by_page(gevuld: Loket) -> None:
    alle, volgende = [], "0"
    while volgende is not None:
        bladzijde = get(gevuld, "totalen/regels", paginaGrootte=3, volgende=volgende).raise_for_status()
        assert BSN not in bladzijde.text
        alle += bladzijde.json()["regels"]
        volgende = bladzijde.json()["volgende"]
    assert [regel["referentienummer"] for regel in alle] == ["A", "B", "C", "D"]
    assert {regel["client"] for regel in alle} == {"******"}
    for maat in set(MATEN) - {"aantalRegels"}:
        assert sum(regel[maat] for regel in alle) == totaal(gevuld.werkplaats).get(maat, 0)
    (afgewezen,) = get(gevuld, "totalen/regels", uitkomst="afgewezen", zorgmaand="2026-01").json()["regels"]
    assert afgewezen["afgewezen"] == 90 * TARIEF


def test_the_journal_as_pages_and_as_files(gevuld: Loket) -> None:
    eerste = get(gevuld, "journaal", paginaGrootte=2).json()
    rest = get(gevuld, "journaal", paginaGrootte=2, volgende=eerste["volgende"]).json()
    boekingen = eerste["boekingen"] + rest["boekingen"]
    assert (rest["volgende"], [item["bedrag"] for item in boekingen]) == (None, [2 * TARIEF, 3 * TARIEF, -2 * TARIEF])
    assert boekingen[2] | {"geboektOp": "", "prestatieId": 0, "berichtId": ""} == {
        "prestatieId": 0, "boeking": 1, "geboektOp": "", "soort": "creditering", "bedrag": -2 * TARIEF, "rekening": "jeugdhulp",
        "tegenrekening": "aanbieders", "aanbieder": AGB, "zorgmaand": "2026-03", "declaratiemaand": "2026-04", "categorie": "45",
        "productcode": "45A48", "toewijzingnummer": 700, "berichtId": "", "besluitId": None,
        "declaratienummer": boekingen[2]["declaratienummer"],
    }  # fmt: skip
    *als_csv, onderaan = read_csv(get(gevuld, "journaal", accept=CSV))
    assert (onderaan["Soort"], onderaan["Bedrag"].replace(",", "")) == ("", str(3 * TARIEF))
    assert [int(rij["Bedrag"].replace(",", "")) for rij in als_csv] == [item["bedrag"] for item in boekingen]
    blad = openpyxl.load_workbook(BytesIO(get(gevuld, "journaal", accept=XLSX, zorgmaand="2026-03").content))
    assert blad["Gegevens"].max_row == 4
    assert {rij[0]: rij[1] for rij in blad["Verantwoording"].iter_rows(values_only=True)}["Aansluiting"] == "sluit"


def test_the_proof_names_what_does_not_tie(gevuld: Loket) -> None:
    goed = get(gevuld, "aansluiting").raise_for_status().json()
    assert (goed["sluit"], goed["aantalVerschillen"], goed["verschillen"], goed["aantalBoekingen"]) == (True, 0, [], 3)
    assert goed["journaal"] == 3 * TARIEF
    assert all(item["verschillen"] == 0 and item["omschrijving"] for item in goed["controles"])
    opdracht = "UPDATE journaal SET bedrag = bedrag {} 1 WHERE soort = 'creditering'"
    knoei(gevuld.werkplaats, opdracht.format("-"))
    try:
        fout = get(gevuld, "aansluiting").json()
        als_csv = read_csv(get(gevuld, "aansluiting", accept=CSV))
        blad = openpyxl.load_workbook(BytesIO(get(gevuld, "aansluiting", accept=XLSX).content))
    finally:
        knoei(gevuld.werkplaats, opdracht.format("+"))
    assert (fout["sluit"], fout["aantalVerschillen"]) == (False, 6)
    regel = next(item for item in fout["verschillen"] if item["controle"] == "regel")
    assert (regel["verwacht"], regel["gevonden"]) == (str(-2 * TARIEF), str(-2 * TARIEF - 1))
    assert [rij["Waar"] for rij in als_csv] == [item["plaats"] for item in fout["verschillen"]]
    assert blad["Gegevens"].max_row == 7
    assert BSN not in str(fout)


@pytest.mark.parametrize("pad", PADEN)
@pytest.mark.parametrize("wie", [AGB, "gemeente", "contractbeheer", "beheer"])
def test_only_finance_may_ask(gevuld: Loket, pad: str, wie: str) -> None:
    with gevuld.client(wie) as client:
        assert client.get(pad).status_code == 403


def test_another_gemeente_sees_none_of_it(gevuld: Loket) -> None:
    with gevuld.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        sleutel = make_sleutel(verbinding, "0363", "financien", None, gevuld.werkplaats.instellingen.nu())
    with gevuld.dienst.client(sleutel) as client:
        assert client.get("/financien/totalen", params={"groepeer": "gemeente,aanbieder"}).json()["groepen"] == []
        assert client.get("/financien/totalen/regels").json()["regels"] == []
        assert client.get("/financien/journaal").json()["boekingen"] == []
        assert client.get("/financien/aansluiting").json()["aantalBoekingen"] == 0
    assert set(totalen(gevuld.werkplaats, "gemeente")) == {("0484",)}


@pytest.mark.parametrize(
    "vraag",
    [
        {"periode": "2026-13"}, {"periode": "2026", "van": "2026-01"}, {"groepeer": "bsn"}, {"peildatum": "morgen"},
        {"periodesoort": "week"}, {"aanbieder": "1"}, {"uitkomst": "onbekend"}, {"zorgmaand": "2026"}, {"zorgvorm": "x" * 300},
    ],
)  # fmt: skip
@pytest.mark.parametrize("accept", ["application/json", CSV])
def test_what_cannot_be_asked_is_a_problem_in_dutch(gevuld: Loket, vraag: dict[str, str], accept: str) -> None:
    antwoord = get(gevuld, "totalen", accept=accept, **vraag)
    assert antwoord.status_code == 400
    assert antwoord.headers["Content-Type"] == "application/problem+json"
    assert antwoord.json()["fouten"][0]["melding"].endswith(".")


@pytest.mark.parametrize(
    ("accept", "soort"),
    [
        ("text/csv;q=0.5, application/json;q=0.9", "application/json"),
        ("text/html, text/csv;q=0.8, */*;q=0.1", "text/csv; charset=utf-8"),
        ("*/*", "application/json"),
        ("image/png", "application/problem+json"),
        ("application/json;q=0", "application/problem+json"),
        ("text/csv;q=kapot", "text/csv; charset=utf-8"),
    ],
)
def test_the_form_that_the_caller_likes_best(gevuld: Loket, accept: str, soort: str) -> None:
    assert get(gevuld, "journaal", accept=accept).headers["Content-Type"] == soort


def test_the_metric_of_the_night_is_there(gevuld: Loket) -> None:
    with gevuld.client("beheer") as client:
        # The night's check runs in a process of its own, once the service began.
        await_true(lambda: "berichten_aansluiting_verschillen" in client.get("/metrics").text, "the figure of the night's check")


def test_the_verklaring_of_an_awarded_line_and_of_no_other(gevuld: Loket) -> None:
    """B: three hours without records, so all of 234.15 is uncertain in levering. A is credited: nothing is left to show."""
    with gevuld.client("financien") as client:
        alle = client.get("/financien/totalen/regels", params={"periode": "2026"}).json()["regels"]
        nummer = {item["referentienummer"]: item["prestatieId"] for item in alle}
        antwoord = client.get(f"/prestaties/{nummer['B']}/verklaring")
        codes = [client.get(f"/prestaties/{item}/verklaring").status_code for item in (nummer["A"], nummer["D"], 77)]
        vraag = client.get(f"/prestaties/{nummer['B']}/verklaring", params={"peildatum": "gisteren"})
    verklaring = antwoord.raise_for_status().json()
    assert [item["norm"] for item in verklaring["normen"]] == ["recht", "omvang", "declaratie", "levering"]
    assert (verklaring["waarde"], verklaring["bedrag"], verklaring["onzekerBedrag"], verklaring["foutBedrag"]) == (
        "onzeker", 3 * TARIEF, 3 * TARIEF, 0,
    )  # fmt: skip
    assert verklaring["normen"][3]["zin"].startswith("Levering is onzeker (€ 234,15 onzeker): geen start gemeld")
    assert {"TR307", "TR308"} <= {item["regel"] for item in verklaring["normen"][0]["regels"] if item["uitkomst"] == "voldaan"}
    assert codes == [409, 409, 404]
    assert vraag.status_code == 400
    with gevuld.client(AGB) as client:
        assert client.get(f"/prestaties/{nummer['B']}/verklaring").status_code == 403


def test_what_is_accounted_for_ties_and_is_the_same_in_every_form(gevuld: Loket) -> None:
    """Only B is left: 234.15, of which all is uncertain (100 %): above the limit of 3.0 %."""
    antwoord = get(gevuld, "verantwoord", "beheer", periode="2026", groepeer="aanbieder,zorgmaand").raise_for_status().json()
    [groep] = antwoord["groepen"]
    assert groep["groep"] == {"aanbieder": AGB, "zorgmaand": "2026-04"}
    assert (groep["verantwoord"], groep["onzeker"], groep["onzekerPct"]) == (3 * TARIEF, 3 * TARIEF, "100.0")
    assert antwoord["totaal"]["verantwoord"] == antwoord["journaal"]
    assert (antwoord["foutOordeel"], antwoord["onzekerOordeel"]) == ("onder", "boven")
    [rij, totaal] = read_csv(get(gevuld, "verantwoord", accept=CSV, periode="2026", groepeer="aanbieder"))
    assert (rij["Onzeker"], rij["Onzeker (%)"], totaal["Verantwoord"]) == ("234,15", "100,0", "234,15")
    [regel, _] = read_csv(get(gevuld, "verklaringen", accept=CSV))
    assert (regel["Waarde"], regel["Levering"]) == ("onzeker", "onzeker")
    assert get(gevuld, "verklaringen").json()["rijen"][0]["zinLevering"] == regel["Verklaring levering"]
    assert get(gevuld, "verklaringen", accept=XLSX).status_code == 200
    assert get(gevuld, "verantwoord", periode="2026", groepeer="segment").status_code == 400
    assert "Kies een periode" in get(gevuld, "verantwoord").json()["detail"]
    assert get(gevuld, "verklaringen", AGB).status_code == 403


CIJFERS = (
    ("/monitor/tabellen/tabel1?periode=2026", "/monitor/tabellen/tabel1?periode=2019"),
    ("/monitor/indicatoren?periode=2026", "/monitor/indicatoren?periode=2025"),
    ("/monitor/verplichtingen?jaar=2026", "/monitor/verplichtingen?jaar=2027"),
    ("/kwartaalrapporten/2026-Q1", "/kwartaalrapporten/2025-Q4"),
)
"""Figures of a year that an auditor may see, and of one that was not given."""


@pytest.fixture(scope="module")
def gecontroleerd(gevuld: Loket) -> Loket:
    """The same with a key of an auditor, and one line more: E, an hour of March."""
    with gevuld.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        nu = gevuld.werkplaats.instellingen.nu()
        gevuld.sleutels["controle"] = make_sleutel(verbinding, GEMEENTE, "controle", None, nu)
    send(gevuld.werkplaats, declaratie(date(2026, 5, 1), [Regel("E", 700, MRT, 1)]))
    return gevuld


def test_an_auditor_sees_the_drawn_line_and_no_other_and_a_sample_comes_out_twice(gecontroleerd: Loket) -> None:
    """B (234.15 of April) and E (78.05 of March) are awarded; one of them is drawn. What is refused is in the log."""
    gevuld = gecontroleerd
    vraag = {"zaad": "2027-A", "methode": "posten", "aantal": 1, "jaar": 2026, "reden": "Controle 2026"}
    open_ = {"jaarVan": 2026, "jaarTot": 2026, "tot": "2026-06-30", "reden": "Controle van de jaarrekening"}
    with gevuld.client("controle") as client, gevuld.client("beheer") as beheer, gevuld.client("contractbeheer") as contract:
        assert client.post("/steekproeven", json=vraag).status_code == 409, "nog geen mandaat"
        boeken = ("/financien/totalen", "/financien/journaal", "/financien/verantwoord", "/financien/productieverantwoording")
        assert {client.get(pad, params={"periode": "2026"}).status_code for pad in boeken} == {409}
        assert {client.get(pad).status_code for pad, _ in CIJFERS} == {409}
        assert beheer.post("/controlemandaat", json=open_).status_code == 201
        eerste = client.post("/steekproeven", json=vraag).raise_for_status().json()
        tweede = client.post("/steekproeven", json=vraag).raise_for_status().json()
        assert (eerste["populatieRegels"], eerste["populatieBedrag"]) == (2, 4 * TARIEF)
        assert eerste["steekproefId"] != tweede["steekproefId"]
        bestanden = [client.get(f"/steekproeven/{item['steekproefId']}", headers={"Accept": CSV}) for item in (eerste, tweede)]
        assert bestanden[0].content == bestanden[1].content
        assert [item["steekproefId"] for item in client.get("/steekproeven").json()["steekproeven"]][:2] == [
            tweede["steekproefId"], eerste["steekproefId"],
        ]  # fmt: skip
        een = client.get("/steekproeven", params={"paginaGrootte": 1}).json()
        verder = client.get("/steekproeven", params={"paginaGrootte": 1, "volgende": een["volgende"]}).json()
        assert [blad["steekproeven"][0]["steekproefId"] for blad in (een, verder)] == [
            tweede["steekproefId"],
            eerste["steekproefId"],
        ]
        assert {client.get(pad, params={"periode": "2026"}).status_code for pad in boeken} == {200}
        buiten = [client.get(pad, params={"periode": "2025"}) for pad in boeken]
        assert {antwoord.status_code for antwoord in buiten} == {409}
        assert "over de jaren 2026 tot en met 2026" in buiten[0].json()["detail"]
        cijfers = [[client.get(pad).status_code for pad in paden] for paden in CIJFERS]
        assert cijfers == [[200, 409]] * 3 + [[404, 409]], "buiten de jaren"
        assert client.get("/monitor/tabellen/tabel1", params={"van": "2025-12", "tot": "2026-01"}).status_code == 409
        naast = [
            [rij for rij in wie.get("/monitor/indicatoren").json()["rijen"] if ", vorig jaar" in rij["maat"]]
            for wie in (contract, client)
        ]
        assert [len(rijen) for rijen in naast] == [2, 0], "van 2025 ook niet naast 2026"
        totaal = client.get("/monitor/tabellen/jaarprognose").json()["rijen"][-1]
        assert totaal["standEuro"] is not None
        assert {waarde for naam, waarde in totaal.items() if "origJaar" in naam} == {None}
        for anders in ({}, {"van": "2025-12", "tot": "2026-01"}, {"periode": "2026", "periodesoort": "declaratiemaand"}):
            assert client.get("/financien/totalen", params=anders).status_code == 409
        assert client.post("/steekproeven", json={**vraag, "aantal": 3}).status_code == 400
        assert client.post("/steekproeven", json={**vraag, "jaar": 2025}).status_code == 409
        [regel] = eerste["regels"]
        with gevuld.client("financien") as kas:
            alle = {item["referentienummer"]: item["prestatieId"] for item in kas.get("/financien/totalen/regels").json()["regels"]}
        [ander] = [alle[naam] for naam in ("B", "E") if alle[naam] != regel["prestatieId"]]
        keten = client.get(f"/prestaties/{regel['prestatieId']}/keten").raise_for_status().json()
        assert keten["boekingen"][0]["bedrag"] == regel["bedrag"] == keten["verklaring"]["bedrag"]
        assert keten["versies"][0]["versie"] == 1
        assert BSN not in str(keten)
        assert client.get(f"/prestaties/{regel['prestatieId']}/verklaring").status_code == 200
        niet_daar, verborgen = client.get("/prestaties/77/verklaring"), client.get(f"/prestaties/{ander}/verklaring")
        assert (verborgen.status_code, verborgen.json()["detail"]) == (404, niet_daar.json()["detail"])
        assert client.get(f"/prestaties/{ander}/keten").status_code == 404
        assert contract.get(f"/prestaties/{ander}/keten").status_code == 200
        with gevuld.werkplaats.opslag.transaction() as verbinding:
            gelogd = verbinding.execute(
                text("SELECT uitkomst, doel FROM inzagelog WHERE rol = 'controle' AND object_id = :p"), {"p": str(ander)}
            ).all()
        assert [tuple(rij) for rij in gelogd] == [("niet_gevonden", "accountantscontrole (1)")] * 2
        beheer.post("/controlemandaat", json={**open_, "tot": "2026-06-29"}).raise_for_status()
        assert client.get(f"/prestaties/{regel['prestatieId']}/keten").status_code == 404, "de dag is voorbij"
        assert {client.get(pad).status_code for pad, _ in CIJFERS} == {409}
        assert client.get("/steekproeven").json()["steekproeven"] == []
        nummer = contract.get("/steekproeven").json()["steekproeven"][0]["steekproefId"]
        assert [wie.get(f"/steekproeven/{nummer}").status_code for wie in (client, contract)] == [404, 200]


def test_an_approved_productieverantwoording_covers_delivery_up_to_its_amount(gecontroleerd: Loket) -> None:
    """E (March, 78.05) and B (April, 234.15) come to 312.20; 100.00 reaches E alone, so B stays uncertain."""
    gevuld = gecontroleerd
    kop = "gemeente;agb;jaar;productcategorie;productcode;eenheid;volume;bedrag;verklaring;oordeel;datum\n"
    rij = f"0484;{AGB};2026;45;45A48;04;4;{{bedrag}};{{verklaring}};{{oordeel}};2026-06-20\n"

    def load(**waarden: Any) -> int:
        with gevuld.client("contractbeheer") as client:
            inhoud = kop + rij.format(**{"bedrag": 10_000, "verklaring": "controleverklaring", "oordeel": "goedkeurend"} | waarden)
            return client.post("/financien/productieverantwoording", content=inhoud, headers={"Content-Type": CSV}).status_code

    def uncertain() -> int:
        antwoord: int = get(gevuld, "verantwoord", periode="2026").json()["totaal"]["onzeker"]
        return antwoord

    assert uncertain() == 4 * TARIEF
    assert load(oordeel="") == 400, "een controleverklaring heeft een oordeel"
    assert load(verklaring="geen") == 400, "en anders is er geen"
    assert load() == 200
    assert uncertain() == 3 * TARIEF
    naast = get(gevuld, "productieverantwoording", periode="2026").json()["rijen"]
    [eigen] = [item for item in naast if item["aanbieder"] == AGB and item["productcode"] == "45A48"]
    # D, 90 hours of January, was rejected and not handed in anew.
    assert (eigen["verantwoord"], eigen["toegekend"], eigen["afgewezen"]) == (10_000, 4 * TARIEF, 90 * TARIEF)
    assert load(bedrag=4 * TARIEF) == 200
    assert uncertain() == 0, "de laatste rij geldt"
    assert load(oordeel="beperking") == 200
    assert uncertain() == 4 * TARIEF
    assert get(gevuld, "productieverantwoording", periode="2026-Q1").status_code == 400


def test_people_of_a_region_get_cost_by_gemeente_in_every_form_and_no_row_of_anybody(gevuld: Loket) -> None:
    """0484 and 0537 are a region; one client of April shows as ≤5. Who is in no region, and another role, get nothing."""
    with gevuld.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        gevuld.sleutels["regio"] = make_sleutel(verbinding, GEMEENTE, "regio", None, gevuld.werkplaats.instellingen.nu())
    with gevuld.client("regio") as client, gevuld.client("contractbeheer") as ander:
        pad = "/regio/kwartaalrapporten/2026-T1"
        assert "niet bij een regio" in client.get(pad).json()["detail"]
        leden = "".join(f"HR;{code};2020-01-01;;rapport;R\n" for code in (GEMEENTE, "0537"))
        assert load_regio(gevuld.werkplaats, f"regio;gemeente;van;tot;mandaat;besluit\n{leden}".encode(), "wie").regels == 2
        antwoord = client.get(pad).raise_for_status().json()
        assert [(rij["gemeente"], rij["clienten"]) for rij in antwoord["rijen"]] == [
            (GEMEENTE, None),
            ("0537", None),
            ("Totaal", "≤5"),
        ]
        assert antwoord["rijen"][0]["kostenEuro"] == antwoord["rijen"][2]["kostenEuro"] > 0
        vormen = [client.get(pad, headers={"Accept": soort}).headers["Content-Type"] for soort in (CSV, XLSX)]
        assert [vorm.split(";")[0] for vorm in vormen] == [CSV, XLSX]
        delen = [client.get(f"/regio/{deel}/2026-T1").raise_for_status().json()["rijen"] for deel in ("segmenten", "indicatoren")]
        assert (delen[0][-1]["segment"], len(delen[1])) == ("Totaal", 9)
        assert delen[0][-1]["kostenEuro"] == antwoord["rijen"][2]["kostenEuro"]
        gebonden = client.get("/regio/verplichtingen", params={"jaar": 2026}).raise_for_status().json()
        assert [rij["gemeente"] for rij in gebonden["rijen"]] == [GEMEENTE, "0537", "Totaal"]
        assert BSN not in f"{antwoord}{delen}{gebonden}"
        assert (ander.get(pad).status_code, client.get("/toewijzingen").status_code) == (403, 403)
        assert client.get("/regio/kwartaalrapporten/2026-Q3").status_code == 400
