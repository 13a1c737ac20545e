"""Access tokens of systems: a real OpenID provider gives them, and everything that only looks like one is refused."""

import base64
import hashlib
import hmac
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey, import_key

from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.personen import Wie
from berichten.opslag.toegang.systemen import NieuwSysteem, insert_systeem, revoke_systeem
from berichten.processen.basis.uitgever import NA_EEN_FOUT, VLOER, Tokenfout, Uitgever, UitgeverFout, fetch_json, read_token
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from tests.api.dienst import Dienst, prepare, running_dienst
from tests.api.gevallen import STAD
from tests.conftest import VANDAAG, own_environment
from tests.hulp.bezoek import add_persoon
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.openid import PUBLIEK, OpenidAanbieder, make_aanbieder, make_key

NU = datetime.now(UTC)
Sleutel = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kantoor:
    """A service that takes tokens, their provider, and the system that they are of."""

    dienst: Dienst
    aanbieder: OpenidAanbieder
    werkplaats: Werkplaats
    systeem_id: str

    def status(self, token: str, pad: str = "/financien/betaalruns") -> int:
        with self.dienst.client(token) as client:
            return client.get(pad).status_code


@pytest.fixture(scope="module")
def kantoor(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kantoor]:
    map_: Path = tmp_path_factory.mktemp("tokens")
    aanbieder = make_aanbieder("http://127.0.0.1:1/terug")
    omgeving = {
        "BERICHTEN_DATABASE_URL": module_database,
        "BERICHTEN_VAR": str(map_ / "var"),
        "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(),
        "BERICHTEN_OIDC_ISSUER": aanbieder.issuer,
        "BERICHTEN_TOKEN_AUDIENCE": PUBLIEK,
        "BERICHTEN_SLEUTEL_POGINGEN": "5000",
    }
    instellingen = Instellingen(database_url=module_database, var=map_ / "var", huidige_datum=VANDAAG)
    with aanbieder.running(), open_werkplaats(instellingen) as werkplaats:
        prepare(werkplaats, STAD)
        persoon = add_persoon(werkplaats, "ans@x.nl", "financien")
        nieuw = NieuwSysteem(GEMEENTE, "Boekhouding", "Alphen", "financien", None, persoon, aanbieder.issuer, "boekhouding")
        with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            systeem_id = insert_systeem(verbinding, nieuw, Wie("persoon:proef", instellingen.nu()))
        with running_dienst(omgeving, map_ / "dienst.log") as dienst:
            yield Kantoor(dienst, aanbieder, werkplaats, systeem_id)


def sign(sleutel: Sleutel, issuer: str, kop: dict[str, Any] | None = None, **anders: Any) -> str:
    """A token as the provider of this key would make it, but for what is given; None leaves a claim out."""
    nu = int(time.time())
    claims = {"iss": issuer, "aud": PUBLIEK, "sub": "boekhouding", "client_id": "boekhouding", "jti": "x" * 22, "iat": nu,
              "exp": nu + 600, **anders}  # fmt: skip
    hoofd = {"alg": sleutel["alg"], "typ": "at+jwt", "kid": sleutel["kid"], **(kop or {})}
    goed = {naam: waarde for naam, waarde in claims.items() if waarde is not None}
    # Without its algorithm, for which the library would refuse to sign otherwise.
    zonder = import_key({naam: waarde for naam, waarde in sleutel.items() if naam != "alg"})
    heel = {naam: waarde for naam, waarde in hoofd.items() if waarde is not None}
    return jwt.encode(heel, goed, zonder, algorithms=["PS256", "RS256", "ES256", "RS512"])


def by_hand(hoofd: dict[str, Any], claims: dict[str, Any], geheim: bytes | None = None) -> str:
    """A token put together without a library: none of them makes these."""

    def pack(wat: bytes) -> str:
        return base64.urlsafe_b64encode(wat).rstrip(b"=").decode()

    begin = f"{pack(json.dumps(hoofd).encode())}.{pack(json.dumps(claims).encode())}"
    return f"{begin}.{pack(hmac.digest(geheim, begin.encode(), hashlib.sha256)) if geheim else ''}"


