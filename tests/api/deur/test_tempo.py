"""Requests in a minute, by key and by address: who goes too fast is told how long to wait, and nobody else notices."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.basis.problemen import Probleem
from api.deur.tempo import Tempo, as_netwerk
from berichten.instellingen import Instellingen
from tests.api.conftest import Loket
from tests.api.dienst import Dienst, running_dienst


def tempo(**waarden: object) -> Tempo:
    return Tempo(Instellingen(**waarden))  # type: ignore[arg-type]


def test_one_request_too_many_is_told_how_long_to_wait() -> None:
    teller = tempo(sleutel_verzoeken=3)
    for _ in range(3):
        teller.check_sleutel("0484 een")
    with pytest.raises(Probleem) as fout:
        teller.check_sleutel("0484 een")
    assert fout.value.status == 429
    assert 1 <= int(fout.value.headers["Retry-After"]) <= 60
    assert "meer dan 3 verzoeken" in fout.value.detail
    teller.check_sleutel("0484 ander")


def test_a_customer_of_the_internet_is_one_address() -> None:
    assert as_netwerk("192.0.2.7") == "192.0.2.7"
    assert as_netwerk("2001:db8:1:2:3:4:5:6") == as_netwerk("2001:db8:1:2::9") == "2001:db8:1:2::/64"
    assert as_netwerk("2001:db8:1:3::9") != as_netwerk("2001:db8:1:2::9")
    assert as_netwerk("geen adres") == "geen adres"


def test_nothing_is_counted_where_the_settings_say_so() -> None:
    teller = tempo(sleutel_verzoeken=0, adres_verzoeken=0)
    for _ in range(50):
        teller.check_sleutel("0484 een")
        teller.check_adres("192.0.2.7")


def test_without_an_answer_of_redis_each_counts_for_itself() -> None:
    teller = tempo(sleutel_verzoeken=2, broker_url="redis://127.0.0.1:1/0")
    teller.check_sleutel("0484 een")
    teller.check_sleutel("0484 een")
    with pytest.raises(Probleem):
        teller.check_sleutel("0484 een")


@pytest.fixture
def haastig(loket: Loket, tmp_path: Path) -> Iterator[Dienst]:
    """A second service on the same database, that lets a key do five requests and an address eight."""
    instellingen = loket.werkplaats.instellingen
    omgeving = {
        "BERICHTEN_DATABASE_URL": instellingen.database_url, "BERICHTEN_VAR": str(instellingen.var),
        "BERICHTEN_SLEUTEL_VERZOEKEN": "5", "BERICHTEN_ADRES_VERZOEKEN": "8",
    }  # fmt: skip
    with running_dienst(omgeving, tmp_path / "haastig.log") as dienst:
        yield dienst


def test_a_key_and_then_an_address_have_to_wait(loket: Loket, haastig: Dienst) -> None:
    with haastig.client(loket.sleutels["financien"]) as client, haastig.client(loket.sleutels["beheer"]) as ander:
        statussen = [client.get("/regels").status_code for _ in range(6)]
        laatste = client.get("/codelijsten")
        goed, te_veel = ander.get("/regels"), ander.get("/regels")
        pagina = httpx.get(f"{haastig.adres}/portaal/inloggen")
        leeft = client.get("/gezondheid")
    assert statussen == [200] * 5 + [429]
    check_wait(laatste, "Met deze sleutel")
    assert goed.status_code == 200
    check_wait(te_veel, "Vanaf uw netwerk")
    assert (pagina.status_code, pagina.headers["Content-Type"][:9]) == (429, "text/html")
    assert "Wacht" in pagina.text
    assert leeft.status_code == 200
    regels = [json.loads(regel) for regel in haastig.logboek.read_text().splitlines() if '"te_snel"' in regel]
    assert [regel.get("rol") for regel in regels] == ["financien", "financien", None, None]


def check_wait(antwoord: httpx.Response, woorden: str) -> None:
    assert antwoord.status_code == 429
    assert antwoord.headers["Content-Type"] == "application/problem+json"
    assert 1 <= int(antwoord.headers["Retry-After"]) <= 60
    assert woorden in antwoord.json()["detail"]
