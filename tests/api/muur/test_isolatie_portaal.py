"""No page shows anything of another, and whom it shows is in the access log: each is opened by every role, asked for what is
another's, and its links are followed."""

import re
from dataclasses import dataclass, field
from functools import partial

import httpx
import pytest

from berichten.kern.rechten import LOKAAL_TEAM, ZIEN_CLIENTEN
from tests.conftest import Vertel
from tests.hulp.api.getoond import Vermelding, list_unlike, mention, read_clients, shown_on_page, trace, trace_of
from tests.hulp.api.paginas import Bladvraag
from tests.hulp.api.paginawandeling import PAGINAS, log_in, open_page, walk_pages
from tests.hulp.api.partijen import Kijkt, Partij, Partijen, choose_kijkers
from tests.hulp.bezoek import Bezoek

_EURO = re.compile(r"(?:€\s?|[>;])(-?[\d.]+),(\d\d)(?=[<\s;])")
"""An amount in a sentence, in a cell of a table of amounts, or in a file."""
_GEREKEND = re.compile(r"<h3>Verplichting</h3><p>.*?</p>", re.DOTALL)
"""What is left of an allocation is reckoned by day: no multiple of anything."""
_VAN_NIEMAND = ("/portaal/instellingen",)
"""Amounts there are limits, the same for every gemeente that set none."""


pytestmark = pytest.mark.timeout(1200)


@dataclass(slots=True)
class Rondgang:
    """All pages as they were opened."""

    kijkers: list[Kijkt]
    fout: list[tuple[str, Bladvraag, int, list[str]]] = field(default_factory=list)
    """What failed, or showed something of another."""
    aantal: int = 0
    gevuld: int = 0
    """Pages with something of one's own."""
    verwacht: dict[str, Vermelding] = field(default_factory=dict)
    """By trace."""


@pytest.fixture(scope="module", params=[False, pytest.param(True, marks=pytest.mark.soak)])
def rondgang(allen: Partijen, request: pytest.FixtureRequest) -> Rondgang:
    """Every page, by every aanbieder and every role, of one gemeente or the other; of both with `make soak`."""
    alle, clienten = [item for item in allen.kijkers if not item.namens], read_clients(allen)
    uit = Rondgang(alle if request.param else choose_kijkers(alle))
    for nummer, kijker in enumerate(uit.kijkers):
        with log_in(allen, kijker, f"kijker{nummer}.{request.param}@voorbeeld.nl") as bezoek:
            look = partial(look_traced, bezoek)
            for vraag, antwoord in walk_pages(choose_partijen(allen, kijker), look, ieder=request.param):
                uit.aantal += 1
                uit.gevuld += any(partij.merk in antwoord.text for partij in allen.partijen if kijker.may_see(partij))
                tekst = _EURO.sub("", antwoord.text) if vraag.pad in _VAN_NIEMAND else antwoord.text
                vreemd = [mis for mis in find_strange(allen, kijker, tekst) if mis not in f"{vraag} {antwoord.url}"]
                if vreemd or antwoord.status_code >= 500:
                    uit.fout.append((kijker.naam, vraag, antwoord.status_code, vreemd))
                gezien = shown_on_page(antwoord, kijker.gemeente, clienten)
                uit.verwacht[trace_of(antwoord)] = mention(allen, kijker, vraag, gezien)
    return uit


def look_traced(bezoek: Bezoek, vraag: Bladvraag) -> httpx.Response:
    """A page under a trace of its own, on the way to it too."""
    trace(bezoek.client.headers)
    return open_page(bezoek, vraag)


def test_no_page_shows_anything_of_another(rondgang: Rondgang, vertel: Vertel) -> None:
    wie = len(rondgang.kijkers)
    vertel(f"Isolation of pages: {len(PAGINAS)} addresses, {rondgang.aantal} pages opened by {wie} who look")
    assert rondgang.fout == []
    assert rondgang.gevuld >= wie


def test_every_page_that_shows_a_client_is_in_the_log_of_that_client_and_no_other_is(
    allen: Partijen, rondgang: Rondgang, vertel: Vertel
) -> None:
    anders = list_unlike(allen, rondgang.verwacht)
    tonend = [item for item in rondgang.verwacht.values() if item.clienten]
    paginas = {item.adres for item in tonend}
    vertel(
        f"Access log of pages: {len(rondgang.verwacht)} pages, {len(tonend)} with clients"
        f" ({len(set().union(*(item.clienten for item in tonend)))}), at {len(paginas)} addresses; otherwise: {len(anders)}"
    )
    assert anders == []
    assert {item.kijker.rol for item in tonend} == {*ZIEN_CLIENTEN, LOKAAL_TEAM}
    assert len(paginas) >= 12, sorted(paginas)


def choose_partijen(allen: Partijen, kijker: Kijkt) -> tuple[Partij, ...]:
    """One of its own, and one beside it or one elsewhere, in turn."""
    eigen = [partij for partij in allen.partijen if kijker.may_see(partij)]
    vreemd = [partij for partij in allen.partijen if not kijker.may_see(partij)]
    return (*eigen[:1], vreemd[-(allen.kijkers.index(kijker) % 2)])


def find_strange(allen: Partijen, kijker: Kijkt, tekst: str) -> list[str]:
    vreemd = [spoor for partij in allen.partijen if not kijker.may_see(partij) for spoor in partij.sporen if spoor in tekst]
    centen = [int(euro.replace(".", "") + cent) for euro, cent in _EURO.findall(_GEREKEND.sub("", tekst))]
    return vreemd + [f"{bedrag} cent" for bedrag in centen if bedrag % kijker.factor]
