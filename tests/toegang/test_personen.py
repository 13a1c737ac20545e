"""People in the database: which roles one person may not combine, who may give them, and that four eyes are two people."""

from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, IntegrityError

from berichten.fouten import Bedieningsfout
from berichten.opslag.basis.verbinding import Login, Toegang
from berichten.opslag.toegang.personen import Wie, insert_persoon
from berichten.opslag.toegang.rollen import confirm_rol, grant_rol, list_rollen_of, withdraw_rol
from berichten.opslag.toegang.sessies import begin_sessie, find_sessie
from berichten.opslag.toegang.sleutels import NieuweSleutel, load_personen, make_sleutel
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.toegang.beheer_gebruikers import NieuweRol, give_rol, take_rol
from berichten.processen.toegang.openid_persoon import Openidpersoon, find_or_make_persoon, renew_rollen
from berichten.processen.toegang.volg_sessie import list_rollen
from tests.hulp.besluiten import set_instelling
from tests.hulp.bezoek import add_persoon
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.eigenaar import as_owner

SAMEN_NIET = (
    *(("beheer", rol) for rol in ("contractbeheer", "financien", "privacy")),
    *(("controle", rol) for rol in ("gemeente", "contractbeheer", "financien", "beheer", "privacy", "aanbieder")),
    *(("aanbieder", rol) for rol in ("gemeente", "contractbeheer", "financien", "beheer", "privacy", "regio")),
)


def wie(werkplaats: Werkplaats, door: str = "persoon:proef") -> Wie:
    return Wie(door, werkplaats.instellingen.nu())


def agb_of(rol: str) -> str | None:
    return "42420001" if rol == "aanbieder" else None


@pytest.mark.parametrize("paar", SAMEN_NIET, ids="-".join)
def test_what_does_not_go_together_is_refused_in_either_order(paar: tuple[str, str], werkplaats: Werkplaats) -> None:
    tot = werkplaats.instellingen.vandaag() + timedelta(days=30)
    for nummer, (eerst, dan) in enumerate((paar, paar[::-1])):
        naam = f"iemand{nummer}@x.nl"
        add_persoon(werkplaats, naam, eerst, agb=agb_of(eerst))
        with pytest.raises(Bedieningsfout, match="gaan niet samen in één persoon"):
            give_rol(werkplaats, naam, NieuweRol(dan, agb_of(dan), tot), "persoon:proef")
        assert take_rol(werkplaats, naam, eerst, agb_of(eerst), "persoon:proef")
        give_rol(werkplaats, naam, NieuweRol(dan, agb_of(dan), tot), "persoon:proef")


def test_they_may_follow_each_other_and_others_may_go_together(werkplaats: Werkplaats) -> None:
    vandaag, door = werkplaats.instellingen.vandaag(), wie(werkplaats)
    persoon = add_persoon(werkplaats, "iemand@x.nl", "contractbeheer", "financien")
    over = vandaag + timedelta(days=301)
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        grant_rol(verbinding, GEMEENTE, persoon, "beheer", None, over, over, door)
        assert [rol.rol for rol in list_rollen_of(verbinding, persoon, vandaag)] == ["contractbeheer", "financien"]
        assert [rol.rol for rol in list_rollen_of(verbinding, persoon, over)] == ["beheer"]


def test_two_who_give_roles_at_once_do_not_give_what_does_not_go_together(werkplaats: Werkplaats) -> None:
    vandaag, door = werkplaats.instellingen.vandaag(), wie(werkplaats)
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        persoon = insert_persoon(verbinding, GEMEENTE, "Ans de Wit", door)
    fouten: list[str] = []

    def second() -> None:
        try:
            with werkplaats.opslag.transaction(Login.PORTIER) as ander:
                grant_rol(ander, GEMEENTE, persoon, "financien", None, vandaag, vandaag, door)
        except DatabaseError as fout:
            fouten.append(str(fout))

    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        grant_rol(verbinding, GEMEENTE, persoon, "beheer", None, vandaag, vandaag, door)
        draad = Thread(target=second)
        draad.start()
        draad.join(timeout=1)
    draad.join()
    assert len(fouten) == 1
    assert "gaan niet samen" in fouten[0]


def test_nobody_gives_a_role_to_themself_by_whatever_name(werkplaats: Werkplaats) -> None:
    vandaag, nu = werkplaats.instellingen.vandaag(), werkplaats.instellingen.nu()
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        sleutel = make_sleutel(verbinding, GEMEENTE, "beheer", None, nu, nieuw=NieuweSleutel(eigenaar="ANS DE WIT")).split(".")[1]
        persoon = insert_persoon(verbinding, GEMEENTE, "Ans de Wit", wie(werkplaats))
    for door in (persoon, sleutel, "persoon:ans de wit"):
        with pytest.raises(DatabaseError), werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            grant_rol(verbinding, GEMEENTE, persoon, "financien", None, vandaag, vandaag, wie(werkplaats, door))


@pytest.mark.parametrize(("rol", "agb", "dagen"), [("financien", None, 367), ("financien", None, -1), ("financien", "42420001", 1),
                                                   ("aanbieder", None, 1), ("baas", None, 1)])  # fmt: skip
