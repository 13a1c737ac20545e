"""Payments in the portal: looked through, laid down, refused to who proposed, approved by another, and the file for the bank."""

import html
from collections.abc import Iterator

import pytest

from berichten.demo.betaaldag import fill_betalingen
from berichten.demo.werkdag import fill_werkmaand
from berichten.instellingen import Instellingen
from berichten.processen.basis.werkplaats import open_werkplaats
from tests.conftest import VANDAAG
from tests.hulp.bezoek import Bezoek, add_persoon
from tests.hulp.portaal.balie import Portaalbalie, add_geldmensen, running_portaal
from tests.hulp.portaal.tabel import read_centen, read_tabellen

_ZELF = "U maakte dit voorstel zelf. Vraag een collega om het na te kijken en goed te keuren."


@pytest.fixture(scope="module")
def kas(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portaalbalie]:
    """A month of work with one run paid and one that waits."""
    instellingen = Instellingen(
        database_url=module_database, var=tmp_path_factory.mktemp("kas"), huidige_datum=VANDAAG, veeg_seconden=60,
        lokaal_inloggen=True,
    )  # fmt: skip
    with open_werkplaats(instellingen) as werkplaats:
        fill_werkmaand(werkplaats)
        fill_betalingen(werkplaats, add_geldmensen(werkplaats))
        add_persoon(werkplaats, "collega@voorbeeld.nl", "financien", naam="A. Kok")
        with running_portaal(instellingen, werkplaats) as balie:
            yield balie


def _send(client: Bezoek, waar: str, naar: str, **velden: str) -> str:
    """Fill in a form that stands on a page, and read the page where one ends up."""
    client.get(waar)
    antwoord = client.post(naar, None, **velden)
    assert antwoord.status_code == 303, antwoord.text
    return html.unescape(client.get(antwoord.headers["Location"]).text)


def _last(kas: Portaalbalie, lijst: str, naam: str) -> int:
    """The highest number of a list of finance."""
    return max(int(item[naam]) for item in kas.api("financien", f"/financien/{lijst}").json()[lijst])


def test_a_run_takes_two_people_however_often_one_of_them_is_logged_in(kas: Portaalbalie) -> None:
    wachtend = f"/portaal/betaalruns/{_last(kas, 'betaalruns', 'runId')}"
    with kas.client("financien") as client:
        assert "ingetrokken" in _send(client, wachtend, f"{wachtend}/intrekking")
        vooruit = html.unescape(client.get("/portaal/betaalruns/nieuw").text)
        assert "Er is nog niets vastgelegd" in vooruit
        som = read_centen(read_tabellen(vooruit)[0].voet[-1])
        assert f"<strong>{read_tabellen(vooruit)[0].voet[-1]}</strong>".replace(" ", "\u00a0") in vooruit.replace(" ", "\u00a0")
        oud = dict(client.verborgen)
        gemaakt = _send(client, "/portaal/betaalruns/nieuw", "/portaal/betaalruns")
        assert "Het voorstel is vastgelegd" in gemaakt
        nummer = _last(kas, "betaalruns", "runId")
        run = f"/portaal/betaalruns/{nummer}"
        assert _ZELF in gemaakt
        assert _ZELF in html.unescape(client.get(f"{run}/goedkeuren").text)
        tweede = client.post("/portaal/betaalruns", None, **oud)
        assert "Er is nu niets te betalen" in html.unescape(client.get(tweede.headers["Location"]).text)
    with Bezoek(kas.adres) as nogmaals:
        nogmaals.log_in("financien@voorbeeld.nl")
        assert _ZELF in _send(nogmaals, run, f"{run}/goedkeuring")
        assert nogmaals.get(f"{run}/bestand/xml").status_code == 404
    with kas.client("collega") as ander:
        controle = read_tabellen(ander.get(f"{run}/goedkeuren").text)[0]
        assert read_centen(controle.voet[-1]) == som > 0
        goed = _send(ander, f"{run}/goedkeuren", f"{run}/goedkeuring")
        assert "Goedgekeurd door A. Kok" in goed
        bestand = ander.get(f"{run}/bestand/xml")
        assert f"<CtrlSum>{som // 100}.{som % 100:02d}</CtrlSum>" in bestand.text
        regels = read_tabellen(ander.get(f"{run}/regels").text)[0]
        assert sum(read_centen(rij[-1]) for rij in regels.rijen) == som
        assert "is al goedgekeurd" in _send(ander, run, f"{run}/intrekking")
        assert "wacht niet meer op goedkeuring" in ander.get(f"{run}/goedkeuren").text
    api = kas.api("financien", f"/financien/betaalruns/{nummer}").json()
    assert (api["totaalBedrag"], api["status"]) == (som, "goedgekeurd")


