"""Keys in the portal: made, shown once, used, withdrawn, and out of reach of other gemeenten and roles."""

import html
import re
from datetime import date, timedelta

import httpx

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.personen import Wie
from berichten.opslag.toegang.sleutels import NieuweSleutel, make_sleutel
from berichten.opslag.toegang.systemen import NieuwSysteem, insert_systeem
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.portaal.balie import Portaalbalie
from tests.hulp.portaal.tabel import read_tabellen

_NIEUW = {"voor": "aanbieder", "agb": AGB, "naam": "Zorgbureau Rijn", "tot": ""}


def _read(pagina: str) -> str:
    """The text of a key on the page that shows it once."""
    return re.findall(r"<code>(\d{4}\.[0-9a-f]+\.[^<]+)</code>", html.unescape(pagina))[0]


def _knock(balie: Portaalbalie, sleutel: str) -> int:
    kop = {"Authorization": f"Bearer {sleutel}"}
    return httpx.get(f"{balie.adres}/v1/berichten", headers=kop, trust_env=False).status_code


def test_a_key_is_shown_once_works_and_is_withdrawn(balie: Portaalbalie) -> None:
    with balie.client("beheer") as beheer:
        beheer.get("/portaal/sleutels/nieuw")
        sleutel = _read(beheer.post("/portaal/sleutels", None, **_NIEUW).text)
        assert _knock(balie, sleutel) == 200
        pagina = beheer.get("/portaal/sleutels").text
        rij = next(rij for rij in read_tabellen(pagina)[0].rijen if rij[0] == "Zorgbureau Rijn")
        nummer = sleutel.split(".")[1]
        assert (rij[2], rij[3], rij[7]) == (f"aanbieder {AGB}", nummer, "Werkt")
        assert rij[6] != "nooit"
        assert sleutel.split(".")[2] not in pagina
        antwoord = beheer.post(f"/portaal/sleutels/{nummer}/intrekking", None)
        assert "werkt niet meer" in beheer.get(antwoord.headers["Location"]).text
        assert _knock(balie, sleutel) == 401
        assert nummer not in beheer.get("/portaal/sleutels").text
        assert nummer in beheer.get("/portaal/sleutels?stand=alles").text


def test_software_of_the_gemeente_gets_a_key_in_its_own_role(balie: Portaalbalie) -> None:
    nu = balie.werkplaats.instellingen.nu()
    with balie.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        wie = balie.monsters["persoon_financien"]
        nieuw = NieuwSysteem(GEMEENTE, "Boekhouding", "Gemeente Alphen", "financien", None, wie)
        systeem_id = insert_systeem(verbinding, nieuw, Wie("proef", nu))
    with balie.client("beheer") as beheer:
        assert "Boekhouding van Gemeente Alphen (financiën)" in beheer.get("/portaal/sleutels/nieuw").text
        assert _knock(balie, _read(beheer.post("/portaal/sleutels", None, voor=systeem_id).text)) == 200
        rijen = read_tabellen(beheer.get("/portaal/sleutels").text)[0].rijen
        assert [rij[2] for rij in rijen if rij[1] == "Boekhouding"] == ["financiën"]


def test_what_is_wrong_with_a_new_key_stands_at_the_field(balie: Portaalbalie) -> None:
    laat = (balie.werkplaats.instellingen.vandaag() + timedelta(days=900)).strftime("%d-%m-%Y")
    with balie.client("beheer") as beheer:
        beheer.get("/portaal/sleutels/nieuw")
        for velden, fout in (
            ({"voor": ""}, "voor"),
            ({"voor": "systeem:000000000000"}, "voor"),
            ({"agb": "1"}, "agb"),
            ({"naam": "Bureau 999990019"}, "naam"),
            ({"tot": "ooit"}, "tot"),
            ({"tot": "1-1-2020"}, "tot"),
            ({"tot": laat}, "tot"),
        ):
            antwoord = beheer.post("/portaal/sleutels", None, **_NIEUW | velden)
            assert (antwoord.status_code, f'id="{fout}-fout"' in antwoord.text) == (400, True)
        # A person has a key as long as that person has its role; who is no aanbieder's has none.
        persoon = beheer.post("/portaal/sleutels", None, **_NIEUW | {"naam": "M. Visser"})
        assert (persoon.status_code, "De eigenaar heeft de rol aanbieder niet" in persoon.text) == (400, True)


def test_nobody_withdraws_a_key_of_another_gemeente(balie: Portaalbalie) -> None:
    nu = balie.werkplaats.instellingen.nu()
    with balie.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        nieuw = NieuweSleutel("Elders", "Elders", date(2030, 1, 1), "proef")
        sleutel = make_sleutel(verbinding, "0518", "aanbieder", AGB, nu, nieuw=nieuw)
    with balie.client("beheer") as beheer:
        assert "Elders" not in beheer.get("/portaal/sleutels").text
        assert beheer.post(f"/portaal/sleutels/{sleutel.split('.')[1]}/intrekking", None).status_code == 404
        assert _knock(balie, sleutel) == 200
    for wie in ("financien", "contractbeheer", "aanbieder"):
        with balie.client(wie) as client:
            assert client.get("/portaal/sleutels").status_code == 403
