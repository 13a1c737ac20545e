"""What the front page and the recipes promise is there."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.hulp.leesmij import LEESMIJ, WORTEL, as_table, with_table

PAGINAS = sorted({LEESMIJ, WORTEL / "CONTRIBUTING.md", WORTEL / "SECURITY.md", *(WORTEL / "docs").rglob("*.md")})


def test_the_table_of_settings_is_current() -> None:
    tekst = LEESMIJ.read_text(encoding="utf-8")
    assert as_table().count("\n") > 15
    assert tekst == with_table(tekst), "draai: .venv/bin/python -m tests.hulp.leesmij"


@pytest.mark.parametrize("pagina", PAGINAS, ids=lambda pad: str(pad.relative_to(WORTEL)))
def test_a_page_points_to_nothing_that_is_not_there(pagina: Path) -> None:
    tekst = pagina.read_text(encoding="utf-8")
    verwijzingen = [doel for doel in re.findall(r"\]\(([^)#\s]+)", tekst) if "://" not in doel]
    assert [doel for doel in verwijzingen if not (pagina.parent / doel).exists()] == []


@pytest.mark.parametrize("pagina", PAGINAS, ids=lambda pad: str(pad.relative_to(WORTEL)))
def test_a_file_that_a_page_names_is_there(pagina: Path) -> None:
    """Paths with a folder in them, from the top, from the package or from the tests."""
    namen = re.findall(r"`([a-z_0-9]+(?:/[a-z_0-9]+)+/?(?:\.(?:py|yaml|md|toml))?)`", pagina.read_text(encoding="utf-8"))
    bronnen = (WORTEL, WORTEL / "src" / "berichten", WORTEL / "tests")
    ons = [naam for naam in namen if any((bron / naam.partition("/")[0]).is_dir() for bron in bronnen)]
    assert [naam for naam in ons if not any((bron / naam).exists() for bron in bronnen)] == []


def test_every_target_of_make_has_its_sentence() -> None:
    makefile = (WORTEL / "Makefile").read_text(encoding="utf-8")
    (doelen,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert set(re.findall(r"^([a-z]+):.* ## \S", makefile, re.MULTILINE)) == set(doelen.split())


def test_every_decision_is_on_the_list_and_says_what_why_and_what_follows() -> None:
    map_ = WORTEL / "docs" / "besluiten"
    lijst = (map_ / "README.md").read_text(encoding="utf-8")
    paden = sorted(map_.glob("0*.md"))
    assert [int(pad.name[:4]) for pad in paden] == list(range(1, len(paden) + 1))
    for pad in paden:
        titel, datum, *_ = (regel for regel in pad.read_text(encoding="utf-8").splitlines() if regel)
        nummer, _, naam = titel.removeprefix("# ").partition(". ")
        assert f"| {nummer} | [{naam}]({pad.name}) | {datum.partition(',')[0]} |" in lijst
        tekst = pad.read_text(encoding="utf-8")
        assert all(f"**{deel}.**" in tekst for deel in ("Why", "Decision", "What follows")), pad.name


def test_the_version_is_the_same_everywhere() -> None:
    versie = tomllib.loads((WORTEL / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert yaml.safe_load((WORTEL / "publiccode.yaml").read_text(encoding="utf-8"))["softwareVersion"] == versie
    wijzigingen = (WORTEL / "docs" / "changelog.md").read_text(encoding="utf-8")
    uitgave = yaml.safe_load((WORTEL / "publiccode.yaml").read_text(encoding="utf-8"))["releaseDate"]
    assert f"\n## {versie} ({uitgave})\n" in wijzigingen
