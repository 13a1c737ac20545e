"""While somebody is logged in through a real OpenID provider: it is asked again who that is, and may say that it is over."""

import json
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey, import_key
from sqlalchemy import text

from berichten.instellingen import Instellingen
from berichten.kern.houder import Herkomst
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.openid.openidsessies import load_openid
from berichten.processen.basis.uitgever import Uitgever
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.processen.toegang.log_in import Inlogfout
from berichten.processen.toegang.openid import Aankomst, Ingelogd, Vertrek, arrive, leave
from berichten.processen.toegang.volg_sessie import recognise_sessie
from tests.conftest import VANDAAG
from tests.hulp.openid import GEHEIM, PORTAAL, Reiziger, make_aanbieder, make_key
from tests.hulp.openidhuis import INLOGGEN, MENSEN, Openidhuis, running_openidhuis

GEBEURTENIS = "http://schemas.openid.net/event/backchannel-logout"


@pytest.fixture(scope="module")
def huis(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Openidhuis]:
    with running_openidhuis(module_database, tmp_path_factory.mktemp("openid")) as huis:
        yield huis


@dataclass(frozen=True, slots=True)
class Binnen:
    """Somebody who is logged in."""

    huis: Openidhuis
    reiziger: Reiziger

    @property
    def tekst(self) -> str:
        return self.reiziger.koekjes[self.huis.dienst.port]["__Host-sessie"]

    @property
    def is_in(self) -> bool:
        return self.huis.is_in(self.reiziger)

    def token(self) -> str:
        """The refresh token, which only the cookie opens."""
        with self.huis.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            stand = load_openid(verbinding, self.tekst)
        assert stand is not None
        assert stand.token
        return stand.token

    def let_it_be_time(self) -> None:
        """A quarter of an hour passes for every session."""
        with self.huis.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            verbinding.execute(text("UPDATE openid_sessie SET verversen_op = ververst_op"))

    def find_rol(self, naam: str) -> str:
        """The choice of this role, on the page with roles."""
        pagina = self.reiziger.send("GET", self.huis.dienst.adres + INLOGGEN).text
        (keuze,) = re.findall(rf'value="(0484\.\d+)"[^>]*>[^<]*{naam}', pagina, re.IGNORECASE)
        return str(keuze)

    def post(self, pad: str, **velden: str) -> httpx.Response:
        """A form of the page with roles."""
        pagina = self.reiziger.send("GET", self.huis.dienst.adres + INLOGGEN).text
        csrf = pagina.partition('name="csrf" value="')[2].partition('"')[0]
        kop = {"Cookie": f"__Host-sessie={self.tekst}", "Sec-Fetch-Site": "same-origin"}
        antwoord = httpx.post(f"{self.huis.dienst.adres}/portaal{pad}", data={"csrf": csrf, **velden}, headers=kop)
        for regel in antwoord.headers.get_list("set-cookie"):
            if regel.startswith("__Host-sessie=") and "max-age=0" not in regel.lower():
                self.reiziger.koekjes[self.huis.dienst.port]["__Host-sessie"] = regel.partition("=")[2].partition(";")[0].strip('"')
        return antwoord

    def spend(self, token: str) -> httpx.Response:
        """What the provider gives for a refresh token."""
        vraag = {"grant_type": "refresh_token", "refresh_token": token}
        return httpx.post(f"{self.huis.aanbieder.issuer}/token", data=vraag, auth=(PORTAAL, GEHEIM))


@pytest.fixture
def binnen(huis: Openidhuis) -> Binnen:
    huis.aanbieder.change("ans", **MENSEN["ans"])
    return enter(huis, "ans")


def enter(huis: Openidhuis, wie: str) -> Binnen:
    reiziger, antwoord = huis.enter(wie)
    assert antwoord.status_code == 303, antwoord.text
    return Binnen(huis, reiziger)


def test_a_session_is_refreshed_and_its_token_is_another_each_time(binnen: Binnen) -> None:
    gezien = [binnen.token()]
    for _ in range(3):
        binnen.let_it_be_time()
        assert binnen.is_in
        gezien.append(binnen.token())
    assert len(set(gezien)) == 4
    # Once is enough until it is time again.
    assert binnen.is_in
    assert binnen.token() == gezien[-1]


