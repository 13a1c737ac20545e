"""Pictures of the pages for docs/beeld, as they are at 1366 by 768."""

import base64
from pathlib import Path

import pytest

from tests.hulp.portaal.balie import Portaalbalie
from tests.hulp.portaal.paginas import STANDEN, Paginastand
from tests.hulp.portaal.venster import Venster

BEELD = Path(__file__).parents[2] / "docs" / "beeld"
GROOTST = 90_000
"""Bytes of a picture."""


@pytest.mark.parametrize("stand", [stand for stand in STANDEN if stand.beeld], ids=lambda stand: stand.naam)
def test_a_page_looks_like_its_picture(kijkbalie: Portaalbalie, venster: Venster, stand: Paginastand) -> None:
    """The picture is made here; whoever changes a page looks at what becomes of it in the difference."""
    blad = venster.open(kijkbalie, stand.wie)
    blad.goto(kijkbalie.address_of(stand))
    if stand.doe:
        stand.doe(blad)
    sessie = blad.context.new_cdp_session(blad)
    beeld = base64.b64decode(sessie.send("Page.captureScreenshot", {"format": "webp", "quality": 40})["data"])
    BEELD.mkdir(exist_ok=True)
    (BEELD / f"{stand.naam}.webp").write_bytes(beeld)
    assert len(beeld) <= GROOTST
