"""An allocation that became shorter than what was awarded on it: at the allocation, on the list, and closed by a person."""

from datetime import date

import pytest
from sqlalchemy import text

from tests.api.conftest import Loket
from tests.api.dienst import KLAAR
from tests.hulp.bouwstenen import AGB
from tests.hulp.declareer import Regel, declaratie, toewijzing
from tests.hulp.eigenaar import as_owner

MRT = date(2026, 3, 1)


@pytest.fixture(scope="module")
def ingekort(loket: Loket) -> Loket:
    """Two hours of March awarded on allocation 900, which then ends on 28 February."""
    kort = {"Einddatum": "2026-02-28", "RedenWijziging": "05", "Toewijzingsdatum": "2026-06-10"}
    with as_owner(loket.werkplaats) as verbinding:
        # The town's own prices are not what this is about.
        verbinding.execute(text("DELETE FROM tarief"))
        verbinding.execute(text("DELETE FROM contract"))
    for wie, inhoud in (
        ("0484", toewijzing(900)),
        (AGB, declaratie(MRT, [Regel("WP1", 900, MRT, 2)])),
        ("0484", toewijzing(900, **kort)),
    ):
        with loket.client(wie) as client:
            antwoord = client.post("/berichten", content=inhoud, headers={"Content-Type": "application/xml"})
            assert antwoord.status_code == 202, antwoord.text
            while client.get(antwoord.headers["Location"].removeprefix("/v1")).json()["status"] not in KLAAR:
                pass
    return loket


def test_shown_listed_and_closed(ingekort: Loket) -> None:
    with ingekort.client(AGB) as client:
        buiten = client.get("/toewijzingen/900").json()["buitenToewijzing"]
        assert client.get("/beoordelingen/toewijzingen").status_code == 403
    assert (buiten["aantal"], buiten["bedrag"]) == (1, 2 * 7805)
    [regel] = buiten["regels"]
    assert (regel["referentienummer"], regel["regels"]) == ("WP1", ["TR307", "TR308"])
    sluiting = {"toewijzingnummer": 900, "reden": "De aanbieder crediteert in juli."}
    with ingekort.client("contractbeheer") as client:
        antwoord = client.get("/beoordelingen/toewijzingen").json()
        assert [(item["toewijzingnummer"], item["aantal"], item["bedrag"]) for item in antwoord["werkpunten"]] == [
            (900, 1, 2 * 7805)
        ]
        assert client.post("/beoordelingen/toewijzingen/afsluitingen", json=sluiting | {"reden": " "}).status_code == 400
        assert client.post("/beoordelingen/toewijzingen/afsluitingen", json=sluiting).json() == {"aantal": 1}
        assert client.post("/beoordelingen/toewijzingen/afsluitingen", json=sluiting).status_code == 404
        assert client.get("/beoordelingen/toewijzingen").json() == {"werkpunten": [], "volgende": None}
        assert client.get("/toewijzingen/900").json()["buitenToewijzing"]["aantal"] == 1