def test_a_role_that_the_organisation_took_away_is_over_and_one_that_it_gave_is_there(huis: Openidhuis, binnen: Binnen) -> None:
    huis.aanbieder.change("ans", **MENSEN["ans"] | {"roles": ["Jeugd-contracten", "Jeugd-geld"]})
    binnen.let_it_be_time()
    assert binnen.post("/rol", rol=binnen.find_rol("financi")).status_code == 303
    huis.aanbieder.change("ans", **MENSEN["ans"])
    binnen.let_it_be_time()
    assert not binnen.is_in


def test_who_is_no_longer_in_any_group_or_in_two_that_do_not_go_together_is_out(huis: Openidhuis) -> None:
    for anders in ([], ["Jeugd-contracten", "ICT"]):
        huis.aanbieder.change("ans", **MENSEN["ans"])
        binnen = enter(huis, "ans")
        huis.aanbieder.change("ans", **MENSEN["ans"] | {"roles": anders})
        binnen.let_it_be_time()
        assert not binnen.is_in
        with huis.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            assert load_openid(verbinding, binnen.tekst) is None or anders == []


def test_a_session_in_another_browser_goes_on_when_one_logs_in_again(huis: Openidhuis, binnen: Binnen) -> None:
    ander = enter(huis, "ans")
    assert binnen.is_in
    binnen.let_it_be_time()
    assert (binnen.is_in, ander.is_in) == (True, True)


def test_another_role_goes_on_being_refreshed(huis: Openidhuis) -> None:
    huis.aanbieder.change("ans", **MENSEN["ans"] | {"roles": ["Jeugd-contracten", "Jeugd-geld"]})
    binnen = enter(huis, "ans")
    oud, token = binnen.tekst, binnen.token()
    assert binnen.post("/rol", rol=binnen.find_rol("financi")).status_code == 303
    assert binnen.tekst != oud
    assert binnen.token() == token
    binnen.let_it_be_time()
    assert binnen.is_in
    assert binnen.token() != token


def test_a_token_that_was_revoked_there_ends_the_session_and_the_log_says_so(huis: Openidhuis, binnen: Binnen) -> None:
    adres = f"{huis.aanbieder.issuer}/token/revocation"
    httpx.post(adres, data={"token": binnen.token()}, auth=(PORTAAL, GEHEIM)).raise_for_status()
    assert binnen.is_in
    binnen.let_it_be_time()
    assert not binnen.is_in
    with huis.werkplaats.opslag.transaction() as verbinding:
        laatste = verbinding.execute(text("SELECT actie, object_soort, reden FROM inzagelog ORDER BY log_id DESC LIMIT 1")).one()
        aantal = verbinding.execute(text("SELECT count(*) FROM inzagelog WHERE reden = 'verversen' AND actie = 'D'")).scalar_one()
    assert aantal >= 1, laatste


def test_a_token_that_a_thief_used_ends_the_session_and_what_the_thief_has(binnen: Binnen) -> None:
    """Used twice: the provider takes back everything that came of that log-in."""
    oud = binnen.token()
    buit = binnen.spend(oud).raise_for_status().json()["refresh_token"]
    binnen.let_it_be_time()
    assert not binnen.is_in
    assert binnen.spend(buit).status_code == 400


def test_eight_requests_at_once_use_the_token_once(huis: Openidhuis, binnen: Binnen) -> None:
    binnen.let_it_be_time()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: binnen.is_in, range(8))) == [True] * 8
    # A second use would have ended what this token came from.
    binnen.let_it_be_time()
    assert binnen.is_in


def test_nothing_that_is_kept_opens_a_token(huis: Openidhuis, binnen: Binnen) -> None:
    token, ander = binnen.token(), enter(huis, "bo")
    with huis.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        rijen = verbinding.execute(text("SELECT openid_sessie::text, encode(verversing, 'escape') FROM openid_sessie")).all()
        assert rijen
        assert all(token not in str(stuk) for rij in rijen for stuk in rij)
        # Put into the row of another session it opens no more.
        verbinding.execute(
            text(
                "UPDATE openid_sessie SET verversing = (SELECT verversing FROM openid_sessie WHERE subject = 'ans' ORDER BY"
                " ververst_op DESC LIMIT 1) WHERE subject = 'bo'"
            )
        )
        stand = load_openid(verbinding, ander.tekst)
        assert stand is not None
        assert stand.token == ""
    ander.let_it_be_time()
    assert not ander.is_in
    assert token not in huis.dienst.logboek.read_text()


