"""Pages for who keeps the contract: the figures of the API, in words; and reference data, looked at before they are loaded."""

from collections.abc import Iterator

import pytest

from api.portaal.schil.opmaak import euro
from berichten.demo.werkdag import fill_werkmaand
from berichten.demo.werkverzoeken import fill_verzoeken
from berichten.instellingen import Instellingen
from berichten.inzage.berichten.berichten import Berichtfilter, list_berichten
from berichten.inzage.berichten.declaraties import find_declaratie
from berichten.inzage.berichten.toewijzingen import find_toewijzing
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.rapporten.uitvoer.tabel import in_euros
from tests.conftest import VANDAAG
from tests.hulp.besluiten import rows
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.declareer import send
from tests.hulp.portaal.balie import Portaalbalie, running_portaal
from tests.hulp.verzoeken import antwoord

AGB = "42429011"


@pytest.fixture(scope="module")
def werkbalie(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portaalbalie]:
    """With a month of work."""
    map_ = tmp_path_factory.mktemp("portaal")
    instellingen = Instellingen(
        database_url=module_database, var=map_, huidige_datum=VANDAAG, veeg_seconden=60, lokaal_inloggen=True
    )
    with open_werkplaats(instellingen) as werkplaats:
        fill_werkmaand(werkplaats)
        fill_verzoeken(werkplaats)
        with running_portaal(instellingen, werkplaats, AGB) as balie:
            yield balie


def test_a_declaration_and_an_allocation_show_the_figures_of_the_api(werkbalie: Portaalbalie) -> None:
    """The API makes its answers of the same values (`api/basis/afgeleid.py`)."""
    kijker = werkbalie.werkplaats.seen_by(Sleutelhouder(GEMEENTE, "proef", "contractbeheer", None, "proef"))
    bericht = list_berichten(kijker, Berichtfilter(soort="JW323", agb=AGB, status="ter_beoordeling"), 1, None).regels[0]
    overzicht = find_declaratie(kijker, bericht.bericht_id)
    assert overzicht is not None
    assert sum(item.bedrag for item in overzicht.uitkomsten) == bericht.ingediend_bedrag
    with werkbalie.client("contractbeheer") as client:
        pagina = client.get(f"/portaal/declaraties/{bericht.bericht_id}").text
        for item in overzicht.uitkomsten:
            assert f'<td class="getal">{euro(item.bedrag)}</td>' in pagina
        assert f'<td class="getal">{euro(bericht.ingediend_bedrag)}</td></tr></tfoot>' in pagina
        bestand = client.get(f"/portaal/declaraties/{bericht.bericht_id}/bestand.csv").content.decode("utf-8-sig")
        assert f";{in_euros(bericht.ingediend_bedrag or 0)};" in bestand.splitlines()[-1]
        toewijzing = find_toewijzing(kijker, 480401)
        assert toewijzing is not None
        pagina = client.get("/portaal/toewijzingen/480401").text.replace("\u00a0", " ")
        assert f"Wacht op besluit {toewijzing.benutting.aangehouden_volume}" in pagina
        assert toewijzing.verplichting is not None
        assert toewijzing.verplichting.uitleg in pagina
    aanbieder = werkbalie.werkplaats.seen_by(Sleutelhouder(GEMEENTE, "proef", "aanbieder", AGB, "proef"))
    eigen = find_toewijzing(aanbieder, 480401)
    assert eigen is not None
    assert eigen.verplichting is None


@pytest.mark.parametrize(
    "pad",
    ["/declaraties/00000000-0000-0000-0000-000000000000", "/toewijzingen/1", "/aanbieders/00000000", "/prestaties/1"],
)
def test_what_is_not_of_this_gemeente_is_not_there(werkbalie: Portaalbalie, pad: str) -> None:
    with werkbalie.client("contractbeheer") as client:
        antwoord = client.get(f"/portaal{pad}")
    assert (antwoord.status_code, "bestaat niet" in antwoord.text or "niet bekend" in antwoord.text) == (404, True)


@pytest.mark.parametrize("vraag", ["480401", "VW90110617", AGB])
def test_one_find_opens_at_once(werkbalie: Portaalbalie, vraag: str) -> None:
    with werkbalie.client("contractbeheer") as client:
        client.get("/portaal/zoeken")
        adres = client.post("/portaal/zoeken", q=vraag).headers["Location"]
        gevonden = client.get(adres)
        assert gevonden.status_code == 303
        assert client.get(gevonden.headers["Location"]).status_code == 200


