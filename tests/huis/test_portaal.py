"""What a page needs, and what is easily forgotten of it."""

import filecmp
import re
import subprocess
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from jinja2 import Environment

from api.portaal.paginas import ROUTERS
from api.portaal.schil import sjablonen
from api.portaal.schil.bestanden import MAP, VasteBestanden
from api.portaal.schil.navigatie import MENU, ROLNAMEN, begin_of
from tests.hulp.node import NODE, install
from tests.hulp.portaal.paginas import STANDEN, fits, list_paginaroutes

WORTEL = Path(__file__).parents[2]
STIJL = WORTEL / "stijl"
PORTAAL = WORTEL / "api" / "portaal"


@pytest.fixture(scope="module")
def omgeving() -> Environment:
    return sjablonen.make_environment(VasteBestanden())


@pytest.mark.parametrize("route", list_paginaroutes(), ids=lambda route: route.path)
def test_every_page_is_in_the_list_of_what_is_looked_at(route: APIRoute) -> None:
    assert [stand.naam for stand in STANDEN if fits(route, stand)], "zet de pagina in tests/hulp/portaal/paginas.py"


@pytest.mark.parametrize("route", list_paginaroutes(), ids=lambda route: route.path)
def test_every_page_has_a_picture(route: APIRoute) -> None:
    namen = [stand.naam for stand in STANDEN if stand.beeld and fits(route, stand)]
    assert namen or route.path == "/zoeken", "geef een stand van de pagina beeld=True"
    assert [naam for naam in namen if not (WORTEL / "docs" / "beeld" / f"{naam}.webp").exists()] == [], "draai make browser"


def test_every_row_of_the_menu_leads_to_a_page() -> None:
    paden = {route.path for route in list_paginaroutes()}
    assert [punt.pad for punt in MENU if punt.pad not in paden] == []
    assert {rol for punt in MENU for rol in punt.rollen} <= ROLNAMEN.keys()
    assert begin_of("contractbeheer") == "/portaal/werkvoorraad"


def test_every_file_of_a_page_is_registered() -> None:
    """A router that `paginas.py` does not name is a page that nobody finds."""
    bekend = {id(router) for router in ROUTERS}
    for pad in PORTAAL.rglob("*.py"):
        if re.search(r"^router = Paginarouter", pad.read_text(encoding="utf-8"), re.MULTILINE):
            module = __import__(".".join(pad.relative_to(WORTEL).with_suffix("").parts), fromlist=["router"])
            assert id(module.router) in bekend, f"zet {pad.stem}.router in api/portaal/paginas.py"


@pytest.mark.parametrize("naam", sjablonen.list_templates())
def test_a_template_is_sound(omgeving: Environment, naam: str) -> None:
    """Parsed, without anything that the policy of the page blocks, and with the token in every form that changes something."""
    omgeving.get_template(naam)
    tekst = (PORTAAL / naam).read_text(encoding="utf-8")
    assert re.findall(r"<style|\sstyle=|<script(?![^>]*src=)|\son[a-z]+=|hx-on|\bjs:|\|\s*safe\b", tekst) == []
    for formulier in re.findall(r'<form[^>]*method="post".*?</form>', tekst, re.DOTALL):
        # Who logs in has no session yet of which the form could carry the token.
        assert any(bewijs in formulier for bewijs in ("verstuur(bezoeker)", 'name="csrf"', 'action="/portaal/inloggen"'))


def test_what_is_built_is_built_from_what_is_here(tmp_path: Path) -> None:
    stijl = install(STIJL)
    subprocess.run([NODE, stijl / "bouw.mjs", tmp_path], check=True, capture_output=True)
    gebouwd = sorted(pad.name for pad in tmp_path.iterdir())
    assert filecmp.cmp(stijl / "node_modules" / "axe-core" / "axe.min.js", WORTEL / "tests" / "browser" / "axe" / "axe.min.js")
    assert filecmp.cmpfiles(MAP, tmp_path, gebouwd, shallow=False) == (gebouwd, [], []), "draai: make stijl"


def test_the_lock_of_the_style_names_no_place_where_packages_come_from() -> None:
    assert "resolved" not in (STIJL / "package-lock.json").read_text(encoding="utf-8")