def test_who_logs_out_leaves_no_token_that_works(binnen: Binnen) -> None:
    token = binnen.token()
    assert binnen.post("/uitloggen").status_code == 303
    assert not binnen.is_in
    assert binnen.spend(token).status_code == 400


def test_a_provider_that_is_away_ends_nothing_for_an_hour(huis: Openidhuis, binnen: Binnen) -> None:
    over_zich = {"issuer": huis.aanbieder.issuer, "token_endpoint": "http://127.0.0.1:1/token"}
    weg = replace(
        huis.werkplaats, uitgever=Uitgever(huis.aanbieder.issuer, lambda _: over_zich),
        instellingen=huis.werkplaats.instellingen.model_copy(update={"oidc_client_id": PORTAAL}),
    )  # fmt: skip
    binnen.let_it_be_time()
    assert recognise_sessie(weg, binnen.tekst) is not None
    with huis.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        vraag = "UPDATE openid_sessie SET ververst_op = ververst_op - interval '61 minutes', verversen_op = ververst_op"
        verbinding.execute(text(vraag))
    assert recognise_sessie(weg, binnen.tekst) is None
    assert not binnen.is_in


def log_out_there(huis: Openidhuis, reiziger: Reiziger) -> None:
    """Through the page of the provider, as from any other service."""
    pagina = reiziger.send("GET", f"{huis.aanbieder.issuer}/session/end")
    xsrf = re.findall(r'name="xsrf" value="([^"]+)"', pagina.text)[0]
    klaar = reiziger.send("POST", f"{huis.aanbieder.issuer}/session/end/confirm", data={"xsrf": xsrf, "logout": "yes"})
    assert klaar.status_code in (200, 302, 303), klaar.text[:300]


def test_who_logs_out_there_is_out_here_at_once(huis: Openidhuis, binnen: Binnen) -> None:
    ander = enter(huis, "bo")
    log_out_there(huis, binnen.reiziger)
    einde = time.monotonic() + 20
    while binnen.is_in and time.monotonic() < einde:
        time.sleep(0.1)
    assert not binnen.is_in
    assert ander.is_in


def logout_token(huis: Openidhuis, kop: dict[str, Any] | None = None, sleutel: dict[str, Any] | None = None, **anders: Any) -> str:
    """A logout token as the provider makes it, but for what is given; None leaves a claim out."""
    eigen = sleutel or huis.aanbieder.sleutels[0]
    nu = int(time.time())
    claims = {
        "iss": huis.aanbieder.issuer, "aud": PORTAAL, "iat": nu, "exp": nu + 120, "jti": f"{nu}{time.monotonic_ns()}", "sub": "ans",
        "events": {GEBEURTENIS: {}}, **anders,
    }  # fmt: skip
    zonder = import_key({naam: waarde for naam, waarde in eigen.items() if naam != "alg"})
    goed = {naam: waarde for naam, waarde in claims.items() if waarde is not None}
    hoofd = {"alg": eigen["alg"], "typ": "logout+jwt", "kid": eigen["kid"], **(kop or {})}
    return jwt.encode(hoofd, goed, zonder, algorithms=["PS256", "RS256", "ES256", "RS512", "HS256"])


def tell_end(huis: Openidhuis, token: str) -> int:
    return httpx.post(f"{huis.dienst.adres}{INLOGGEN}/beeindigd", data={"logout_token": token}).status_code


BAD_CLAIMS: dict[str, dict[str, Any]] = {
    "other issuer": {"iss": "https://elders.example"},
    "other audience": {"aud": "elders"},
    "no event": {"events": None},
    "another event": {"events": {"http://schemas.openid.net/event/iets-anders": {}}},
    "event is a word": {"events": {GEBEURTENIS: "ja"}},
    "an ID token": {"nonce": "x"},
    "of nobody": {"sub": None},
    "of somebody empty": {"sub": ""},
    "of a number": {"sub": 7},
    "no number": {"jti": None},
    "expired": {"exp": 1, "iat": 0},
    "old": {"iat": 1},
    "no end": {"exp": None},
}


@pytest.mark.parametrize("wat", list(BAD_CLAIMS))
def test_what_a_logout_token_must_say(wat: str, huis: Openidhuis, binnen: Binnen) -> None:
    assert tell_end(huis, logout_token(huis, **BAD_CLAIMS[wat])) == 400
    assert binnen.is_in


