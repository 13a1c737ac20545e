"""Roles that wait for a second person, in the portal: confirmed or refused by another than who gave them, and nowhere else."""

from datetime import timedelta

import pytest

from berichten.processen.toegang.beheer_gebruikers import NieuweRol, give_rol
from berichten.processen.toegang.bevestig_rollen import list_wachtende_rollen
from tests.hulp.bezoek import Bezoek, add_persoon, confirm_all
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.portaal.balie import Portaalbalie
from tests.hulp.portaal.tabel import read_tabellen

PAD = "/portaal/gebruikers/wachtend"


def propose(balie: Portaalbalie, inlognaam: str, door: str, gemeente: str = GEMEENTE) -> int:
    """Number of a role of finance that waits, given to a new person."""
    werkplaats = balie.werkplaats
    persoon = add_persoon(werkplaats, inlognaam, naam=f"Naam {inlognaam}", gemeente=gemeente)
    tot = werkplaats.instellingen.vandaag() + timedelta(days=30)
    assert not give_rol(werkplaats, inlognaam, NieuweRol("financien", None, tot), door)
    return next(rol.toekenning_id for rol in list_wachtende_rollen(werkplaats, gemeente) if rol.persoon_id == persoon)


def test_a_role_is_confirmed_by_a_second_person_and_counts_at_once(balie: Portaalbalie) -> None:
    nummer = propose(balie, "een.wacht", "persoon:Bea Eerste")
    with balie.client("beheer") as beheer, Bezoek(balie.adres) as nieuw:
        assert nieuw.log_in("een.wacht").status_code == 403
        rij = next(rij for rij in read_tabellen(beheer.get(PAD).text)[0].rijen if rij[0] == "Naam een.wacht")
        assert (rij[1], rij[3]) == ("financiën", "Bea Eerste")
        assert "op een tweede persoon" in beheer.get("/portaal/gezondheid").text
        beheer.get(PAD)
        klaar = beheer.post(f"{PAD}/{nummer}/bevestiging")
        assert "heeft nu de rol financiën, tot en met" in beheer.get(klaar.headers["Location"]).text
        assert nieuw.log_in("een.wacht").status_code == 303
        assert nieuw.get("/portaal/totalen").status_code == 200
        nogmaals = beheer.post(f"{PAD}/{nummer}/bevestiging", None, csrf=beheer.verborgen["csrf"])
        assert "wacht niet meer" in beheer.get(nogmaals.headers["Location"]).text


def test_who_gave_it_is_not_asked_and_cannot_confirm_it_but_may_take_it_back(balie: Portaalbalie) -> None:
    nummer = propose(balie, "twee.wacht", balie.monsters["persoon_beheer"])
    with balie.client("beheer") as beheer:
        pagina = beheer.get(PAD).text
        assert f"/{nummer}/bevestiging" not in pagina
        assert "U gaf deze rol zelf" in pagina
        geweigerd = beheer.post(f"{PAD}/{nummer}/bevestiging")
        assert "door een ander dan wie haar gaf" in beheer.get(geweigerd.headers["Location"]).text
        assert nummer in [rol.toekenning_id for rol in list_wachtende_rollen(balie.werkplaats, GEMEENTE)]
        beheer.get(PAD)
        weg = beheer.post(f"{PAD}/{nummer}/afwijzing")
        assert "krijgt de rol financiën niet" in beheer.get(weg.headers["Location"]).text
    assert nummer not in [rol.toekenning_id for rol in list_wachtende_rollen(balie.werkplaats, GEMEENTE)]


def test_a_role_of_another_gemeente_is_not_shown_and_not_confirmed(balie: Portaalbalie) -> None:
    nummer = propose(balie, "elders.wacht", "persoon:Bea Eerste", "0518")
    with balie.client("beheer") as beheer:
        assert "elders.wacht" not in beheer.get(PAD).text
        for stap in ("bevestiging", "afwijzing"):
            antwoord = beheer.post(f"{PAD}/{nummer}/{stap}", None, csrf=beheer.verborgen["csrf"])
            assert "wacht niet meer" in beheer.get(antwoord.headers["Location"]).text
            beheer.get(PAD)
    assert [rol.toekenning_id for rol in list_wachtende_rollen(balie.werkplaats, "0518")] == [nummer]


@pytest.mark.parametrize("wie", ["financien", "contractbeheer", "aanbieder", "gemeente"])
def test_nobody_else_opens_it_or_confirms(wie: str, balie: Portaalbalie) -> None:
    with balie.client(wie) as client:
        assert client.get(PAD).status_code == 403
        client.get("/portaal/voorkeuren")
        assert client.post(f"{PAD}/1/bevestiging").status_code == 403


def test_where_nothing_waits_the_page_says_so(balie: Portaalbalie) -> None:
    confirm_all(balie.werkplaats)
    with balie.client("beheer") as beheer:
        assert "Er wacht geen rol op een tweede persoon." in beheer.get(PAD).text
        assert "Geen rol wacht" in beheer.get("/portaal/gebruikers").text
        assert "op een tweede persoon" not in beheer.get("/portaal/gezondheid").text
