"""A password that a colleague made opens nothing but the page where one chooses an own one; who has one changes it there."""

import html
import re
from datetime import timedelta

import pytest

from berichten.fouten import Bedieningsfout
from berichten.processen.toegang.beheer_gebruikers import NieuweRol, give_rol, renew_wachtwoord
from berichten.processen.toegang.bevestig_rollen import confirm_wachtende_rol, list_wachtende_rollen
from tests.hulp.bezoek import WACHTWOORD, Bezoek, add_persoon
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.portaal.balie import Portaalbalie

PAD, EIGEN = "/portaal/wachtwoord", "zeven rode fietsen varen"
_FOUT = re.compile(r'class="utrecht-form-field-error-message" id="(\w+)-fout">([^<]+)')


def choose(bezoek: Bezoek, huidig: str, nieuw: str, herhaald: str = "") -> str:
    """Send the form of the page; where one is sent, or what stands at a field."""
    bezoek.get(PAD)
    antwoord = bezoek.post(PAD, None, huidig=huidig, nieuw=nieuw, herhaald=herhaald or nieuw)
    if antwoord.status_code == 303:
        return antwoord.headers["Location"]
    (fout,) = _FOUT.findall(antwoord.text)
    return f"{antwoord.status_code} {fout[0]}: {html.unescape(fout[1])}"


def test_who_has_a_password_of_a_colleague_opens_nothing_before_one_of_their_own(balie: Portaalbalie) -> None:
    add_persoon(balie.werkplaats, "een.eigen", "financien", zelf_gekozen=False)
    with Bezoek(balie.adres) as nieuw:
        assert nieuw.log_in("een.eigen").status_code == 303
        for pad in ("/portaal/totalen?periode=2026", "/portaal/voorkeuren", "/portaal/betaalruns"):
            weg = nieuw.get(pad)
            assert (weg.status_code, weg.headers["Location"].startswith(PAD)) == (303, True), pad
        nieuw.get(PAD)
        assert nieuw.post("/portaal/betaalruns").headers["Location"].startswith(PAD)
        pagina = nieuw.get(nieuw.get("/portaal/totalen?periode=2026").headers["Location"]).text
        assert ("Kies een eigen wachtwoord" in pagina, "Hoofdmenu" in pagina, 'id="zoek"' in pagina) == (True, False, False)
        naar = nieuw.post(PAD, None, huidig=WACHTWOORD, nieuw=EIGEN, herhaald=EIGEN)
        assert naar.headers["Location"] == "/portaal/totalen?periode=2026"
        assert nieuw.get(naar.headers["Location"]).status_code == 200
        assert nieuw.log_in("een.eigen", EIGEN).status_code == 303
        assert nieuw.get("/portaal/totalen").status_code == 200


def test_a_form_from_elsewhere_changes_no_password(balie: Portaalbalie) -> None:
    add_persoon(balie.werkplaats, "twee.eigen", "financien", zelf_gekozen=False)
    with Bezoek(balie.adres) as nieuw:
        nieuw.log_in("twee.eigen")
        nieuw.get(PAD)
        keuze = {"huidig": WACHTWOORD, "nieuw": EIGEN, "herhaald": EIGEN}
        assert nieuw.post(PAD, {"Sec-Fetch-Site": "cross-site"}, **keuze).status_code == 403
        nieuw.get(PAD)
        assert nieuw.post(PAD, None, csrf="geraden", **keuze).status_code == 403
        assert nieuw.log_in("twee.eigen").status_code == 303


def test_another_password_ends_every_other_session_and_gives_this_one_a_new_text(balie: Portaalbalie) -> None:
    add_persoon(balie.werkplaats, "drie.eigen", "financien")
    with Bezoek(balie.adres) as hier, Bezoek(balie.adres) as elders:
        assert [bezoek.log_in("drie.eigen").status_code for bezoek in (hier, elders)] == [303, 303]
        eerder = hier.koekje
        assert "Wachtwoord wijzigen" in hier.get("/portaal/totalen").text
        assert choose(hier, WACHTWOORD, EIGEN) == "/portaal/"
        assert hier.get("/portaal/totalen").status_code == 200
        assert hier.koekje != eerder
        assert elders.get("/portaal/totalen").headers["Location"].startswith("/portaal/inloggen")
        hier.koekje = eerder
        assert hier.get("/portaal/totalen").headers["Location"].startswith("/portaal/inloggen")


