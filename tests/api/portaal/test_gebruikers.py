"""People in the portal: a new one logs in, who is blocked is out at once, and nobody reaches into another gemeente."""

import html
import re

import pytest

from tests.hulp.bezoek import WACHTWOORD, Bezoek, add_persoon, confirm_all
from tests.hulp.bouwstenen import AGB, BSN
from tests.hulp.portaal.balie import Portaalbalie
from tests.hulp.portaal.tabel import read_tabellen

_NIEUW = {"naam": "N. Nieuw", "inlognaam": "n.nieuw@voorbeeld.nl", "rol": "financien", "agb": ""}


def test_a_new_person_logs_in_and_is_out_at_once_when_blocked(balie: Portaalbalie) -> None:
    with balie.client("beheer") as beheer, Bezoek(balie.adres) as nieuw:
        beheer.get("/portaal/gebruikers/nieuw")
        klaar = html.unescape(beheer.post("/portaal/gebruikers", None, **_NIEUW).text)
        confirm_all(balie.werkplaats)
        wachtwoord = re.findall(r"<dt>Wachtwoord</dt><dd>([^<]+)", klaar)[0]
        assert nieuw.log_in(_NIEUW["inlognaam"], wachtwoord).status_code == 303
        assert nieuw.get("/portaal/totalen").headers["Location"].startswith("/portaal/wachtwoord")
        nieuw.get("/portaal/wachtwoord")
        nieuw.post("/portaal/wachtwoord", None, huidig=wachtwoord, nieuw=WACHTWOORD, herhaald=WACHTWOORD)
        wachtwoord = WACHTWOORD
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


@pytest.mark.parametrize("naam", ["n" * 101, "M. Nieuw\x00", "M.\nNieuw", f"M. Nieuw {BSN}"])
def test_a_name_is_short_printable_and_no_bsn(balie: Portaalbalie, naam: str) -> None:
    with balie.client("beheer") as beheer:
        beheer.get("/portaal/gebruikers/nieuw")
        fout = beheer.post("/portaal/gebruikers", None, **_NIEUW | {"naam": naam, "inlognaam": "lang@voorbeeld.nl"})
        assert fout.status_code == 400
        assert re.findall(r'id="(\w+)-fout"', fout.text) == ["naam"]
        beheer.get("/portaal/sleutels/nieuw")
        fout = beheer.post("/portaal/sleutels", None, voor="aanbieder", agb=AGB, naam=naam, tot="")
        assert fout.status_code == 400
        assert re.findall(r'id="(\w+)-fout"', fout.text) == ["naam"]


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


def test_a_role_is_given_and_taken_on_the_page_of_a_person(balie: Portaalbalie) -> None:
    persoon = add_persoon(balie.werkplaats, "w.wissel@voorbeeld.nl", "financien", naam="W. Wissel")
    pad = f"/portaal/gebruikers/{persoon}"
    with balie.client("beheer") as beheer, Bezoek(balie.adres) as wissel:
        assert wissel.log_in("w.wissel@voorbeeld.nl").status_code == 303
        beheer.get(pad)
        antwoord = beheer.post(f"{pad}/rollen", None, rol="contractbeheer", tot="1-12-2026")
        assert "heeft de rol contractbeheer tot en met" in beheer.get(antwoord.headers["Location"]).text
        rollen = {rij[0]: rij[2] for rij in read_tabellen(beheer.get(pad).text)[0].rijen}
        assert rollen["contractbeheer"] == "1\u00a0december\u00a02026".replace("\u00a0", " ")
        for velden, veld in (
            ({"rol": ""}, "rol"),
            ({"rol": "aanbieder", "agb": "12"}, "agb"),
            ({"rol": "gemeente", "tot": "morgen"}, "tot"),
            ({"rol": "gemeente", "tot": "1-1-2031"}, "tot"),
            ({"rol": "beheer"}, "rol"),
        ):
            fout = beheer.post(f"{pad}/rollen", None, **{"agb": "", "tot": ""} | velden)
            assert (fout.status_code, f'id="{veld}-fout"' in fout.text) == (400, True)
        beheer.get(pad)
        beheer.post(f"{pad}/rollen/afname", None, rol="financien", agb="")
        assert wissel.get("/portaal/totalen").headers["Location"].startswith("/portaal/inloggen")
        assert "financiën" not in [rij[0] for rij in read_tabellen(beheer.get(pad).text)[0].rijen]


def test_a_new_password_is_told_once_and_ends_the_old_one(balie: Portaalbalie) -> None:
    persoon = add_persoon(balie.werkplaats, "v.vergeet@voorbeeld.nl", "financien", naam="V. Vergeet")
    with balie.client("beheer") as beheer, Bezoek(balie.adres) as vergeet:
        assert vergeet.log_in("v.vergeet@voorbeeld.nl").status_code == 303
        beheer.get(f"/portaal/gebruikers/{persoon}")
        klaar = html.unescape(beheer.post(f"/portaal/gebruikers/{persoon}/wachtwoord", None).text)
        wachtwoord = re.findall(r"<dt>Wachtwoord</dt><dd>([^<]+)", klaar)[0]
        assert vergeet.get("/portaal/totalen").headers["Location"].startswith("/portaal/inloggen")
        assert vergeet.log_in("v.vergeet@voorbeeld.nl").status_code != 303
        # Who made the password knows it: she may not be a second person with it.
        assert "tweede beheerder" in klaar
        assert vergeet.log_in("v.vergeet@voorbeeld.nl", wachtwoord).status_code != 303
        confirm_all(balie.werkplaats)
        assert vergeet.log_in("v.vergeet@voorbeeld.nl", wachtwoord).status_code == 303


def test_nobody_changes_oneself_or_somebody_of_another_gemeente(balie: Portaalbalie) -> None:
    ander = add_persoon(balie.werkplaats, "verder@voorbeeld.nl", "financien", gemeente="0518", naam="V. Verder")
    ik = balie.monsters["persoon_beheer"]
    with balie.client("beheer") as beheer:
        assert "Dit bent u" in beheer.get(f"/portaal/gebruikers/{ik}").text
        rol = {"rol": "beheer", "agb": ""}
        for deel, velden in (("rollen", rol), ("rollen/afname", rol), ("wachtwoord", {})):
            antwoord = beheer.post(f"/portaal/gebruikers/{ik}/{deel}", None, **velden)
            assert "andere beheerder" in beheer.get(antwoord.headers["Location"]).text
            assert beheer.post(f"/portaal/gebruikers/{ander}/{deel}", None, **velden).status_code == 404
        assert beheer.get(f"/portaal/gebruikers/{ander}").status_code == 404
