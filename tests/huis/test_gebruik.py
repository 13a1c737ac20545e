"""The user docs say what is there: every row of the menu has its part, every name in bold and every picture is there."""

import re
import tomllib

import pytest

from api.portaal.hulp.gebruiksbladen import find_beeld, find_docs, list_gebruiksbladen
from api.portaal.schil.navigatie import MENU, ROLNAMEN, anchor_of, help_of, menu_of
from api.portaal.schil.sjablonen import list_templates
from tests.huis.test_portaal import PORTAAL, WORTEL

BLADEN = {blad: (find_docs() / "gebruik" / f"{blad}.md").read_text(encoding="utf-8") for blad in list_gebruiksbladen()}
OP_HET_SCHERM = " ".join(
    [*((PORTAAL / naam).read_text(encoding="utf-8") for naam in list_templates())]
    + [pad.read_text(encoding="utf-8") for pad in PORTAAL.rglob("*.py")]
)


@pytest.mark.parametrize("rol", [rol for rol in ROLNAMEN if menu_of(rol)])
def test_every_row_of_the_menu_has_its_part_in_the_docs_of_the_role(rol: str) -> None:
    blad = help_of(rol, None).rpartition("/")[2]
    inhoud = list_gebruiksbladen()[blad].inhoud
    assert [punt.titel for punt in menu_of(rol) if f'<h2 id="{anchor_of(punt.titel)}">' not in inhoud] == []


@pytest.mark.parametrize("blad", BLADEN)
def test_what_is_named_in_bold_stands_on_a_page(blad: str) -> None:
    namen = set(re.findall(r"\*\*([^*]+)\*\*", BLADEN[blad]))
    gezien = [f'"{naam}"' in OP_HET_SCHERM or f">{naam}<" in OP_HET_SCHERM for naam in sorted(namen)]
    assert [naam for naam, daar in zip(sorted(namen), gezien, strict=True) if not daar] == []


@pytest.mark.parametrize("blad", BLADEN)
def test_every_picture_and_page_that_is_pointed_at_is_there(blad: str) -> None:
    """And none needs anything from outside."""
    inhoud = str(list_gebruiksbladen()[blad].inhoud)
    beelden = re.findall(r'src="/portaal/hulp/beeld/([^"]+)"', inhoud)
    assert [naam for naam in beelden if find_beeld(naam) is None] == []
    assert len(beelden) == inhoud.count("<img")
    assert set(re.findall(r'href="([^"]+)"', inhoud)) <= {f"/portaal/hulp/{naam}" for naam in BLADEN}


def test_the_docs_come_with_the_package() -> None:
    mee = tomllib.loads((WORTEL / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert {naam: mee["force-include"][f"docs/{naam}"] for naam in ("gebruik", "beeld")} == {
        "gebruik": "berichten/_docs/gebruik", "beeld": "berichten/_docs/beeld",
    }  # fmt: skip
    assert {rol for punt in MENU for rol in punt.rollen} <= ROLNAMEN.keys()
