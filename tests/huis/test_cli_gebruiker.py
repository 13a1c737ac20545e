"""`berichten gebruiker`, as who runs the service meets it."""

from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner

from berichten.cli import app
from berichten.fouten import Bedieningsfout
from berichten.kern.houder import Herkomst, Sleutelfout, Sleutelhouder
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.gebruikers import list_gebruikers
from berichten.processen.basis.machtiging import recognise
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.toegang.bevestig_rollen import confirm_wachtende_rol
from berichten.processen.toegang.log_in import Inlogfout, log_in
from berichten.processen.toegang.volg_sessie import recognise_sessie
from tests.conftest import VANDAAG
from tests.hulp.besluiten import set_instelling
from tests.hulp.bezoek import WACHTWOORD, add_persoon

ANS = ("maak", "--gemeente", "0484", "--naam", "Ans de Wit", "--inlognaam", "Ans@Voorbeeld.nl", "--rol", "contractbeheer")
Opdracht = Callable[..., Any]


@pytest.fixture
def gebruiker(werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> Opdracht:
    instellingen = werkplaats.instellingen
    monkeypatch.setenv("BERICHTEN_DATABASE_URL", instellingen.database_url)
    monkeypatch.setenv("BERICHTEN_VAR", str(instellingen.var))
    monkeypatch.setenv("BERICHTEN_HUIDIGE_DATUM", str(instellingen.vandaag()))
    monkeypatch.setenv("BERICHTEN_LOKAAL_INLOGGEN", "true")
    return lambda *woorden, **wat: CliRunner().invoke(app, ["gebruiker", *woorden], **wat)


def try_log_in(werkplaats: Werkplaats, wachtwoord: str) -> Any:
    return log_in(set_instelling(werkplaats, lokaal_inloggen=True), "ans@voorbeeld.nl", wachtwoord, Herkomst())


def test_a_person_is_made_listed_blocked_and_let_in_again(gebruiker: Opdracht, werkplaats: Werkplaats) -> None:
    gemaakt = gebruiker(*ANS)
    assert gemaakt.exit_code == 0, gemaakt.output
    wachtwoord = gemaakt.stdout.strip()
    sessie = try_log_in(werkplaats, wachtwoord)
    gevonden = recognise_sessie(werkplaats, sessie)
    assert gevonden is not None
    assert not gevonden.eigen_wachtwoord
    assert "kiest dan een wachtwoord" in gebruiker("lijst").stdout
    assert "Ans de Wit" in gebruiker("lijst").stdout
    assert "contractbeheer" in gebruiker("lijst").stdout
    assert "is geblokkeerd" in gebruiker("blokkeer", "ans@voorbeeld.nl").stdout
    assert "was al geblokkeerd" in gebruiker("blokkeer", "ans@voorbeeld.nl").stdout
    assert recognise_sessie(werkplaats, sessie) is None
    assert try_log_in(werkplaats, wachtwoord) is Inlogfout.ONBEKEND
    assert "geblokkeerd op 30 juni 2026" in gebruiker("lijst").stdout
    assert "mag weer inloggen" in gebruiker("blokkeer", "ans@voorbeeld.nl", "--ongedaan").stdout
    assert recognise_sessie(werkplaats, try_log_in(werkplaats, wachtwoord))


def test_a_new_password_replaces_the_old_one(gebruiker: Opdracht, werkplaats: Werkplaats) -> None:
    oud = gebruiker(*ANS).stdout.strip()
    nieuw = gebruiker("wachtwoord", "ans@voorbeeld.nl").stdout.strip()
    assert try_log_in(werkplaats, oud) is Inlogfout.ONBEKEND
    assert not recognise_sessie(werkplaats, try_log_in(werkplaats, nieuw)).eigen_wachtwoord
    for te_raden, zin in (("kort", "12 tot 128 tekens"), ("aaaaaaaaaaaaaaaa", "te raden"), ("ans@voorbeeld.nl!", "te raden")):
        geweigerd = gebruiker("wachtwoord", "ans@voorbeeld.nl", "--zelf", input=te_raden + "\n")
        assert (geweigerd.exit_code, zin in geweigerd.output) == (2, True), geweigerd.output
    assert gebruiker("wachtwoord", "ans@voorbeeld.nl", "--zelf", input="vier woorden achter elkaar\n").exit_code == 0
    assert recognise_sessie(werkplaats, try_log_in(werkplaats, "vier woorden achter elkaar"))


def test_roles_come_and_go(gebruiker: Opdracht) -> None:
    gebruiker(*ANS)
    assert gebruiker("rol", "ans@voorbeeld.nl", "--rol", "gemeente", "--tot", "2026-12-31").exit_code == 0
    assert "contractbeheer, gemeente" in gebruiker("lijst").stdout
    assert "gaan niet samen" in gebruiker("rol", "ans@voorbeeld.nl", "--rol", "beheer").output
    assert gebruiker("rol", "ans@voorbeeld.nl", "--rol", "contractbeheer", "--weg").exit_code == 0
    assert "had de rol" in gebruiker("rol", "ans@voorbeeld.nl", "--rol", "contractbeheer", "--weg").output


def test_a_role_with_money_waits_for_a_second_person(
    gebruiker: Opdracht, werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_persoon(werkplaats, "bea@x.nl", "contractbeheer", naam="Bea Smit")
    add_persoon(werkplaats, "theo@x.nl", "contractbeheer", naam="Theo Tak")
    gebruiker(*ANS)
    # Who is at the machine and in the portal would else be two people.
    assert "weet niet wie u op deze machine bent" in gebruiker("rol", "ans@voorbeeld.nl", "--rol", "financien").output
    assert "Er wacht geen rol" in gebruiker("wachtend", "--gemeente", "0484").output
    assert "horen niet bij elkaar" in gebruiker("koppel", "bea@x.nl", "--machine", input="geraden-wachtwoord\n").output
    assert "doet Bea Smit" in gebruiker("koppel", "bea@x.nl", "--machine", input=f"{WACHTWOORD}\n").stdout
    assert "zodra een tweede persoon" in gebruiker("rol", "ans@voorbeeld.nl", "--rol", "financien").output
    assert "financien" not in gebruiker("lijst").stdout
    wachtend = gebruiker("wachtend", "--gemeente", "0484").stdout
    assert "Ans de Wit" in wachtend
    nummer = wachtend.splitlines()[1].split()[0]
    bevestig = ("bevestig", "--gemeente", "0484", nummer)
    assert "door een ander" in gebruiker(*bevestig).output
    with pytest.raises(Bedieningsfout, match="door een ander"):
        confirm_wachtende_rol(werkplaats, "0484", int(nummer), find_id(werkplaats, "bea@x.nl"))
    monkeypatch.setattr("getpass.getuser", lambda: "theo")
    assert "weet niet wie u op deze machine bent" in gebruiker(*bevestig).output
    gebruiker("koppel", "theo@x.nl", "--machine", input=f"{WACHTWOORD}\n")
    assert "geldt tot en met" in gebruiker(*bevestig).stdout
    assert "contractbeheer, financien" in gebruiker("lijst").stdout
    assert "Er wacht geen rol" in gebruiker(*bevestig, "--niet").output
    assert "Er wacht geen rol" in gebruiker("wachtend", "--gemeente", "0484").output


def find_id(werkplaats: Werkplaats, inlognaam: str) -> str:
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        return next(rij.persoon_id for rij in list_gebruikers(verbinding, VANDAAG) if rij.inlognaam == inlognaam)


def test_who_has_a_password_of_a_colleague_proves_nothing_by_it(gebruiker: Opdracht) -> None:
    wachtwoord = gebruiker(*ANS).stdout.strip()
    assert "nog geen eigen wachtwoord" in gebruiker("koppel", "ans@voorbeeld.nl", "--machine", input=f"{wachtwoord}\n").output
    assert "een van beide" in gebruiker("koppel", "ans@voorbeeld.nl").output


@pytest.mark.parametrize(
    ("woorden", "zin"),
    [
        (ANS, "is al van iemand"),
        ((*ANS[:6], "anders@voorbeeld.nl", *ANS[7:]), "Geef een naam waaraan"),
        ((*ANS[:4], "Bo Smit", "--inlognaam", "met spatie", *ANS[7:]), "3 tot 100 tekens"),
        ((*ANS[:4], "Bo Smit", "--inlognaam", "bo@voorbeeld.nl", "--rol", "baas"), "Onbekende rol"),
        ((*ANS[:4], "Bo Smit", "--inlognaam", "bo@voorbeeld.nl", "--rol", "aanbieder"), "--agb"),
        ((*ANS[:4], "Bo Smit", "--inlognaam", "bo@voorbeeld.nl", "--rol", "financien", "--tot", "2029-01-01"), "hooguit een jaar"),
        ((*ANS[:4], "Bo Smit", "--inlognaam", "bo@voorbeeld.nl", "--rol", "financien", "--tot", "2025-01-01"), "geldt nu al niet"),
        ((*ANS[:4], "999990019", "--inlognaam", "bo@voorbeeld.nl", "--rol", "financien"), "burgerservicenummer"),
        (("wachtwoord", "niemand"), "geen gebruiker met inlognaam"),
        (("blokkeer", "niemand"), "geen gebruiker met inlognaam"),
    ],
)
def test_what_cannot_be_is_told_with_what_to_do(woorden: tuple[str, ...], zin: str, gebruiker: Opdracht) -> None:
    gebruiker(*ANS)
    uitkomst = gebruiker(*woorden)
    assert (uitkomst.exit_code, zin in uitkomst.output) == (2, True), uitkomst.output
    assert "Bo Smit" not in gebruiker("lijst").stdout


def test_it_is_told_that_passwords_are_off(gebruiker: Opdracht, werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BERICHTEN_LOKAAL_INLOGGEN", "false")
    gemaakt = gebruiker(*ANS)
    assert "staat uit" in gemaakt.stderr
    assert log_in(werkplaats, "ans@voorbeeld.nl", gemaakt.stdout.strip(), Herkomst()) is Inlogfout.UIT


def test_a_system_is_registered_gets_a_key_and_is_withdrawn(gebruiker: Opdracht, werkplaats: Werkplaats) -> None:
    def systeem(*woorden: str) -> Any:
        return CliRunner().invoke(app, ["systeem", *woorden])

    maak = ("maak", "--gemeente", "0484", "--naam", "Boekhouding", "--organisatie", "Alphen", "--rol", "financien")
    assert "Niemand in gemeente 0484 heet" in systeem(*maak, "--verantwoordelijke", "Ans de Wit").output
    gebruiker(*ANS)
    gemaakt = systeem(*maak, "--verantwoordelijke", "ans de wit")
    assert gemaakt.exit_code == 0, gemaakt.output
    systeem_id = gemaakt.stdout.strip()
    assert all(wat in systeem("lijst").stdout for wat in (systeem_id, "Boekhouding", "Ans de Wit", "werkt"))
    sleutel = systeem("sleutel", systeem_id).stdout.strip()
    houder = recognise(werkplaats, sleutel)
    assert isinstance(houder, Sleutelhouder)
    assert (houder.rol, houder.systeem, houder.eigenaar) == ("financien", True, "Boekhouding")
    assert systeem("intrek", systeem_id).exit_code == 0
    assert recognise(werkplaats, sleutel) is Sleutelfout.ONBEKEND
    for woorden in (("intrek", systeem_id), ("sleutel", systeem_id)):
        assert "geen werkend systeem" in systeem(*woorden).output
    for fout, zin in (
        (("--rol", "baas"), "Onbekende rol"), (("--agb", "42420001"), "AGB-code"), (("--issuer", "https://x"), "--client-id"),
    ):  # fmt: skip
        assert zin in systeem(*maak, "--verantwoordelijke", "Ans de Wit", *fout).output


def test_a_key_is_made_only_for_a_role_that_its_owner_has(gebruiker: Opdracht) -> None:
    gebruiker(*ANS)
    maak = ("sleutel", "maak", "--gemeente", "0484", "--eigenaar", "Ans de Wit", "--rol")
    assert CliRunner().invoke(app, [*maak, "contractbeheer"]).exit_code == 0
    geweigerd = CliRunner().invoke(app, [*maak, "financien"])
    assert (geweigerd.exit_code, "heeft de rol financien niet" in geweigerd.output) == (2, True), geweigerd.output


def test_a_person_is_linked_to_who_the_organisation_says_it_is(gebruiker: Opdracht, monkeypatch: pytest.MonkeyPatch) -> None:
    gebruiker(*ANS)
    koppel = ("koppel", "ans@voorbeeld.nl", "--subject", "7c9e6679")
    assert "geen OpenID-aanbieder ingesteld" in gebruiker(*koppel).output
    monkeypatch.setenv("BERICHTEN_OIDC_ISSUER", "https://login.example")
    assert gebruiker(*koppel).exit_code == 0
    assert "al een persoon hier" in gebruiker(*koppel).output
