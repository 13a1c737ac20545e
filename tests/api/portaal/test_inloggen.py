"""Log-in with a local account, sessions and forms: what a person meets, and what somebody who is not that person tries."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from statistics import median
from time import perf_counter

import httpx
import pytest
from sqlalchemy import text

from api.deur.koppen import headers_of
from api.deur.pogingen import VENSTER
from api.portaal.algemeen.inloggen import START, is_own
from berichten.kern.persoon import DUUR, STIL
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.gebruikers import VRIJE_POGINGEN
from berichten.processen.toegang.beheer_gebruikers import block_gebruiker, change_wachtwoord, take_rol
from tests.api.conftest import INLOG_POGINGEN, Loket
from tests.conftest import Vertel
from tests.hulp.bezoek import WACHTWOORD, Bezoek, add_persoon
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.eigenaar import as_owner

_nummers = count(1)
INLOGGEN = "/portaal/inloggen"


@pytest.fixture
def bezoek(loket: Loket) -> Iterator[Bezoek]:
    with Bezoek(loket.dienst.adres) as open_:
        yield open_


def somebody(loket: Loket, *rollen: str, agb: str | None = None) -> str:
    """The log-in name of a new person."""
    naam = f"iemand{next(_nummers)}@voorbeeld.nl"
    add_persoon(loket.werkplaats, naam, *(rollen or ("contractbeheer",)), agb=agb)
    return naam


def shift(loket: Loket, kolom: str, over: timedelta) -> None:
    """As if every session had begun, or been used, so much earlier."""
    with as_owner(loket.werkplaats) as verbinding:
        verbinding.execute(text(f"UPDATE sessie SET {kolom} = {kolom} - :over"), {"over": over})


def is_in(bezoek: Bezoek) -> bool:
    return "U bent ingelogd als" in bezoek.get(INLOGGEN).text


def test_who_has_the_password_comes_in_and_goes_where_it_was_going(loket: Loket, bezoek: Bezoek) -> None:
    naam = somebody(loket)
    weggestuurd = bezoek.post("/portaal/uitloggen")
    assert (weggestuurd.status_code, weggestuurd.headers["Location"]) == (303, f"{INLOGGEN}?naar=%2Fportaal")
    binnen = bezoek.log_in(f" {naam.upper()} ", naar="/portaal/werkvoorraad?rij=7")
    assert (binnen.status_code, binnen.headers["Location"]) == (303, "/portaal/werkvoorraad?rij=7")
    koekje = binnen.headers["Set-Cookie"]
    assert koekje.startswith("__Host-sessie=")
    assert {deel.strip() for deel in koekje.split(";")[1:]} == {"HttpOnly", "Path=/", "SameSite=lax", "Secure"}
    assert f"Persoon {naam}, in de rol contractbeheer" in bezoek.get(INLOGGEN).text


@pytest.mark.parametrize(
    "naar", ["https://elders.nl", "//elders.nl", "/v1/regels", "/portaal\r\nX: y", "/portaalelders", "/\\elders.nl"]
)
def test_nobody_is_sent_elsewhere_after_log_in(naar: str, loket: Loket, bezoek: Bezoek) -> None:
    assert not is_own(naar)
    assert bezoek.log_in(somebody(loket), naar=naar).headers["Location"] == START


def test_a_wrong_password_and_a_name_that_is_nobodys_get_the_same_answer(loket: Loket) -> None:
    echt = somebody(loket)
    verschillen = set()
    for naam in (echt, "niemand@voorbeeld.nl"):
        with Bezoek(loket.dienst.adres) as bezoek:
            antwoorden = [bezoek.log_in(naam, "verkeerd-geraden-woord") for _ in range(VRIJE_POGINGEN + 1)]
        assert [item.status_code for item in antwoorden] == [403] * VRIJE_POGINGEN + [429]
        verschillen.add(tuple(item.text for item in antwoorden))
    assert len(verschillen) == 1


def test_who_guesses_a_name_waits_longer_each_time_also_with_the_right_password(loket: Loket, bezoek: Bezoek) -> None:
    naam = somebody(loket)
    for _ in range(VRIJE_POGINGEN):
        assert bezoek.log_in(naam, "verkeerd-geraden-woord").status_code == 403
    wachten = []
    for _ in range(4):
        dicht = bezoek.log_in(naam)
        assert dicht.status_code == 429
        wachten.append(round(int(dicht.headers["Retry-After"]) / 60))
        _pass_wait(loket)
        assert bezoek.log_in(naam, "verkeerd-geraden-woord").status_code == 403
    assert wachten == [1, 2, 4, 8]
    _pass_wait(loket)
    assert bezoek.log_in(naam).status_code == 303
    with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        assert verbinding.execute(text("SELECT count(*) FROM inlogpoging WHERE wacht_tot > now()")).scalar_one() == 0


def _pass_wait(loket: Loket) -> None:
    with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        verbinding.execute(text("UPDATE inlogpoging SET wacht_tot = laatst_op"))


def test_a_session_is_another_at_every_log_in_and_over_at_log_out(loket: Loket, bezoek: Bezoek) -> None:
    naam = somebody(loket)
    bezoek.koekje = f"{GEMEENTE}.meegegeven"
    bezoek.log_in(naam)
    eerste = bezoek.koekje
    assert eerste != f"{GEMEENTE}.meegegeven"
    with Bezoek(loket.dienst.adres) as elders:
        elders.log_in(naam)
        assert elders.koekje != eerste
    assert is_in(bezoek)
    uit = bezoek.post("/portaal/uitloggen")
    assert (uit.status_code, uit.headers["Location"]) == (303, f"{INLOGGEN}?uit=1")
    assert uit.headers["Clear-Site-Data"]
    assert bezoek.koekje == ""
    bezoek.koekje = eerste
    assert not is_in(bezoek)


@pytest.mark.parametrize(("kolom", "duur"), [("gezien_op", STIL), ("begonnen_op", DUUR)])
def test_a_session_ends_when_nobody_uses_it_and_at_the_end_of_the_day(
    kolom: str, duur: timedelta, loket: Loket, bezoek: Bezoek
) -> None:
    bezoek.log_in(somebody(loket))
    shift(loket, kolom, duur - timedelta(minutes=2))
    assert is_in(bezoek)
    bezoek.log_in(somebody(loket))
    shift(loket, kolom, duur)
    assert not is_in(bezoek)


def test_use_keeps_a_session_going_but_not_beyond_its_end(loket: Loket, bezoek: Bezoek) -> None:
    bezoek.log_in(somebody(loket))
    for _ in range(3):
        shift(loket, "gezien_op", STIL - timedelta(minutes=1))
        assert is_in(bezoek)


def test_who_is_blocked_or_loses_the_role_or_gets_a_new_password_is_out_at_once(loket: Loket, bezoek: Bezoek) -> None:
    for weg in ("blokkeer", "rol", "wachtwoord"):
        naam = somebody(loket)
        assert bezoek.log_in(naam).status_code == 303
        assert is_in(bezoek)
        if weg == "blokkeer":
            block_gebruiker(loket.werkplaats, naam, "persoon:proef")
        elif weg == "rol":
            take_rol(loket.werkplaats, naam, "contractbeheer", None, "persoon:proef")
        else:
            change_wachtwoord(loket.werkplaats, naam, WACHTWOORD[::-1], "persoon:proef")
        assert not is_in(bezoek), weg
        opnieuw = bezoek.log_in(naam)
        assert opnieuw.status_code == 403
        assert ("geen rol" in opnieuw.text) == (weg == "rol")


def test_a_form_comes_from_a_page_of_this_session_and_from_nowhere_else(loket: Loket, bezoek: Bezoek) -> None:
    bezoek.log_in(somebody(loket))
    bezoek.get(INLOGGEN)
    eigen = bezoek.verborgen["csrf"]
    with Bezoek(loket.dienst.adres) as ander:
        ander.log_in(somebody(loket))
        ander.get(INLOGGEN)
        vreemd = ander.verborgen["csrf"]
    adres = loket.dienst.adres
    for koppen in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site", "Origin": adres}, {"Origin": "https://elders.nl"},
                   {"Origin": "null"}, {}):  # fmt: skip
        assert bezoek.post("/portaal/uitloggen", koppen).status_code == 403, koppen
        assert bezoek.post(INLOGGEN, koppen, inlognaam="x", wachtwoord="y").status_code == 403, koppen
    for bewijs in ("", vreemd, eigen[:-1], "é"):
        assert bezoek.post("/portaal/uitloggen", csrf=bewijs).status_code == 403, bewijs
    assert is_in(bezoek)
    bezoek.verborgen = {}
    assert bezoek.post("/portaal/uitloggen", {"Origin": adres, "X-CSRF-Token": eigen}).status_code == 303


def test_somebody_with_two_roles_changes_from_one_to_the_other(loket: Loket, bezoek: Bezoek) -> None:
    bezoek.log_in(somebody(loket, "contractbeheer", "financien"))
    pagina, eerste = bezoek.get(INLOGGEN).text, bezoek.koekje
    keuzes = [stuk.partition('"')[0] for stuk in pagina.split('<option value="')[1:]]
    assert len(keuzes) == 2
    bezoek.post("/portaal/rol", rol=keuzes[1])
    assert "in de rol financiën" in bezoek.get(INLOGGEN).text
    vreemd = _number_of_a_role_of(loket, somebody(loket, "beheer"))
    for rol in (vreemd, "", "0000.1", "0484.x"):
        bezoek.post("/portaal/rol", rol=rol)
        assert "in de rol financiën" in bezoek.get(INLOGGEN).text
    bezoek.koekje = eerste
    assert not is_in(bezoek)


def _number_of_a_role_of(loket: Loket, inlognaam: str) -> str:
    with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        vraag = text(
            "SELECT gemeente || '.' || toekenning_id FROM rol_toekenning JOIN gebruiker USING (gemeente, persoon_id)"
            " WHERE inlognaam = :i"
        )
        return verbinding.execute(vraag, {"i": inlognaam}).scalar_one()


def test_log_in_and_out_and_wrong_passwords_stand_in_the_access_log(loket: Loket, bezoek: Bezoek) -> None:
    naam = somebody(loket)
    bezoek.log_in(naam, "verkeerd-geraden-woord")
    bezoek.log_in(naam)
    bezoek.get(INLOGGEN)
    bezoek.post("/portaal/uitloggen")
    with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        wie = verbinding.execute(text("SELECT persoon_id FROM gebruiker WHERE inlognaam = :i"), {"i": naam}).scalar_one()
    with loket.werkplaats.opslag.transaction() as verbinding:
        vraag = text("SELECT gebeurtenis, actie, uitkomst FROM inzagelog WHERE door = :wie ORDER BY tijd")
        rijen = [tuple(rij) for rij in verbinding.execute(vraag, {"wie": wie})]
    assert rijen == [
        ("POST /portaal/inloggen", "R", "geweigerd"),
        ("POST /portaal/inloggen", "C", "getoond"),
        ("POST /portaal/uitloggen", "D", "getoond"),
    ]
    logboek = loket.dienst.logboek.read_text()
    assert WACHTWOORD not in logboek
    assert bezoek.koekje not in logboek or not bezoek.koekje


def test_pages_have_the_headers_of_pages(loket: Loket, bezoek: Bezoek) -> None:
    for antwoord in (bezoek.get(INLOGGEN), bezoek.post(INLOGGEN, {}), bezoek.get("/portaal/bestaatniet")):
        koppen = headers_of("/portaal")
        assert {naam: antwoord.headers.get(naam) for naam in koppen} == koppen
        assert "script-src 'self'" in antwoord.headers["Content-Security-Policy"]
        assert "unsafe" not in antwoord.headers["Content-Security-Policy"]


def test_a_form_has_bounds(loket: Loket) -> None:
    groot = httpx.post(loket.dienst.adres + INLOGGEN, content=b"x" * 1_000_001, headers={"Sec-Fetch-Site": "same-origin"})
    assert groot.status_code == 413
    nul = httpx.post(
        loket.dienst.adres + INLOGGEN,
        data={"inlognaam": "a\0b", "wachtwoord": "x" * 200_000},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert nul.status_code in (403, 429)


def test_time_tells_nothing_figure(loket: Loket, vertel: Vertel) -> None:
    """A figure to look at, not held: the machine is shared."""
    echt, tijden = somebody(loket), dict[str, list[float]]()
    for nummer in range(20):
        for soort, naam in (("bestaat", echt), ("bestaat niet", f"nergens{nummer}@voorbeeld.nl")):
            _pass_wait(loket)
            begin = perf_counter()
            with Bezoek(loket.dienst.adres) as bezoek:
                bezoek.log_in(naam, "verkeerd-geraden-woord")
            tijden.setdefault(soort, []).append(perf_counter() - begin)
    vertel(
        "inloggen met een verkeerd wachtwoord, mediaan: " + ", ".join(f"{k} {1000 * median(v):.0f} ms" for k, v in tijden.items())
    )
    assert len(tijden) == 2


def test_who_guesses_names_from_one_address_has_to_wait(loket: Loket) -> None:
    """Last of the guesses here: the address waits for a minute, but for who came in from it before."""
    bekend = somebody(loket)
    with Bezoek(loket.dienst.adres) as bezoek:
        assert bezoek.log_in(bekend).status_code == 303
        for nummer in range(INLOG_POGINGEN + 1):
            antwoord = bezoek.log_in(f"geraden{nummer}@voorbeeld.nl")
            if antwoord.status_code == 429:
                break
        assert antwoord.status_code == 429
        assert int(antwoord.headers["Retry-After"]) <= VENSTER
        assert bezoek.log_in(somebody(loket)).status_code == 429
        assert bezoek.log_in(bekend).status_code == 303