def test_the_catalogue_tells_policy_and_what_waits(werkbalie: Portaalbalie) -> None:
    wacht = rows(
        werkbalie.werkplaats,
        "SELECT count(DISTINCT prestatie_id) FROM bevinding v JOIN prestatie p USING (gemeente, prestatie_id)"
        " WHERE v.regel = 'DA02' AND p.uitkomst = 'ter_beoordeling'",
    )[0][0]
    with werkbalie.client("contractbeheer") as client:
        pagina = client.get("/portaal/regels?tekst=DA02").text
    assert f'<a href="/portaal/werkvoorraad?regel=DA02">{wacht}</a>' in pagina
    assert "een medewerker beslist" in pagina
    assert "TR307" not in pagina


def send_file(werkbalie: Portaalbalie, inhoud: str) -> tuple[int, str, dict[str, str]]:
    with werkbalie.client("contractbeheer") as client:
        client.get("/portaal/referentie")
        antwoord = client.send_file("/portaal/referentie", "bestand", inhoud.encode(), soort="aanbieders")
        return antwoord.status_code, antwoord.text, client.verborgen


def test_faults_of_a_file_are_told_by_line_and_nothing_is_loaded(werkbalie: Portaalbalie) -> None:
    status, pagina, _ = send_file(werkbalie, "gemeente;agb;naam\n0484;4242;De Wilgen\n0363;42429011;Van elders\n")
    assert status == 400
    assert "2 fouten; er is niets geladen" in pagina
    assert 'data-kop="Regel" class="getal">3<' in pagina


def test_a_file_is_looked_at_first_and_then_loaded(werkbalie: Portaalbalie) -> None:
    status, pagina, verborgen = send_file(werkbalie, "gemeente;agb;naam\n0484;42429012;Praktijk Noord\n0484;42429098;Nieuw\n")
    assert status == 200
    assert "naam: Praktijk Zuid" in pagina
    namen = "SELECT naam FROM aanbieder WHERE agb = '42429012'"
    assert rows(werkbalie.werkplaats, namen) == [("Praktijk Zuid",)]
    with werkbalie.client("contractbeheer") as client:
        client.verborgen = verborgen
        geladen = client.post("/portaal/referentie/laden")
        assert geladen.status_code == 303
        assert "1 nieuwe rij en 1 gewijzigde rij" in client.get(geladen.headers["Location"]).text.replace("\u00a0", " ")
    assert rows(werkbalie.werkplaats, namen) == [("Praktijk Noord",)]


def test_a_reviewer_reads_a_request_beside_what_there_is_and_decides(werkbalie: Portaalbalie) -> None:
    wijziging, open_ = (f"/portaal/verzoeken/{werkbalie.monsters[naam]}" for naam in ("verzoek_wijziging", "verzoek_open"))
    with werkbalie.client("contractbeheer") as client:
        lijst = client.get("/portaal/verzoeken").text
        assert [naam for naam in ("VW-JEUGDARTS", "VW-MEER", "VW-ONDERZOEK", "VW-HUISARTS") if naam in lijst] == [
            "VW-JEUGDARTS", "VW-MEER", "VW-ONDERZOEK",
        ]  # fmt: skip
        assert lijst.index("VW-JEUGDARTS") < lijst.index("VW-ONDERZOEK")
        anders = client.get(wijziging).text.replace("\u00a0", " ")
        assert "<strong>20 uur per maand</strong>" in anders
        assert "Deze toewijzing eindigt met haar oude omvang" in anders
        assert "Gemeente waar de cliënt onder valt" not in anders, "8 is for a JW315 only"
        pagina = client.get(open_).text
        assert "De school vraagt om een start direct na de zomervakantie." in pagina
        assert "De school vraagt" not in lijst
        leeg = client.post(f"{open_}/besluit", keuze="afwijzen", motivering="Te vroeg.")
        assert (leeg.status_code, "Kies waarom u het verzoek afwijst." in leeg.text, "Te vroeg." in leeg.text) == (400, True, True)
        client.get(open_)
        gedaan = client.post(f"{open_}/besluit", keuze="in_onderzoek", motivering="Wij bellen de school.")
        assert gedaan.headers["Location"] == "/portaal/verzoeken"
        assert 'value="in_onderzoek"' not in client.get(open_).text, "once is enough"
    with werkbalie.client("tweede") as ander:
        ander.get(open_)
        laat = ander.post(f"{open_}/besluit", keuze="honoreren", motivering="Akkoord.", volgt_op="")
        assert (laat.status_code, "S. de Boer heeft dit verzoek al in onderzoek genomen" in laat.text) == (409, True)
        assert ander.post(f"{open_}/besluit", keuze="honoreren", motivering="Akkoord.", volgt_op="²").status_code == 409
    with werkbalie.client("aanbieder") as client:
        eigen = client.get(f"/portaal/mijn-verzoeken/{werkbalie.monsters['verzoek_open']}").text
        assert "Wij bellen de school." in eigen
        assert "De school vraagt" not in eigen
        assert client.get("/portaal/verzoeken").status_code == 403