def test_a_system_comes_in_with_a_token_and_again_with_a_new_one(kantoor: Kantoor) -> None:
    eerste, tweede = (kantoor.aanbieder.give_token("boekhouding") for _ in range(2))
    assert eerste != tweede
    assert [kantoor.status(token) for token in (eerste, tweede, eerste)] == [200] * 3
    with kantoor.dienst.client(tweede) as client:
        geweigerd = client.post("/financien/betaalruns", json={})
    assert (geweigerd.status_code, "geen systemen" in geweigerd.json()["detail"]) == (403, True)


def test_a_system_that_is_not_registered_or_withdrawn_stays_out(kantoor: Kantoor) -> None:
    assert kantoor.status(kantoor.aanbieder.give_token("vreemd")) == 401
    persoon = add_persoon(kantoor.werkplaats, "bo@x.nl", "financien")
    nieuw = NieuwSysteem(GEMEENTE, "Vreemd", "Elders", "financien", None, persoon, kantoor.aanbieder.issuer, "vreemd")
    wie = Wie("persoon:proef", kantoor.werkplaats.instellingen.nu())
    with kantoor.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        systeem_id = insert_systeem(verbinding, nieuw, wie)
    token = kantoor.aanbieder.give_token("vreemd")
    assert kantoor.status(token) == 200
    with kantoor.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        revoke_systeem(verbinding, systeem_id, wie)
    assert kantoor.status(token) == 401


def test_only_algorithms_with_two_keys_are_taken(kantoor: Kantoor) -> None:
    eigen = kantoor.aanbieder.sleutels[0]
    claims = {"iss": kantoor.aanbieder.issuer, "aud": PUBLIEK, "client_id": "boekhouding", "jti": "x", "iat": int(time.time()),
              "exp": int(time.time()) + 600}  # fmt: skip
    openbaar = RSAKey.import_key(eigen)
    for geheim in (openbaar.as_pem(private=False), json.dumps(openbaar.as_dict(private=False)).encode(), b"", eigen["n"].encode()):
        assert kantoor.status(by_hand({"alg": "HS256", "typ": "at+jwt", "kid": "een"}, claims, geheim)) == 401
    for alg in ("none", "None", "NONE", "nOnE", ""):
        assert kantoor.status(by_hand({"alg": alg, "typ": "at+jwt", "kid": "een"}, claims)) == 401, alg
    assert kantoor.status(sign(eigen, kantoor.aanbieder.issuer, {"alg": "RS512"})) == 401
    assert kantoor.status(sign(eigen, kantoor.aanbieder.issuer, {"alg": "RS256"})) == 401
    assert kantoor.status(sign(eigen, kantoor.aanbieder.issuer)) == 200


