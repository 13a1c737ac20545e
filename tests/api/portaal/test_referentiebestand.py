"""A reference file of any size is looked at and then loaded as it was looked at: by who brought it, once, and within a day."""

from sqlalchemy import text

from tests.hulp.besluiten import rows
from tests.hulp.eigenaar import as_owner
from tests.hulp.portaal.balie import Portaalbalie

_KOP = "gemeente;agb;naam\n"
_AANTAL = "SELECT count(*) FROM aanbieder WHERE agb LIKE '5%'"
_GROOT = _KOP + "".join(f"0484;{50_000_000 + nummer};Stichting voor jeugdhulp {nummer:030d}\n" for nummer in range(12_000))


def _bring(balie: Portaalbalie, inhoud: str, wie: str = "contractbeheer") -> dict[str, str]:
    with balie.client(wie) as client:
        client.get("/portaal/referentie")
        assert client.send_file("/portaal/referentie", "bestand", inhoud.encode(), soort="aanbieders").status_code == 200
        return client.verborgen


def _load(balie: Portaalbalie, verborgen: dict[str, str], wie: str = "contractbeheer") -> tuple[int, str]:
    with balie.client(wie) as client:
        client.get("/portaal/referentie")
        antwoord = client.post("/portaal/referentie/laden", None, merk=verborgen["merk"], soort=verborgen["soort"])
        return antwoord.status_code, antwoord.text


def test_a_file_of_more_than_half_a_megabyte_is_loaded_from_the_page(balie: Portaalbalie) -> None:
    assert len(_GROOT) > 700_000
    verborgen = _bring(balie, _GROOT)
    assert rows(balie.werkplaats, _AANTAL) == [(0,)]
    assert _load(balie, verborgen)[0] == 303
    assert rows(balie.werkplaats, _AANTAL) == [(12_000,)]
    # Sent twice it is loaded once.
    assert _load(balie, verborgen)[0] == 400


def test_what_is_loaded_is_what_was_looked_at(balie: Portaalbalie) -> None:
    eerste = _bring(balie, f"{_KOP}0484;60000001;Eerst\n")
    tweede = _bring(balie, f"{_KOP}0484;60000002;Daarna\n")
    status, pagina = _load(balie, eerste)
    assert (status, "niet meer bewaard" in pagina) == (400, True)
    assert _load(balie, tweede, "tweede")[0] == 400
    with as_owner(balie.werkplaats) as verbinding:
        verbinding.execute(text("UPDATE formulierconcept SET bewaard_op = bewaard_op - interval '25 hours'"))
    assert _load(balie, tweede)[0] == 400
    assert rows(balie.werkplaats, "SELECT count(*) FROM aanbieder WHERE agb LIKE '6%'") == [(0,)]
