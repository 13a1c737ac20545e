"""The short way of a message into the service tells, keeps and logs what the long way does."""

from typing import Any

import httpx
import pytest

from tests.api.conftest import Loket
from tests.hulp.bouw import bouw
from tests.hulp.bouwstenen import AGB
from tests.hulp.declareer import toewijzing
from tests.hulp.eigenaar import as_owner

LANG = "text/plain, */*"
"""An Accept that has to be weighed; what it comes to is the same."""
SPOOR = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
GOED = toewijzing(1, identificatie="T1")
_EIGEN = ("berichtId", "volgnummer", "ontvangenOp")
_LOG = (
    "SELECT tijd, actie, uitkomst, door, rol, namens, object_soort, gebeurtenis, reden, bron, spoor FROM inzagelog"
    " WHERE bron = '127.0.0.1' ORDER BY tijd"
)


def send(loket: Loket, wie: str, inhoud: bytes, accept: str, **koppen: str) -> httpx.Response:
    koppen = {"Content-Type": "application/xml", "Accept": accept, "traceparent": SPOOR, **koppen}
    with loket.client(wie) as client:
        return client.post("/berichten", content=inhoud, headers=koppen)


def logged(loket: Loket) -> list[tuple[Any, ...]]:
    with as_owner(loket.werkplaats) as verbinding:
        return [tuple(rij)[1:] for rij in verbinding.exec_driver_sql(_LOG)]


def tell(antwoord: httpx.Response) -> tuple[Any, ...]:
    koppen = {naam: waarde for naam, waarde in antwoord.headers.items() if naam not in ("date", "location", "content-length")}
    inhoud = antwoord.json()
    return antwoord.status_code, sorted(koppen.items()), {naam: inhoud[naam] for naam in inhoud if naam not in _EIGEN}


@pytest.mark.parametrize(
    ("wie", "inhoud", "andere", "koppen"),
    [
        ("gemeente", GOED, toewijzing(2, identificatie="T1"), {"Eigen-Kenmerk": "een"}),
        ("gemeente", GOED, GOED, {}),
        (AGB, bouw("JW323"), None, {"Content-Type": "text/xml; charset=utf-8"}),
        (AGB, b"<Jw303Declaratie/>", b"<Jw303Declaratie></Jw303Declaratie>", {}),
        (AGB, toewijzing(3), None, {}),
        ("gemeente", GOED, None, {"Eigen-Kenmerk": "999900006"}),
        ("gemeente", GOED, None, {"Content-Type": "application/json"}),
        ("beheer", GOED, None, {}),
    ],
)
def test_both_ways_are_alike(loket: Loket, wie: str, inhoud: bytes, andere: bytes | None, koppen: dict[str, str]) -> None:
    gezien, antwoorden = [len(logged(loket))], []
    for accept, bytes_ in (("*/*", inhoud), (LANG, inhoud if andere is None else andere)):
        antwoorden.append(send(loket, wie, bytes_, accept, **koppen))
        gezien.append(len(logged(loket)))
    kort, lang = map(tell, antwoorden)
    assert kort[0] in ((lang[0], 202) if andere is None else (lang[0],))
    assert kort[1] == lang[1]
    if kort[0] == lang[0]:
        assert {**kort[2], "fouten": 0} == {**lang[2], "fouten": 0}
        regels = logged(loket)
        assert regels[gezien[0] : gezien[1]] == regels[gezien[1] :]


def test_an_address_that_only_looks_like_ours_is_nobodys(loket: Loket) -> None:
    with loket.client("gemeente") as client:
        for adres in ("/ber%09ichten", "/berich%0dten"):
            antwoord = client.post(adres, content=toewijzing(9), headers={"Content-Type": "application/xml", "Accept": "*/*"})
            assert antwoord.status_code == 404, adres