def test_a_logout_token_of_another_key_or_kind_is_none(huis: Openidhuis, binnen: Binnen) -> None:
    tokens = [
        "", "eyJ", "x" * 8001, logout_token(huis, sleutel=make_key("een")), logout_token(huis, {"typ": "at+jwt"}),
        logout_token(huis, {"alg": "RS512"}), logout_token(huis, {"kid": "twee"}), logout_token(huis)[:-4] + "AAAA",
    ]  # fmt: skip
    assert [tell_end(huis, token) for token in tokens] == [400] * len(tokens)
    assert binnen.is_in


def test_a_logout_token_ends_every_session_of_the_person_once(huis: Openidhuis, binnen: Binnen) -> None:
    twee, bo = enter(huis, "ans"), enter(huis, "bo")
    token = logout_token(huis)
    assert tell_end(huis, token) == 200
    assert (binnen.is_in, twee.is_in, bo.is_in) == (False, False, True)
    again = enter(huis, "ans")
    assert tell_end(huis, token) == 400
    assert again.is_in


def test_a_logout_token_of_one_session_leaves_the_others(huis: Openidhuis, binnen: Binnen) -> None:
    twee = enter(huis, "ans")
    with huis.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        een = load_openid(verbinding, binnen.tekst)
        ander = load_openid(verbinding, twee.tekst)
    assert een is not None
    assert ander is not None
    assert een.sid
    assert een.sid != ander.sid
    assert tell_end(huis, logout_token(huis, sub=None, sid=een.sid)) == 200
    assert (binnen.is_in, twee.is_in) == (False, True)


SOORTEN: dict[str, tuple[Callable[[], RSAKey | ECKey], str]] = {
    "PEM of RSA": (lambda: RSAKey.generate_key(2048), "pem"),
    "PEM of P-256": (lambda: ECKey.generate_key("P-256"), "pem"),
    "JWK with a name": (lambda: RSAKey.import_key(make_key("portaal-2026", "RS256")), "jwk"),
}


@pytest.mark.parametrize("soort", list(SOORTEN))
def test_the_portal_proves_itself_by_a_key(soort: str, module_database: str, tmp_path: Path) -> None:
    """`private_key_jwt`: the provider knows the public half, and no secret is known to two."""
    maak, vorm = SOORTEN[soort]
    sleutel = maak()
    bestand = tmp_path / "portaal.sleutel"
    if vorm == "pem":
        bestand.write_bytes(sleutel.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    else:
        bestand.write_text(json.dumps(sleutel.as_dict(private=True)))
    sleutel.ensure_kid()
    portaal = "http://127.0.0.1:9"
    aanbieder = make_aanbieder(f"{portaal}{INLOGGEN}/terug", ans=MENSEN["ans"] | {"name": soort})
    aanbieder.portaalsleutel = sleutel.as_dict(private=False)
    instellingen = Instellingen(
        database_url=module_database, var=tmp_path / "var", huidige_datum=VANDAAG, portaal_adres=portaal,
        oidc_issuer=aanbieder.issuer, oidc_client_id=PORTAAL, oidc_client_sleutel=bestand, oidc_claim_gemeente="gemeente",
        oidc_rollen={"Jeugd-contracten": "contractbeheer"},
    )  # fmt: skip

    def come_in(wie: Instellingen) -> Ingelogd | Inlogfout:
        with open_werkplaats(wie) as werkplaats:
            vertrek, reiziger = leave(werkplaats, "/portaal/"), Reiziger()
            assert isinstance(vertrek, Vertrek)
            terug = httpx.URL(reiziger.log_in_there(vertrek.adres, "ans", f"{portaal}{INLOGGEN}/terug")).params
            uitkomst = arrive(werkplaats, vertrek.staat, Aankomst(terug["state"], terug["code"], terug["iss"]), Herkomst())
            if isinstance(uitkomst, Ingelogd):
                with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
                    verbinding.execute(text("UPDATE openid_sessie SET verversen_op = ververst_op - interval '1 second'"))
                assert recognise_sessie(werkplaats, uitkomst.sessie) is not None
            return uitkomst

    with aanbieder.running():
        assert isinstance(come_in(instellingen), Ingelogd)
        assert isinstance(come_in(instellingen.model_copy(update={"oidc_bewijs_voor": "issuer"})), Ingelogd)
        bestand.write_bytes(RSAKey.generate_key(2048).private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        assert come_in(instellingen) is Inlogfout.OPENID
        bestand.write_text("geen sleutel")
        assert come_in(instellingen) is Inlogfout.OPENID