def test_an_aanbieder_reads_why_and_asks_to_withdraw(werkbalie: Portaalbalie) -> None:
    with werkbalie.client("aanbieder") as client:
        lijst = client.get("/portaal/mijn-verzoeken").text
        assert all(naam in lijst for naam in ("VW-HUISARTS", "VW-WOONPLAATS", "VW-MEER"))
        afgewezen = client.get(f"/portaal/mijn-verzoeken/{werkbalie.monsters['verzoek_afgewezen']}").text
        assert "woonplaatsbeginsel" in afgewezen
        assert "Katwijk" in afgewezen
        adres = f"/portaal/mijn-verzoeken/{werkbalie.monsters['verzoek_wijziging']}"
        client.get(adres)
        assert client.post(f"{adres}/intrekking", toelichting=" ").status_code == 400
        client.get(adres)
        assert client.post(f"{adres}/intrekking", toelichting="Het was een vergissing.").status_code == 303
        assert "U vroeg op" in client.get(adres).text
    with werkbalie.client("contractbeheer") as client:
        assert (
            "De aanbieder wil dit verzoek intrekken"
            in client.get(f"/portaal/verzoeken/{werkbalie.monsters['verzoek_wijziging']}").text
        )


def test_a_refusal_of_the_back_office_is_told_with_its_own_reason_to_both(werkbalie: Portaalbalie) -> None:
    """It was under investigation by then, with a motivering that no longer counts; no colleague refused it."""
    nummer = werkbalie.monsters["verzoek_onderzoek"]
    with werkbalie.client("contractbeheer") as client:
        eerst = client.get(f"/portaal/verzoeken/{nummer}").text.replace("\u00a0", " ")
        assert "Afwijzen om de woonplaats kan nog op tijd tot en met 1 juli 2026." in eerst
        resultaat = send(werkbalie.werkplaats, antwoord("VW-ONDERZOEK", "1", "3", Ontvanger=AGB))
        assert resultaat["status"] == "verwerkt", resultaat["bevindingen"]
        laat = client.post(f"/portaal/verzoeken/{nummer}/besluit", keuze="honoreren", motivering="Akkoord.")
        assert (laat.status_code, "Dit verzoek is al afgewezen." in laat.text) == (409, True)
        assert "S. de Boer heeft dit verzoek al" not in laat.text
        pagina = client.get(f"/portaal/verzoeken/{nummer}").text
        assert pagina.count("afgewezen, want er is geen contract") == 2, "beside the decision, and in what happened"
    with werkbalie.client("aanbieder") as client:
        pagina = client.get(f"/portaal/mijn-verzoeken/{nummer}").text
    assert "De gemeente wijst het verzoek af, want er is geen contract." in pagina
    assert "Wij zoeken uit of een groepsaanbod" not in pagina


@pytest.mark.parametrize("veld", ["na", "blad"])
def test_a_page_number_that_is_a_digit_and_no_number_is_the_first_page(werkbalie: Portaalbalie, veld: str) -> None:
    """`²` is a digit to Python, and no number."""
    with werkbalie.client("contractbeheer") as client:
        for pad in ("/portaal/werkvoorraad", "/portaal/creditverzoeken", "/portaal/verzoeken", "/portaal/aanbieders"):
            assert client.get(f"{pad}?{veld}=%C2%B2").status_code in (200, 400), pad