def test_a_role_has_an_end_within_a_year_and_an_agb_code_only_for_an_aanbieder(
    rol: str, agb: str | None, dagen: int, werkplaats: Werkplaats
) -> None:
    vandaag, door = werkplaats.instellingen.vandaag(), wie(werkplaats)
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        persoon = insert_persoon(verbinding, GEMEENTE, "Ans de Wit", door)
    with pytest.raises(IntegrityError), werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        grant_rol(verbinding, GEMEENTE, persoon, rol, agb, vandaag, vandaag + timedelta(days=dagen), door)


def test_a_person_is_one_whatever_was_used_also_by_a_key_of_before_there_were_persons(werkplaats: Werkplaats) -> None:
    nu, vandaag = werkplaats.instellingen.nu(), werkplaats.instellingen.vandaag()

    def make(naam: str) -> str:
        return make_sleutel(verbinding, GEMEENTE, "financien", None, nu, nieuw=NieuweSleutel(eigenaar=naam)).split(".")[1]

    with as_owner(werkplaats) as verbinding:
        eerder, ander = make("ans de wit"), make("Bo Smit")
        persoon = insert_persoon(verbinding, GEMEENTE, "Ans de Wit", wie(werkplaats))
        insert_persoon(verbinding, "0999", "Ans de Wit", wie(werkplaats))
        nummer = grant_rol(verbinding, GEMEENTE, persoon, "financien", None, vandaag, vandaag, wie(werkplaats))
        assert confirm_rol(verbinding, GEMEENTE, nummer, wie(werkplaats, "persoon:tweede"))
        eigen = make("Ans de  Wit")
        verbinding.execute(
            text("UPDATE persoon SET naam = 'Ans Jansen' WHERE gemeente = :g AND persoon_id = :p"), {"g": GEMEENTE, "p": persoon}
        )
        na_trouwen = load_personen(verbinding, GEMEENTE, [persoon, eigen])
        verbinding.execute(
            text("UPDATE persoon SET naam = 'Ans de Wit' WHERE gemeente = :g AND persoon_id = :p"), {"g": GEMEENTE, "p": persoon}
        )
        wie_is = load_personen(verbinding, GEMEENTE, [persoon, eerder, eigen, ander, "persoon:Ans de Wit"])
    assert {wie_is[item] for item in (persoon, eerder, eigen, "persoon:Ans de Wit")} == {persoon}
    assert wie_is[ander] == "bosmit"
    assert set(na_trouwen.values()) == {persoon}


def test_names_tell_people_apart(werkplaats: Werkplaats) -> None:
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        insert_persoon(verbinding, GEMEENTE, "Ans de Wit", wie(werkplaats))
    with pytest.raises(IntegrityError), werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        insert_persoon(verbinding, GEMEENTE, "ans de wit", wie(werkplaats))


def test_a_role_is_withdrawn_once(werkplaats: Werkplaats) -> None:
    persoon, vandaag = add_persoon(werkplaats, "iemand@x.nl", "financien"), werkplaats.instellingen.vandaag()
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        rol = list_rollen_of(verbinding, persoon, vandaag)[0]
        assert [withdraw_rol(verbinding, GEMEENTE, rol.toekenning_id, wie(werkplaats)) for _ in range(2)] == [True, False]
        assert list_rollen_of(verbinding, persoon, vandaag) == []


def test_who_logs_in_on_a_second_device_the_day_after_stays_in_on_the_first(werkplaats: Werkplaats) -> None:
    """What the organisation gave yesterday ends today: it is given once more, and the session in the old one goes on."""
    wat = Openidpersoon("ans-1", "", "Ans de Wit", GEMEENTE, (("contractbeheer", None),))
    nu, vandaag = werkplaats.instellingen.nu(), werkplaats.instellingen.vandaag()
    door, morgen = Wie("uitgever:https://login.example.nl", nu), vandaag + timedelta(days=1)
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        ans = find_or_make_persoon(verbinding, "https://login.example.nl", wat, door)
        (eerste,) = renew_rollen(verbinding, ans, wat, door, vandaag, morgen)
        telefoon = begin_sessie(verbinding, eerste, nu)
        rollen = renew_rollen(verbinding, ans, wat, door, morgen, morgen + timedelta(days=1))
        assert [rol.tot for rol in rollen] == [morgen + timedelta(days=1), morgen]
        sessie = find_sessie(verbinding, telefoon, nu, morgen)
        assert sessie is not None
    # It is one choice all the same, and of who logged out at the organisation nothing stays.
    dag_erna = set_instelling(werkplaats, huidige_datum=morgen)
    assert [rol.toekenning_id for rol in list_rollen(dag_erna, sessie)] == [eerste.toekenning_id]
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        assert renew_rollen(verbinding, ans, replace(wat, rollen=()), door, morgen, morgen) == []


_TABELLEN = ("persoon", "persoon_koppeling", "gebruiker", "rol_toekenning", "rol_uitsluiting", "sessie", "inlogpoging")


@pytest.mark.parametrize("tabel", _TABELLEN)
def test_readers_see_nothing_of_it(werkplaats: Werkplaats, tabel: str) -> None:
    for toegang in (Toegang(GEMEENTE, None), Toegang(GEMEENTE, "42420001")):
        with pytest.raises(DatabaseError, match="permission denied"), werkplaats.opslag.transaction(toegang) as verbinding:
            verbinding.execute(text(f"SELECT * FROM {tabel}"))
