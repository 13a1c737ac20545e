"""A session that ends while somebody types: what was typed is kept for that person, and for nobody else."""

import html
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.hulp.besluiten import rows
from tests.hulp.bezoek import Bezoek
from tests.hulp.eigenaar import as_owner
from tests.hulp.portaal.balie import Portaalbalie

_GETYPT = "Dit heb ik zelf bedacht; de aanbieder weet ervan."
_NU = "contractbeheer@voorbeeld.nl"
_BEWAARD = "SELECT door, pagina FROM formulierconcept ORDER BY pagina"


@pytest.fixture
def client(balie: Portaalbalie) -> Iterator[Bezoek]:
    """Logged in anew, so that no other test is in this session."""
    with as_owner(balie.werkplaats) as verbinding:
        verbinding.execute(text("DELETE FROM formulierconcept"))
    with Bezoek(balie.adres) as bezoek:
        assert bezoek.log_in(_NU).status_code == 303
        yield bezoek


def _number(balie: Portaalbalie, referentie: str) -> int:
    return int(rows(balie.werkplaats, "SELECT prestatie_id FROM prestatie WHERE referentienummer = :r", r=referentie)[0][0])


def _expire(balie: Portaalbalie, na: timedelta = timedelta(minutes=31)) -> None:
    """Nobody did anything for so long."""
    with as_owner(balie.werkplaats) as verbinding:
        verbinding.execute(text("UPDATE sessie SET gezien_op = gezien_op - :na"), {"na": na})
    balie._koekjes.clear()


def _page(tekst: str) -> str:
    return html.unescape(tekst)


def test_what_was_typed_stands_in_the_form_after_log_in(balie: Portaalbalie, client: Bezoek) -> None:
    pad = f"/portaal/prestaties/{_number(balie, 'R1')}"
    client.get(f"{pad}?regel=DA07")
    _expire(balie)
    weg = client.post(f"{pad}/besluit?regel=DA07", None, keuze="afwijzen", retourcode="0611", motivering=_GETYPT)
    assert (weg.status_code, weg.headers["Location"].partition("?")[0]) == (303, "/portaal/inloggen")
    client.get(weg.headers["Location"])
    terug = client.post("/portaal/inloggen", inlognaam=_NU, wachtwoord="vier-woorden-achter-elkaar")
    assert terug.headers["Location"] == f"{pad}?regel=DA07"
    pagina = _page(client.get(terug.headers["Location"]).text)
    assert f"{_GETYPT}</textarea>" in pagina
    assert re.search(r'value="afwijzen" checked', pagina)
    assert re.search(r'<option value="0611" selected', pagina)
    assert "er is nog niets vastgelegd" in pagina
    assert rows(balie.werkplaats, "SELECT count(*) FROM besluit") == [(0,)]
    # It stays until the form is sent, and nobody else sees it.
    assert _GETYPT in _page(client.get(pad).text)
    with balie.client("tweede") as collega:
        assert _GETYPT not in _page(collega.get(pad).text)
    client.get(pad)
    assert client.post(f"{pad}/besluit", None, keuze="toekennen", motivering=_GETYPT).status_code == 303
    assert rows(balie.werkplaats, _BEWAARD) == []


def test_a_choice_of_many_lines_is_not_lost_either(balie: Portaalbalie, client: Bezoek) -> None:
    wachten = "SELECT prestatie_id FROM prestatie WHERE uitkomst = 'ter_beoordeling' ORDER BY 1"
    nummers = [rij[0] for rij in rows(balie.werkplaats, wachten)]
    client.get("/portaal/werkvoorraad")
    client.send("/portaal/werkvoorraad/bevestigen", [*(("prestatie", str(nummer)) for nummer in nummers), ("keuze", "afwijzen")])
    _expire(balie)
    velden = [*(("prestatie", str(nummer)) for nummer in nummers), ("keuze", "afwijzen"), ("motivering", _GETYPT)]
    weg = client.send("/portaal/werkvoorraad/besluiten", velden)
    client.get(weg.headers["Location"])
    terug = client.post("/portaal/inloggen", inlognaam=_NU, wachtwoord="vier-woorden-achter-elkaar")
    pagina = _page(client.get(terug.headers["Location"]).text)
    assert f"{_GETYPT}</textarea>" in pagina
    assert all(f'name="prestatie" value="{nummer}"' in pagina for nummer in nummers)
    with balie.client("tweede") as collega:
        assert collega.get("/portaal/werkvoorraad/bevestigen").headers["Location"].startswith("/portaal/werkvoorraad")


def test_a_question_that_was_typed_is_not_lost(balie: Portaalbalie, client: Bezoek) -> None:
    pad = f"/portaal/prestaties/{_number(balie, 'R2')}"
    client.get(pad)
    _expire(balie)
    client.post(f"{pad}/opmerkingen", None, opmerking=_GETYPT)
    client.get("/portaal/inloggen")
    client.post("/portaal/inloggen", inlognaam=_NU, wachtwoord="vier-woorden-achter-elkaar")
    assert f"{_GETYPT}</textarea>" in _page(client.get(pad).text)


@pytest.mark.parametrize("mis", ["vreemde bladzijde", "ander bewijs", "geen koekje", "te lang geleden", "uitgelogd"])
def test_what_does_not_come_from_a_session_of_somebody_is_not_kept(balie: Portaalbalie, client: Bezoek, mis: str) -> None:
    pad = f"/portaal/prestaties/{_number(balie, 'R2')}"
    client.get(pad)
    velden = {"keuze": "afwijzen", "motivering": _GETYPT} | ({"csrf": "0" * 64} if mis == "ander bewijs" else {})
    if mis == "uitgelogd":
        koekje = client.koekje
        client.post("/portaal/uitloggen")
        client.koekje = koekje
    _expire(balie, timedelta(days=2) if mis == "te lang geleden" else timedelta(minutes=31))
    if mis == "geen koekje":
        client.koekje = ""
    koppen = {"Sec-Fetch-Site": "cross-site"} if mis == "vreemde bladzijde" else None
    assert client.post(f"{pad}/besluit", koppen, **velden).status_code == 303
    assert rows(balie.werkplaats, _BEWAARD) == []


def test_no_other_form_is_kept(balie: Portaalbalie, client: Bezoek) -> None:
    pad = f"/portaal/prestaties/{_number(balie, 'R2')}"
    client.get(pad)
    _expire(balie)
    assert client.post(f"{pad}/bsn", None, reden=_GETYPT).status_code == 303
    assert client.post("/portaal/zoeken", None, q="999990019").status_code == 303
    assert rows(balie.werkplaats, _BEWAARD) == []
