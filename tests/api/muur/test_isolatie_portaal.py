"""No page shows anything of another: each is opened by every role, asked for what is another's, and its links are followed."""

import re
from functools import partial

import pytest

from tests.conftest import Vertel
from tests.hulp.api.paginawandeling import PAGINAS, log_in, open_page, walk_pages
from tests.hulp.api.partijen import Kijkt, Partij, Partijen, choose_kijkers

_EURO = re.compile(r"(?:€\s?|[>;])(-?[\d.]+),(\d\d)(?=[<\s;])")
"""An amount in a sentence, in a cell of a table of amounts, or in a file."""
_GEREKEND = re.compile(r"<h3>Verplichting</h3><p>.*?</p>", re.DOTALL)
"""What is left of an allocation is reckoned by day: no multiple of anything."""
_VAN_NIEMAND = ("/portaal/instellingen",)
"""Limits are amounts, the same for every gemeente that set none."""


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("ieder", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_no_page_shows_anything_of_another(allen: Partijen, vertel: Vertel, ieder: bool) -> None:
    """By every aanbieder and every role, of one gemeente or the other; of both with `make soak`."""
    fout, aantal, gevuld = [], 0, 0
    kijkers = [item for item in allen.kijkers if not item.namens]
    for nummer, kijker in enumerate(kijkers if ieder else choose_kijkers(kijkers)):
        with log_in(allen, kijker, f"kijker{nummer}@voorbeeld.nl") as bezoek:
            for vraag, antwoord in walk_pages(choose_partijen(allen, kijker), partial(open_page, bezoek)):
                aantal += 1
                gevuld += any(partij.merk in antwoord.text for partij in allen.partijen if kijker.may_see(partij))
                tekst = "" if vraag.pad in _VAN_NIEMAND else antwoord.text
                vreemd = [mis for mis in find_strange(allen, kijker, tekst) if mis not in f"{vraag} {antwoord.url}"]
                if vreemd or antwoord.status_code >= 500:
                    fout.append((kijker.naam, vraag, antwoord.status_code, vreemd))
    vertel(f"Isolation of pages: {len(PAGINAS)} addresses, {aantal} pages opened by {nummer + 1} who look")
    assert fout == []
    assert gevuld > nummer


def choose_partijen(allen: Partijen, kijker: Kijkt) -> tuple[Partij, ...]:
    """One of its own, and one beside it or one elsewhere, in turn."""
    eigen = [partij for partij in allen.partijen if kijker.may_see(partij)]
    vreemd = [partij for partij in allen.partijen if not kijker.may_see(partij)]
    return (*eigen[:1], vreemd[-(allen.kijkers.index(kijker) % 2)])


def find_strange(allen: Partijen, kijker: Kijkt, tekst: str) -> list[str]:
    vreemd = [spoor for partij in allen.partijen if not kijker.may_see(partij) for spoor in partij.sporen if spoor in tekst]
    centen = [int(euro.replace(".", "") + cent) for euro, cent in _EURO.findall(_GEREKEND.sub("", tekst))]
    return vreemd + [f"{bedrag} cent" for bedrag in centen if bedrag % kijker.factor]
