"""People in the portal: a new one logs in, who is blocked is out at once, and nobody reaches into another gemeente."""

import html
import re

from tests.hulp.bezoek import Bezoek, add_persoon
from tests.hulp.portaal.balie import Portaalbalie
from tests.hulp.portaal.tabel import read_tabellen

_NIEUW = {"naam": "N. Nieuw", "inlognaam": "n.nieuw@voorbeeld.nl", "rol": "financien", "agb": ""}


def test_a_new_person_logs_in_and_is_out_at_once_when_blocked(balie: Portaalbalie) -> None:
    with balie.client("beheer") as beheer, Bezoek(balie.adres) as nieuw:
        beheer.get("/portaal/gebruikers/nieuw")
        klaar = html.unescape(beheer.post("/portaal/gebruikers", None, **_NIEUW).text)
        wachtwoord = re.findall(r"<dt>Wachtwoord</dt><dd>([^<]+)", klaar)[0]
        assert nieuw.log_in(_NIEUW["inlognaam"], wachtwoord).status_code == 303
        assert nieuw.get("/portaal/totalen").status_code == 200
        lijst = beheer.get("/portaal/gebruikers").text
        persoon = re.findall(r'name="persoon" value="([^"]+)"><button[^>]*>Blokkeer<span[^>]*> N\. Nieuw', lijst)[0]
        antwoord = beheer.post("/portaal/gebruikers/blokkade", None, persoon=persoon)
        assert "kan vanaf nu niets meer openen" in beheer.get(antwoord.headers["Location"]).text
        weg = nieuw.get("/portaal/totalen")
        assert (weg.status_code, weg.headers["Location"].startswith("/portaal/inloggen")) == (303, True)
        assert nieuw.log_in(_NIEUW["inlognaam"], wachtwoord).status_code != 303
        beheer.get("/portaal/gebruikers")
        beheer.post("/portaal/gebruikers/toelating", None, persoon=persoon)
        assert nieuw.log_in(_NIEUW["inlognaam"], wachtwoord).status_code == 303


def test_what_is_wrong_with_a_new_person_stands_at_the_field(balie: Portaalbalie) -> None:
    with balie.client("beheer") as beheer:
        beheer.get("/portaal/gebruikers/nieuw")
        fout = beheer.post("/portaal/gebruikers", None, naam="", inlognaam="a b", rol="aanbieder", agb="1")
        assert fout.status_code == 400
        assert all(f'id="{veld}-fout"' in fout.text for veld in ("naam", "inlognaam", "agb"))
        bezet = beheer.post("/portaal/gebruikers", None, **_NIEUW | {"naam": "M. Ander", "inlognaam": "financien@voorbeeld.nl"})
        assert (bezet.status_code, "is al van iemand" in bezet.text) == (400, True)


def test_nobody_blocks_oneself_or_somebody_of_another_gemeente(balie: Portaalbalie) -> None:
    ander = add_persoon(balie.werkplaats, "elders@voorbeeld.nl", "financien", gemeente="0518", naam="E. Elders")
    with balie.client("beheer") as beheer, Bezoek(balie.adres) as elders:
        assert elders.log_in("elders@voorbeeld.nl").status_code == 303
        pagina = beheer.get("/portaal/gebruikers").text
        assert ("E. Elders" in pagina, "Dit bent u" in pagina) == (False, True)
        assert beheer.post("/portaal/gebruikers/blokkade", None, persoon=ander).status_code == 404
        assert elders.get("/portaal/totalen").status_code == 200
    for wie in ("financien", "contractbeheer", "aanbieder"):
        with balie.client(wie) as client:
            assert client.get("/portaal/gebruikers").status_code == 403
            assert client.get("/portaal/gezondheid").status_code == 403


def test_the_morning_is_told_on_one_page(balie: Portaalbalie) -> None:
    with balie.client("beheer") as beheer:
        pagina = beheer.get("/portaal/gezondheid").text
        gebruikers = read_tabellen(beheer.get("/portaal/gebruikers").text)[0]
    koppen = re.findall(r"<h2[^>]*>([^<]+)", pagina)
    assert {"Wat om iemand vraagt", "Wat wacht op verwerking", "Opslag"} <= set(koppen)
    assert "M. Visser" in [rij[0] for rij in gebruikers.rijen]
