"""Roles beheer and financien: given by one person, confirmed by another, and by nobody else; in the database too."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from berichten.fouten import Bedieningsfout
from berichten.kern.houder import Herkomst
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.personen import Wie, insert_persoon
from berichten.opslag.toegang.rollen import confirm_rol, grant_rol, list_rollen_of
from berichten.opslag.toegang.sleutels import NieuweSleutel, make_sleutel
from berichten.opslag.toegang.systemen import NieuwSysteem, insert_systeem
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.toegang.beheer_gebruikers import NieuweGebruiker, NieuweRol, add_gebruiker, give_rol, renew_wachtwoord
from berichten.processen.toegang.bevestig_rollen import (
    confirm_wachtende_rol,
    list_wachtende_rollen,
    refuse_wachtende_rol,
)
from berichten.processen.toegang.log_in import log_in
from berichten.processen.toegang.volg_sessie import choose_rol, list_rollen, recognise_sessie
from tests.hulp.bezoek import WACHTWOORD, add_persoon
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.eigenaar import as_owner
from tests.hulp.sleutels import find_sleutelhouder

EEN, TWEE = "persoon:Bea Beheer", "persoon:Theo Tweede"


def roles_of(werkplaats: Werkplaats, persoon: str) -> list[str]:
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        return [rol.rol for rol in list_rollen_of(verbinding, persoon, werkplaats.instellingen.vandaag())]


def propose(werkplaats: Werkplaats, rol: str = "financien", door: str = EEN) -> tuple[str, int]:
    """A person to whom this role was given, and its number."""
    tot = werkplaats.instellingen.vandaag() + timedelta(days=30)
    nieuw = NieuweGebruiker(GEMEENTE, "Ans de Wit", "ans@x.nl", WACHTWOORD, ())
    persoon = add_gebruiker(werkplaats, nieuw, door)
    assert not give_rol(werkplaats, "ans@x.nl", NieuweRol(rol, None, tot), door)
    (wachtend,) = list_wachtende_rollen(werkplaats, GEMEENTE)
    assert (wachtend.persoon_id, wachtend.rol, wachtend.toegekend_door) == (persoon, rol, door)
    return persoon, wachtend.toekenning_id


@pytest.mark.parametrize("rol", ["financien", "beheer"])
def test_a_role_counts_from_when_another_person_confirms_it(rol: str, werkplaats: Werkplaats) -> None:
    add_persoon(werkplaats, "eerste@x.nl", "beheer")
    persoon, nummer = propose(werkplaats, rol)
    assert roles_of(werkplaats, persoon) == []
    confirm_wachtende_rol(werkplaats, GEMEENTE, nummer, TWEE)
    assert roles_of(werkplaats, persoon) == [rol]
    assert list_wachtende_rollen(werkplaats, GEMEENTE) == []
    with pytest.raises(Bedieningsfout, match="Er wacht geen rol"):
        confirm_wachtende_rol(werkplaats, GEMEENTE, nummer, TWEE)


def test_who_gave_it_or_gets_it_does_not_confirm_it_by_whatever_name_and_that_is_logged(werkplaats: Werkplaats) -> None:
    bea = add_persoon(werkplaats, "bea@x.nl", "beheer", naam="Bea Beheer")
    persoon, nummer = propose(werkplaats)
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        nu = werkplaats.instellingen.nu()
        sleutel = make_sleutel(verbinding, GEMEENTE, "beheer", None, nu, nieuw=NieuweSleutel(eigenaar="Bea Beheer")).split(".")[1]
    for door in (EEN, "persoon:BEA  beheer", bea, sleutel, persoon, "persoon:Ans de Wit"):
        with pytest.raises(Bedieningsfout, match="door een ander"):
            confirm_wachtende_rol(werkplaats, GEMEENTE, nummer, door)
    assert roles_of(werkplaats, persoon) == []
    with werkplaats.opslag.transaction() as verbinding:
        vraag = "SELECT count(*) FROM inzagelog WHERE object_soort = 'rol' AND uitkomst = 'geweigerd' AND reden = 'vier_ogen'"
        assert verbinding.execute(text(vraag)).scalar_one() == 6


def test_no_system_confirms_and_nothing_gets_round_it_in_the_database(werkplaats: Werkplaats) -> None:
    bo = add_persoon(werkplaats, "bo@x.nl", "contractbeheer")
    persoon, nummer = propose(werkplaats)
    wie = Wie(EEN, werkplaats.instellingen.nu())
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        systeem = insert_systeem(verbinding, NieuwSysteem(GEMEENTE, "Bot", "Elders", "contractbeheer", None, bo), wie)
    pogingen: list[tuple[str, dict[str, Any]]] = [
        ("wacht = false", {}),
        ("wacht = false, bevestigd_op = now()", {}),
        ("wacht = false, bevestigd_op = now(), bevestigd_door = :d", {"d": EEN}),
        ("wacht = false, bevestigd_op = now(), bevestigd_door = :d", {"d": persoon}),
        ("wacht = false, bevestigd_op = now(), bevestigd_door = :d", {"d": systeem}),
        ("bevestigd_op = now(), bevestigd_door = :d", {"d": TWEE}),
    ]
    for zet, waarden in pogingen:
        with pytest.raises(DatabaseError), as_owner(werkplaats) as verbinding:
            verbinding.execute(text(f"UPDATE rol_toekenning SET {zet} WHERE toekenning_id = :n"), {"n": nummer, **waarden})
    assert roles_of(werkplaats, persoon) == []
    with pytest.raises(DatabaseError), as_owner(werkplaats) as verbinding:
        # Who proposes is not changed behind the back of who confirms: it is one grant, with one giver.
        confirm_rol(verbinding, GEMEENTE, nummer, Wie("persoon:BEA BEHEER", wie.op))


def test_what_was_refused_stays_away(werkplaats: Werkplaats) -> None:
    persoon, nummer = propose(werkplaats)
    refuse_wachtende_rol(werkplaats, GEMEENTE, nummer, EEN)
    with pytest.raises(Bedieningsfout, match="Er wacht geen rol"):
        confirm_wachtende_rol(werkplaats, GEMEENTE, nummer, TWEE)
    assert roles_of(werkplaats, persoon) == []


def test_a_role_of_another_gemeente_is_not_there(werkplaats: Werkplaats) -> None:
    _, nummer = propose(werkplaats)
    assert list_wachtende_rollen(werkplaats, "0518") == []
    with pytest.raises(Bedieningsfout, match="Er wacht geen rol"):
        confirm_wachtende_rol(werkplaats, "0518", nummer, TWEE)


def test_the_first_to_run_a_gemeente_other_roles_and_those_of_the_organisation_wait_for_nobody(werkplaats: Werkplaats) -> None:
    vandaag, nu = werkplaats.instellingen.vandaag(), werkplaats.instellingen.nu()
    uitgever = Wie("uitgever:https://login.example.nl", nu)
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        namen = {rol: insert_persoon(verbinding, GEMEENTE, rol, uitgever) for rol in ("beheer", "contractbeheer", "financien")}
        grant_rol(verbinding, GEMEENTE, namen["beheer"], "beheer", None, vandaag, vandaag, Wie(EEN, nu))
        grant_rol(verbinding, GEMEENTE, namen["contractbeheer"], "contractbeheer", None, vandaag, vandaag, Wie(EEN, nu))
        grant_rol(verbinding, GEMEENTE, namen["financien"], "financien", None, vandaag, vandaag, uitgever)
    assert {rol: roles_of(werkplaats, persoon) for rol, persoon in namen.items()} == {rol: [rol] for rol in namen}


def test_a_password_that_a_colleague_made_takes_waiting_roles_over_too(werkplaats: Werkplaats) -> None:
    """Who made the password knows it: she would be both people of a role that another gave."""
    persoon, _ = propose(werkplaats, door=TWEE)
    assert renew_wachtwoord(werkplaats, "ans@x.nl", WACHTWOORD, EEN)
    (wachtend,) = list_wachtende_rollen(werkplaats, GEMEENTE)
    assert (wachtend.rol, wachtend.toegekend_door) == ("financien", EEN)
    with pytest.raises(Bedieningsfout, match="door een ander"):
        confirm_wachtende_rol(werkplaats, GEMEENTE, wachtend.toekenning_id, EEN)
    confirm_wachtende_rol(werkplaats, GEMEENTE, wachtend.toekenning_id, TWEE)
    assert roles_of(werkplaats, persoon) == ["financien"]


def test_a_password_opens_no_role_that_takes_two_and_was_given_by_the_organisation(werkplaats: Werkplaats) -> None:
    """A colleague can make a password, and no group of the organisation."""
    persoon = add_persoon(werkplaats, "ans@x.nl", "contractbeheer")
    vandaag, nu = werkplaats.instellingen.vandaag(), werkplaats.instellingen.nu()
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        uitgever = Wie("uitgever:https://login.example.nl", nu)
        zwaar = grant_rol(verbinding, GEMEENTE, persoon, "financien", None, vandaag, vandaag, uitgever)
        licht = grant_rol(verbinding, GEMEENTE, persoon, "gemeente", None, vandaag, vandaag, uitgever)
    met_wachtwoord = werkplaats_with_passwords(werkplaats)
    tekst = log_in(met_wachtwoord, "ans@x.nl", WACHTWOORD, Herkomst())
    assert isinstance(tekst, str)
    sessie = recognise_sessie(met_wachtwoord, tekst)
    assert sessie is not None
    assert [rol.rol for rol in list_rollen(met_wachtwoord, sessie)] == ["contractbeheer", "gemeente"]
    assert choose_rol(met_wachtwoord, tekst, sessie, GEMEENTE, zwaar, Herkomst()) is None
    assert choose_rol(met_wachtwoord, tekst, sessie, GEMEENTE, licht, Herkomst()) is not None
    # The provider's own log-in opens it.
    met_openid = replace(sessie, openid=True)
    assert "financien" in [rol.rol for rol in list_rollen(met_wachtwoord, met_openid)]
    # What it gave by its rules does not wait because a colleague made a password.
    assert not renew_wachtwoord(werkplaats, "ans@x.nl", WACHTWOORD, EEN)
    assert "financien" in roles_of(werkplaats, persoon)


def werkplaats_with_passwords(werkplaats: Werkplaats) -> Werkplaats:
    """The same, where people log in with a password."""
    return replace(werkplaats, instellingen=werkplaats.instellingen.model_copy(update={"lokaal_inloggen": True}))


def test_no_key_is_made_and_none_works_in_a_role_that_waits(werkplaats: Werkplaats) -> None:
    _, nummer = propose(werkplaats)
    nu = werkplaats.instellingen.nu()
    with (
        pytest.raises(DatabaseError, match="heeft de rol financien niet"),
        werkplaats.opslag.transaction(Login.PORTIER) as verbinding,
    ):
        make_sleutel(verbinding, GEMEENTE, "financien", None, nu, nieuw=NieuweSleutel(eigenaar="Ans de Wit"))
    confirm_wachtende_rol(werkplaats, GEMEENTE, nummer, TWEE)
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        sleutel = make_sleutel(verbinding, GEMEENTE, "financien", None, nu, nieuw=NieuweSleutel(eigenaar="Ans de Wit"))
        houder = find_sleutelhouder(verbinding, sleutel, nu)
    assert getattr(houder, "rol", houder) == "financien"