def test_a_block_is_looked_through_and_lifted_by_two(kas: Portaalbalie) -> None:
    with kas.client("financien") as client:
        client.get("/portaal/blokkades/nieuw?agb=42429012")
        leeg = client.post("/portaal/blokkades/controle", agb="42429012", regel="1", reden="")
        assert leeg.status_code == 400
        assert "niet allebei" in leeg.text
        assert "De tekst is leeg" in leeg.text
        controle = client.post("/portaal/blokkades/controle", agb="42429012", regel="", reden="Eerst bellen.")
        assert "Alle betalingen aan Praktijk Zuid (42429012)" in html.unescape(controle.text)
        antwoord = client.post("/portaal/blokkades")
        lijst = read_tabellen(client.get(antwoord.headers["Location"]).text)[0]
        assert lijst.rijen[0][2] == "Eerst bellen."
        blokkade = f"/portaal/blokkades/{_last(kas, 'blokkades', 'blokkadeId')}"
        client.get("/portaal/blokkades")
        onbekend = client.post("/portaal/blokkades", agb="99999999", regel="", reden="Eerst bellen.")
        assert (onbekend.status_code, "kent dit nummer niet" in onbekend.text) == (400, True)
        assert "U stelde voor" in _send(client, "/portaal/blokkades", f"{blokkade}/opheffing")
        assert "zelf voor" in _send(client, "/portaal/blokkades", f"{blokkade}/opheffing")
    with kas.client("collega") as ander:
        assert "is opgeheven" in _send(ander, "/portaal/blokkades", f"{blokkade}/opheffing")
        assert "al opgeheven" in _send(ander, "/portaal/blokkades", f"{blokkade}/behoud")
        ander.get("/portaal/blokkades")
        assert ander.post("/portaal/blokkades/99/opheffing").status_code == 404


def test_an_account_is_recorded_by_one_and_confirmed_by_another(kas: Portaalbalie) -> None:
    goed = {"agb": "42429011", "iban": "NL91 ABNA 0417 1643 00", "tenaamstelling": "De Wilgen", "ingangsdatum": "1-8-2026"}
    with kas.client("financien") as client:
        client.get("/portaal/rekeningen/nieuw")
        fout = client.post("/portaal/rekeningen", None, **goed | {"iban": "NL00 ABNA 0417 1643 00", "ingangsdatum": ""})
        assert (fout.status_code, "vanaf welke dag" in fout.text) == (400, True)
        assert "iban-fout" in client.post("/portaal/rekeningen", None, **goed | {"iban": "NL00ABNA0417164300"}).text
        assert "Een collega bevestigt haar" in _send(
            client, "/portaal/rekeningen/nieuw", "/portaal/rekeningen", **goed, einddatum=""
        )
        nummer = read_tabellen(client.get("/portaal/rekeningen").text)[0].rijen
        assert nummer[0][1] == "NL91 ABNA 0417 1643 00"
        rekening = kas.api("financien", "/financien/rekeningen").json()["rekeningen"][0]["rekeningId"]
        pad = f"/portaal/rekeningen/{rekening}/bevestiging"
        assert "zelf vast" in _send(client, "/portaal/rekeningen", pad)
    with kas.client("collega") as ander:
        assert "is bevestigd" in _send(ander, "/portaal/rekeningen", pad)


def test_the_books_tie_and_the_page_shows_by_how_much(kas: Portaalbalie) -> None:
    bewijs = kas.api("financien", "/financien/aansluiting").json()
    with kas.client("financien") as client:
        pagina = client.get("/portaal/aansluiting").text
        bestand = client.get("/portaal/aansluiting/bestand/csv")
    gelijk, controles = read_tabellen(pagina)[:2]
    assert [rij[-1].replace("\u00a0", " ") for rij in gelijk.rijen] == ["€ 0,00"] * 3
    assert read_centen(gelijk.rijen[1][2]) == bewijs["journaal"]
    assert [rij[0] for rij in controles.rijen] == [item["omschrijving"] for item in bewijs["controles"]]
    assert (bewijs["sluit"], "De boeken sluiten" in pagina, bestand.status_code) == (True, True, 200)
