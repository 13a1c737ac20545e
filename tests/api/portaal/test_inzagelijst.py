"""Who looked, in the portal: by person, period and thing, and for a client as a list and as a report; each is a look itself."""

import re

import pytest
from sqlalchemy import text

from tests.hulp.besluiten import rows
from tests.hulp.bezoek import Bezoek, add_persoon
from tests.hulp.bouwstenen import BSN
from tests.hulp.portaal.balie import NAMEN, Portaalbalie
from tests.hulp.portaal.tabel import read_tabellen

_LAATSTE = "SELECT gebeurtenis, object_soort, actie, aantal FROM inzagelog WHERE rol = 'beheer' ORDER BY tijd DESC, log_id LIMIT 1"


@pytest.fixture(scope="module", autouse=True)
def _gekeken(balie: Portaalbalie) -> None:
    """A reviewer looked at the work list."""
    with balie.client("contractbeheer") as client:
        assert client.get("/portaal/werkvoorraad").status_code == 200


def test_the_log_is_searched_by_person_thing_and_period(balie: Portaalbalie) -> None:
    wie = balie.monsters["persoon_contractbeheer"]
    with balie.client("beheer") as beheer:
        rijen = read_tabellen(beheer.get(f"/portaal/inzage?door={wie}&soort=werkvoorraad").text)[0].rijen
        assert {rij[1] for rij in rijen} == {f"{NAMEN['contractbeheer']} contractbeheer"}
        assert {rij[2] for rij in rijen} == {"Bekeken: werkvoorraad"}
        leeg = beheer.get(f"/portaal/inzage?door={wie}&tot=1-1-2020").text
        assert "Er is niets in het log dat hieraan voldoet." in leeg
        fout = beheer.get("/portaal/inzage?vanaf=ooit").text
        assert 'id="vanaf-fout"' in fout
        begin = beheer.get("/portaal/inzage?na=verzonnen")
        assert begin.status_code == 200


@pytest.mark.parametrize("pad", ["inzage?uitkomst=verzonnen", "sleutels?stand=verzonnen"])
def test_a_choice_that_there_is_not_is_told(balie: Portaalbalie, pad: str) -> None:
    with balie.client("beheer") as beheer:
        assert "Een keuze in het adres kennen we niet" in beheer.get(f"/portaal/{pad}").text
        assert "kennen we niet" not in beheer.get(f"/portaal/{pad.removesuffix('verzonnen')}").text


def test_a_bsn_goes_in_no_address(balie: Portaalbalie) -> None:
    with balie.client("beheer") as beheer:
        pagina = beheer.get(f"/portaal/inzage?nummer={BSN}").text
    assert 'id="nummer-fout"' in pagina
    assert BSN not in pagina


def test_of_what_somebody_typed_for_a_number_no_digit_of_a_client_is_shown(balie: Portaalbalie) -> None:
    assert balie.api("contractbeheer", f"/prestaties/{BSN}").status_code == 404
    with balie.client("beheer") as beheer:
        rijen = read_tabellen(beheer.get("/portaal/inzage?uitkomst=niet_gevonden").text)[0].rijen
    assert "Bekeken: prestatie" in {rij[2] for rij in rijen}
    assert not any("*" in rij[2] or BSN[-3:] in rij[2] for rij in rijen)


def test_who_saw_a_client_is_asked_by_post_and_is_a_look(balie: Portaalbalie) -> None:
    with balie.client("beheer") as beheer:
        beheer.get("/portaal/inzage")
        pagina = beheer.post("/portaal/inzage/client", None, bsn=f"{BSN[:4]} {BSN[4:]}", doe="zoek").text
        assert f"een BSN dat eindigt op {BSN[-3:]}" in pagina
        assert BSN not in pagina
        assert f"{NAMEN['contractbeheer']} contractbeheer" in [rij[1] for rij in read_tabellen(pagina)[0].rijen]
        assert rows(balie.werkplaats, _LAATSTE) == [("POST /portaal/inzage/client", "inzagelog", "R", 1)]
        fout = beheer.post("/portaal/inzage/client", None, bsn="123", eerste="ooit", doe="zoek")
        assert fout.status_code == 400
        assert re.findall(r'id="(\w+)-fout"', fout.text) == ["bsn", "eerste"]


@pytest.mark.parametrize("met_namen", [True, False])
def test_the_report_is_what_the_client_gets(balie: Portaalbalie, met_namen: bool) -> None:
    with balie.client("beheer") as beheer:
        beheer.get("/portaal/inzage")
        vraag = {"bsn": BSN, "doe": "verslag"} | ({"met_namen": "ja"} if met_namen else {})
        pagina = beheer.post("/portaal/inzage/client", None, **vraag).text
    wie = {rij[1] for rij in read_tabellen(pagina)[0].rijen}
    naam = NAMEN["contractbeheer"] if met_namen else "een medewerker"
    assert f"{naam} (contractbeheer van de gemeente)" in wie
    assert BSN not in pagina
    assert "Autoriteit Persoonsgegevens" in pagina
    assert rows(balie.werkplaats, _LAATSTE) == [("POST /portaal/inzage/client", "inzageverslag", "E", 1)]


def test_the_log_is_for_who_keeps_watch(balie: Portaalbalie) -> None:
    for wie in ("financien", "contractbeheer", "aanbieder", "gemeente"):
        with balie.client(wie) as client:
            assert client.get("/portaal/inzage").status_code == 403
            assert client.post("/portaal/inzage/client", None, bsn=BSN).status_code == 403


def test_who_watches_over_privacy_begins_here_and_sees_no_other_page(balie: Portaalbalie) -> None:
    add_persoon(balie.werkplaats, "fg@voorbeeld.nl", "privacy", naam="P. de Functionaris")
    with Bezoek(balie.adres) as functionaris:
        assert functionaris.log_in("fg@voorbeeld.nl").status_code == 303
        assert functionaris.get("/portaal/").headers["Location"] == "/portaal/inzage"
        assert functionaris.get("/portaal/inzage").status_code == 200
        for pad in ("/gebruikers", "/sleutels", "/gezondheid", "/werkvoorraad", "/totalen", "/betaalruns", "/berichten"):
            assert functionaris.get(f"/portaal{pad}").status_code == 403, pad
        with balie.werkplaats.opslag.transaction() as verbinding:
            vraag = "SELECT identificatie FROM bericht WHERE soort = 'JW323' LIMIT 1"
            nummer = verbinding.execute(text(vraag)).scalar_one()
        assert "niets gevonden" in functionaris.get(f"/portaal/zoeken?q={nummer}").text
