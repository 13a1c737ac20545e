"""A whole Bsn in the portal: with a reason, once, in the log of its client, and for nobody else."""

import re

import pytest

from tests.hulp.besluiten import rows
from tests.hulp.bouwstenen import BSN
from tests.hulp.portaal.balie import Portaalbalie

_REDEN = "De cliënt belt en noemt een andere geboortedatum."
_LAATSTE = """
    SELECT object_soort, object_id, bsn_getoond, reden, aantal FROM inzagelog WHERE bsn_getoond ORDER BY tijd DESC, log_id LIMIT 1
"""


@pytest.fixture
def paden(balie: Portaalbalie) -> dict[str, tuple[str, str]]:
    """Pages from which it can be asked, with what is shown."""
    vraag = "SELECT prestatie_id, toewijzingnummer FROM prestatie WHERE referentienummer = 'R1'"
    regel, toewijzing = rows(balie.werkplaats, vraag)[0]
    return {
        f"/portaal/prestaties/{regel}": ("prestatie", str(regel)),
        f"/portaal/toewijzingen/{toewijzing}": ("toewijzing", str(toewijzing)),
    }


def test_who_says_why_sees_it_once_and_that_is_kept(balie: Portaalbalie, paden: dict[str, tuple[str, str]]) -> None:
    with balie.client("contractbeheer") as client:
        for pad, (soort, nummer) in paden.items():
            assert BSN not in re.sub(r"\s", "", client.get(pad).text)
            getoond = client.post(f"{pad}/bsn", None, reden=_REDEN)
            assert getoond.status_code == 200
            assert f"{BSN[:3]} {BSN[3:6]} {BSN[6:]}" in getoond.text
            assert getoond.headers["Cache-Control"] == "no-store"
            assert rows(balie.werkplaats, _LAATSTE) == [(soort, nummer, True, _REDEN, 1)]
            assert BSN not in re.sub(r"\s", "", client.get(pad).text)


@pytest.mark.parametrize("reden", ["", "  ", f"Voor {BSN}", "x" * 501], ids=["geen", "leeg", "een bsn", "te lang"])
def test_without_a_reason_that_will_do_nothing_is_shown(balie: Portaalbalie, paden: dict[str, tuple[str, str]], reden: str) -> None:
    voor = rows(balie.werkplaats, "SELECT count(*) FROM inzagelog WHERE bsn_getoond")
    with balie.client("contractbeheer") as client:
        for pad in paden:
            client.get(pad)
            fout = client.post(f"{pad}/bsn", None, reden=reden)
            assert (fout.status_code, 'id="reden-fout"' in fout.text) == (400, True)
            assert f"{BSN[:3]} {BSN[3:6]}" not in fout.text
    assert rows(balie.werkplaats, "SELECT count(*) FROM inzagelog WHERE bsn_getoond") == voor


def test_what_is_not_there_or_not_for_this_role(balie: Portaalbalie, paden: dict[str, tuple[str, str]]) -> None:
    with balie.client("contractbeheer") as client:
        client.get("/portaal/voorkeuren")
        assert client.post("/portaal/prestaties/1/bsn", None, reden=_REDEN).status_code == 404
        assert client.post("/portaal/toewijzingen/999999999/bsn", None, reden=_REDEN).status_code == 404
    for wie in ("financien", "beheer", "aanbieder"):
        with balie.client(wie) as client:
            client.get("/portaal/voorkeuren")
            for pad in paden:
                assert client.post(f"{pad}/bsn", None, reden=_REDEN).status_code == 403
