"""Log in with the account of one's organisation, at a real OpenID provider; and what somebody tries who is not that person."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from sqlalchemy import text

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.personen import Wie, block_persoon
from tests.hulp.openid import GEHEIM, Reiziger
from tests.hulp.openidhuis import INLOGGEN, Openidhuis, running_openidhuis


@pytest.fixture(scope="module")
def huis(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Openidhuis]:
    with running_openidhuis(module_database, tmp_path_factory.mktemp("openid")) as huis:
        yield huis


def test_who_leaves_has_pkce_state_and_nonce_with_it(huis: Openidhuis) -> None:
    reiziger = Reiziger()
    vraag = parse_qs(urlsplit(huis.leave(reiziger)).query)
    assert (vraag["response_type"], vraag["code_challenge_method"]) == (["code"], ["S256"])
    assert all(len(vraag[naam][0]) >= 43 for naam in ("state", "nonce", "code_challenge"))
    assert vraag["redirect_uri"] == [huis.terug]
    assert reiziger.koekjes[huis.dienst.port]["__Host-inlogstaat"] == vraag["state"][0]


def test_somebody_comes_in_with_the_roles_of_the_organisation(huis: Openidhuis) -> None:
    reiziger, binnen = huis.enter("ans")
    assert (binnen.status_code, binnen.headers["Location"]) == (303, "/portaal/werkvoorraad")
    pagina = reiziger.send("GET", huis.dienst.adres + INLOGGEN).text
    assert "U bent ingelogd als Ans de Wit" in pagina
    _, binnen = huis.enter("bo")
    assert binnen.status_code == 303
    with huis.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        rijen = verbinding.execute(
            text("SELECT p.naam, t.rol, t.agb FROM rol_toekenning t JOIN persoon p USING (gemeente, persoon_id) ORDER BY 1")
        ).all()
    assert [tuple(rij) for rij in rijen] == [("Ans de Wit", "contractbeheer", None), ("Bo Smit", "aanbieder", "42420001")]


@pytest.mark.parametrize(("wie", "zin"), [("chris", "geen rol"), ("dani", "niet gelukt"), ("els", "niet in één persoon")])
def test_who_has_no_role_here_or_two_that_do_not_go_together_stays_out(wie: str, zin: str, huis: Openidhuis) -> None:
    reiziger, buiten = huis.enter(wie)
    assert (buiten.status_code, zin in buiten.text) == (403, True), buiten.text
    assert not huis.is_in(reiziger)


def test_who_comes_again_is_the_same_person_and_a_namesake_is_not(huis: Openidhuis) -> None:
    """By issuer and subject: neither a name nor an e-mail address makes one another."""

    def people() -> set[str]:
        with huis.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            return set(verbinding.execute(text("SELECT persoon_id FROM persoon WHERE naam LIKE 'Ans de Wit%'")).scalars())

    huis.enter("ans")
    eerst = people()
    huis.enter("ans")
    assert people() == eerst
    reiziger, _ = huis.enter("evil")
    assert len(people()) == len(eerst) + 1
    assert "Ans de Wit (evil)" in reiziger.send("GET", huis.dienst.adres + INLOGGEN).text


def test_who_is_still_logged_in_there_comes_back_without_a_password_in_another_session(huis: Openidhuis) -> None:
    reiziger, binnen = huis.enter("fay")
    eerste = reiziger.koekjes[huis.dienst.port]["__Host-sessie"]
    assert binnen.status_code == 303
    terug = reiziger.follow(huis.leave(reiziger), huis.terug)
    assert reiziger.send("GET", terug).status_code == 303
    assert reiziger.koekjes[huis.dienst.port]["__Host-sessie"] != eerste


def test_log_out_ends_it_here_and_offers_to_end_it_there(huis: Openidhuis) -> None:
    reiziger, _ = huis.enter("ans")
    oud = reiziger.koekjes[huis.dienst.port]["__Host-sessie"]
    pagina = reiziger.send("GET", huis.dienst.adres + INLOGGEN).text
    csrf = pagina.partition('name="csrf" value="')[2].partition('"')[0]
    uit = httpx.post(
        f"{huis.dienst.adres}/portaal/uitloggen", data={"csrf": csrf},
        headers={"Cookie": f"__Host-sessie={oud}", "Sec-Fetch-Site": "same-origin"},
    )  # fmt: skip
    assert uit.status_code == 303
    assert not huis.is_in(reiziger)
    adres = (
        httpx.get(huis.dienst.adres + uit.headers["Location"]).text.partition(f'href="{huis.aanbieder.issuer}')[2].partition('"')[0]
    )
    einde = reiziger.send("GET", huis.aanbieder.issuer + adres.replace("&amp;", "&"))
    assert einde.status_code == 200
    assert "/session/end/confirm" in einde.text


def test_what_came_back_once_does_not_come_back_again(huis: Openidhuis) -> None:
    reiziger, adres = huis.come_back("ans")
    koekje = reiziger.koekjes[huis.dienst.port]["__Host-inlogstaat"]
    assert reiziger.send("GET", adres).status_code == 303
    dief = Reiziger({huis.dienst.port: {"__Host-inlogstaat": koekje}})
    assert dief.send("GET", adres).status_code == 403
    assert not huis.is_in(dief)


def test_who_did_not_leave_from_here_does_not_come_in(huis: Openidhuis) -> None:
    """An address to come back by that was sent to somebody: it would log them in as who sent it."""
    _, adres = huis.come_back("ans")
    slachtoffer = Reiziger()
    assert slachtoffer.send("GET", adres).status_code == 403
    huis.leave(slachtoffer)
    assert slachtoffer.send("GET", adres).status_code == 403
    assert not huis.is_in(slachtoffer)


@pytest.mark.parametrize("anders", [{"code": "geraden"}, {"code": ""}, {"state": "geraden"}, {"iss": "https://elders.example"}])
def test_what_was_changed_on_the_way_is_refused(anders: dict[str, str], huis: Openidhuis) -> None:
    reiziger, adres = huis.come_back("ans")
    vraag = {naam: waarde[0] for naam, waarde in parse_qs(urlsplit(adres).query).items()}
    assert reiziger.send("GET", f"{huis.terug}?{urlencode({**vraag, **anders})}").status_code == 403
    assert not huis.is_in(reiziger)


def test_a_code_of_another_log_in_is_refused_by_verifier_and_nonce(huis: Openidhuis) -> None:
    ans, adres = huis.come_back("ans")
    bo, ander = huis.come_back("bo")
    code = parse_qs(urlsplit(ander).query)["code"][0]
    vraag = {naam: waarde[0] for naam, waarde in parse_qs(urlsplit(adres).query).items()}
    assert ans.send("GET", f"{huis.terug}?{urlencode({**vraag, 'code': code})}").status_code == 403
    assert not huis.is_in(ans)
    assert not huis.is_in(bo)


def test_who_is_blocked_here_stays_out_whatever_the_organisation_says(huis: Openidhuis) -> None:
    reiziger, _ = huis.enter("fay")
    assert huis.is_in(reiziger)
    with huis.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        persoon = verbinding.execute(text("SELECT persoon_id FROM persoon WHERE naam = 'Fay de Boer'")).scalar_one()
        block_persoon(verbinding, persoon, Wie("persoon:proef", huis.werkplaats.instellingen.nu()))
    assert not huis.is_in(reiziger)
    _, opnieuw = huis.enter("fay")
    assert opnieuw.status_code == 403


def test_nobody_is_sent_elsewhere_afterwards(huis: Openidhuis) -> None:
    reiziger = Reiziger()
    adres = reiziger.log_in_there(huis.leave(reiziger, "https://elders.nl"), "ans", huis.terug)
    assert reiziger.send("GET", adres).headers["Location"] == "/portaal/"


def test_no_secret_and_no_token_stands_in_the_log(huis: Openidhuis) -> None:
    reiziger, _ = huis.enter("ans")
    logboek = huis.dienst.logboek.read_text()
    assert GEHEIM not in logboek
    assert "eyJ" not in logboek
    assert reiziger.koekjes[huis.dienst.port]["__Host-sessie"] not in logboek