@pytest.mark.parametrize(
    ("huidig", "nieuw", "herhaald", "zin"),
    [
        ("niet-mijn-wachtwoord", EIGEN, "", "400 huidig: Dit is niet uw wachtwoord van nu."),
        (WACHTWOORD, EIGEN, EIGEN + "x", "400 nieuw: De twee nieuwe wachtwoorden zijn niet gelijk."),
        (WACHTWOORD, "te kort", "", "400 nieuw: Een wachtwoord heeft 12 tot 128 tekens."),
        (WACHTWOORD, WACHTWOORD, "", "400 nieuw: Dit is het wachtwoord dat u al hebt."),
        (WACHTWOORD, "mijn naam {naam}", "", "400 nieuw: Dit wachtwoord is te raden."),
        (WACHTWOORD, "wachtwoord2026!", "", "400 nieuw: Dit wachtwoord is te raden."),
        (WACHTWOORD, "qwertyuiop12", "", "400 nieuw: Dit wachtwoord is te raden."),
    ],
)
def test_what_is_wrong_stands_at_the_field(balie: Portaalbalie, huidig: str, nieuw: str, herhaald: str, zin: str) -> None:
    inlognaam = f"vier.{zin[:12].replace(' ', '.').replace(':', '')}.{len(nieuw)}{nieuw[:3]}".replace(" ", "").lower()
    add_persoon(balie.werkplaats, inlognaam, "financien")
    with Bezoek(balie.adres) as bezoek:
        bezoek.log_in(inlognaam)
        assert choose(bezoek, huidig, nieuw.format(naam=inlognaam), herhaald).startswith(zin)
        assert bezoek.log_in(inlognaam).status_code == 303


def test_the_password_of_now_is_not_guessed_in_a_browser_that_was_left_open(balie: Portaalbalie) -> None:
    add_persoon(balie.werkplaats, "vijf.eigen", "financien")
    with Bezoek(balie.adres) as bezoek:
        bezoek.log_in("vijf.eigen")
        uitkomsten = [choose(bezoek, f"geraden-nummer-{nummer}", EIGEN) for nummer in range(6)]
        assert [uitkomst[:3] for uitkomst in uitkomsten] == ["400"] * 5 + ["429"]
        # The right one has to wait as well.
        assert choose(bezoek, WACHTWOORD, EIGEN).startswith("429 huidig: Er is te vaak een verkeerd wachtwoord gegeven.")


def test_who_made_a_password_confirms_no_role_of_that_person_also_after_it_was_replaced(balie: Portaalbalie) -> None:
    werkplaats, maker = balie.werkplaats, "persoon:M. Maker"
    persoon = add_persoon(werkplaats, "zes.eigen", "contractbeheer")
    renew_wachtwoord(werkplaats, "zes.eigen", WACHTWOORD, maker)
    with Bezoek(balie.adres) as bezoek:
        bezoek.log_in("zes.eigen")
        assert choose(bezoek, WACHTWOORD, EIGEN) == "/portaal/"
    tot = werkplaats.instellingen.vandaag() + timedelta(days=30)
    assert not give_rol(werkplaats, "zes.eigen", NieuweRol("financien", None, tot), "persoon:B. Eerste")
    nummer = next(rol.toekenning_id for rol in list_wachtende_rollen(werkplaats, GEMEENTE) if rol.persoon_id == persoon)
    with pytest.raises(Bedieningsfout, match="maakte het wachtwoord"):
        confirm_wachtende_rol(werkplaats, GEMEENTE, nummer, "persoon:m. maker")
    assert confirm_wachtende_rol(werkplaats, GEMEENTE, nummer, "persoon:A. Ander").persoon_id == persoon


def test_beheer_sees_who_has_not_chosen_yet(balie: Portaalbalie) -> None:
    persoon = add_persoon(balie.werkplaats, "zeven.eigen", "financien", zelf_gekozen=False)
    with balie.client("beheer") as beheer:
        assert "nog niet zelf gekozen" in beheer.get(f"/portaal/gebruikers/{persoon}").text