def bad_claims(nu: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """What no token may say at this moment, by name."""
    yield "expired", {"iat": nu - 700, "exp": nu - 60}
    yield "not yet", {"nbf": nu + 120}
    yield "made in the future", {"iat": nu + 120, "exp": nu + 600}
    yield "too long", {"exp": nu + 3700}
    yield "no end", {"exp": None}
    yield "no beginning", {"iat": None}
    yield "end is a word", {"exp": "straks"}
    yield "end is true", {"exp": True}
    yield "other audience", {"aud": "https://elders.example"}
    yield "audience that begins alike", {"aud": f"{PUBLIEK}/"}
    yield "no audience", {"aud": None}
    yield "other issuer", {"iss": "https://elders.example"}
    yield "no issuer", {"iss": None}
    yield "no client", {"client_id": None}
    yield "no number", {"jti": None}
    yield "a person's", {"sub": "ans"}


@pytest.mark.parametrize("wat", [naam for naam, _ in bad_claims(0)])
def test_what_a_token_must_say(wat: str, kantoor: Kantoor) -> None:
    anders = dict(bad_claims(int(time.time())))[wat]
    assert kantoor.status(sign(kantoor.aanbieder.sleutels[0], kantoor.aanbieder.issuer, **anders)) == 401


@pytest.mark.parametrize("kop", [{"typ": "JWT"}, {"typ": None}, {"kid": None}, {"kid": "twee"}, {"kid": 7}])
def test_what_its_head_must_say(kop: dict[str, Any], kantoor: Kantoor) -> None:
    token = sign(kantoor.aanbieder.sleutels[0], kantoor.aanbieder.issuer)
    if "kid" in kop and not isinstance(kop["kid"], (str, type(None))):
        claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
        token = by_hand({"alg": "PS256", "typ": "at+jwt", **kop}, claims, b"x")
    else:
        token = sign(kantoor.aanbieder.sleutels[0], kantoor.aanbieder.issuer, kop)
    assert kantoor.status(token) == 401


def test_a_token_that_was_changed_or_signed_by_another_key_is_none(kantoor: Kantoor) -> None:
    token = kantoor.aanbieder.give_token("boekhouding")
    kop, claims, handtekening = token.split(".")
    anders = json.loads(base64.urlsafe_b64decode(claims + "==")) | {"client_id": "vreemd", "sub": "vreemd"}
    vals = base64.urlsafe_b64encode(json.dumps(anders).encode()).rstrip(b"=").decode()
    for wat in (f"{kop}.{vals}.{handtekening}", f"{kop}.{claims}.", f"{kop}.{claims}", f"{kop}.{claims}.{handtekening[:-4]}AAAA",
                sign(make_key("een"), kantoor.aanbieder.issuer), "eyJ", "eyJ.eyJ.eyJ", "eyJ" + "a" * 20_000):  # fmt: skip
        assert kantoor.status(wat) == 401, wat[:60]


def test_a_token_of_another_service_of_the_same_provider_is_none(kantoor: Kantoor) -> None:
    assert kantoor.status(kantoor.aanbieder.give_token("boekhouding", "https://andere-dienst.example")) == 401


def test_why_not_stands_in_the_log_and_the_token_does_not(kantoor: Kantoor) -> None:
    kantoor.status(sign(kantoor.aanbieder.sleutels[0], kantoor.aanbieder.issuer, aud="https://elders.example"))
    logboek = kantoor.dienst.logboek.read_text()
    assert "token_voor_een_ander" in logboek
    assert "eyJ" not in logboek


class Netwerk:
    """What is fetched, counted; and a clock to set."""

    def __init__(self, haal: Callable[[str], dict[str, Any]] = fetch_json) -> None:
        self.haal, self.nu, self.keren = haal, 1000.0, Counter[str]()

    def fetch(self, adres: str) -> dict[str, Any]:
        self.keren[adres.rpartition("/")[2]] += 1
        return self.haal(adres)


def accepts(uitgever: Uitgever, token: str) -> bool:
    try:
        return bool(read_token(uitgever, token, ("at+jwt",), PUBLIEK, datetime.now(UTC)))
    except Tokenfout:
        return False


def test_keys_roll_over_and_strange_ones_cost_one_fetch_in_five_minutes() -> None:
    """A thousand unknown keys are no thousand requests; a new key is known five minutes later at the latest; an old one is over."""
    netwerk = Netwerk()
    oud, nieuw = make_key("oud"), make_key("nieuw", "ES256")
    aanbieder = make_aanbieder("http://127.0.0.1:1/terug")
    aanbieder.sleutels = [oud]
    uitgever = Uitgever(aanbieder.issuer, netwerk.fetch, lambda: netwerk.nu)
    with aanbieder.running():
        eerste = aanbieder.give_token("boekhouding")
        assert accepts(uitgever, eerste)
        for nummer in range(1000):
            assert not accepts(uitgever, sign({**nieuw, "kid": f"onbekend{nummer}"}, aanbieder.issuer))
        assert netwerk.keren == {"openid-configuration": 1, "jwks": 1}
    aanbieder.sleutels = [nieuw, oud]
    with aanbieder.running():
        token = aanbieder.give_token("boekhouding")
        assert not accepts(uitgever, token)
        netwerk.nu += VLOER
        assert accepts(uitgever, token)
        assert accepts(uitgever, eerste)
        assert netwerk.keren["jwks"] == 2
    aanbieder.sleutels = [nieuw]
    with aanbieder.running():
        netwerk.nu += VLOER
        assert not accepts(uitgever, sign({**nieuw, "kid": "weer een andere"}, aanbieder.issuer))
        assert not accepts(uitgever, eerste)
        assert accepts(uitgever, token)
        assert netwerk.keren == {"openid-configuration": 1, "jwks": 3}


def test_a_provider_that_is_away_is_not_asked_at_every_token_and_what_was_known_stays_known() -> None:
    netwerk = Netwerk()
    sleutel = make_key("een")
    aanbieder = make_aanbieder("http://127.0.0.1:1/terug")
    aanbieder.sleutels = [sleutel]
    uitgever = Uitgever(aanbieder.issuer, netwerk.fetch, lambda: netwerk.nu)
    token = sign(sleutel, aanbieder.issuer)
    for _ in range(50):
        with pytest.raises(UitgeverFout):
            accepts(uitgever, token)
    assert netwerk.keren == {"openid-configuration": 1}
    with aanbieder.running():
        netwerk.nu += NA_EEN_FOUT
        assert accepts(uitgever, token)
    netwerk.nu += VLOER
    assert not accepts(uitgever, sign({**sleutel, "kid": "onbekend"}, aanbieder.issuer))
    assert accepts(uitgever, token)


@pytest.mark.parametrize(
    "antwoord",
    [{"issuer": "https://elders.example", "jwks_uri": "https://elders.example/jwks"}, {}, {"issuer": "https://hier.example"},
     {"issuer": "https://hier.example", "jwks_uri": 7}],
)  # fmt: skip
def test_a_provider_that_says_to_be_another_is_none(antwoord: dict[str, Any]) -> None:
    uitgever = Uitgever("https://hier.example", lambda _: antwoord)
    with pytest.raises(UitgeverFout):
        accepts(uitgever, sign(make_key("een"), "https://hier.example"))


def test_keys_are_fetched_over_https_and_not_from_where_one_is_sent(kantoor: Kantoor) -> None:
    with pytest.raises(UitgeverFout, match="geen_https"):
        fetch_json("http://192.0.2.1/jwks")
    # This address answers with a redirect.
    with pytest.raises(UitgeverFout, match="geen_antwoord"):
        fetch_json(f"{kantoor.dienst.adres}/portaal/")


def test_nobody_needs_a_token_where_none_are_taken(kantoor: Kantoor, module_database: str, tmp_path: Path) -> None:
    omgeving = {"BERICHTEN_DATABASE_URL": module_database, "BERICHTEN_VAR": str(kantoor.werkplaats.instellingen.var)}
    assert "BERICHTEN_OIDC_ISSUER" not in own_environment()
    with running_dienst(omgeving, tmp_path / "dienst.log") as dienst, dienst.client(sign(make_key("een"), "x")) as client:
        assert client.get("/regels").status_code == 401


def test_a_token_is_good_for_half_a_minute_of_another_clock() -> None:
    sleutel = make_key("een")
    openbaar = RSAKey.import_key(sleutel).as_dict(private=False)
    uitgever = Uitgever("https://hier.example", lambda adres: {
        "issuer": "https://hier.example", "jwks_uri": "https://hier.example/jwks", "keys": [openbaar],
    })  # fmt: skip
    token = sign(sleutel, "https://hier.example")
    for over, goed in ((620, True), (640, False), (-20, True), (-40, False)):
        moment = datetime.now(UTC) + timedelta(seconds=over)
        try:
            assert read_token(uitgever, token, ("at+jwt",), PUBLIEK, moment)
            assert goed
        except Tokenfout:
            assert not goed
