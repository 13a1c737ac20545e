"""No page shows anything of another: each is opened by every role, asked for what is another's, and its links are followed."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import httpx
import pytest

from api.portaal.schil.adres import BASIS
from tests.conftest import Vertel
from tests.hulp.api.paginas import Bladvraag, list_addresses, list_page_questions
from tests.hulp.api.partijen import Kijkt, Partijen
from tests.hulp.bezoek import Bezoek, add_persoon

NIET_GELOPEN = {
    "/codes/{code}": "what a code means: the same for everybody",
    "/statisch/{naam}": "style, script and fonts: the same for everybody",
}
"""Addresses that the walk passes by, and why."""
PAGINAS = [adres for adres in list_addresses() if adres.pad.startswith(BASIS) and adres.pad.removeprefix(BASIS) not in NIET_GELOPEN]
MEESTE_LINKS = 25
"""Pages that are opened by following links, for one who looks."""
_LINK = re.compile(rf'href="({BASIS}/[^"#]*)"')
_EURO = re.compile(r"(?:€\s?|[>;])(-?[\d.]+),(\d\d)(?=[<\s;])")
"""An amount in a sentence, in a cell of a table of amounts, or in a file."""


@pytest.mark.timeout(1200)
def test_no_page_shows_anything_of_another(allen: Partijen, vertel: Vertel) -> None:
    fout, aantal, gevuld = [], 0, 0
    for nummer, kijker in enumerate(item for item in allen.kijkers if not item.namens):
        with log_in(allen, kijker, f"kijker{nummer}@voorbeeld.nl") as bezoek:
            for vraag, antwoord in walk_pages(allen, kijker, bezoek):
                aantal += 1
                gevuld += any(partij.merk in antwoord.text for partij in allen.partijen if kijker.may_see(partij))
                vreemd = [mis for mis in find_strange(allen, kijker, antwoord.text) if mis not in f"{vraag} {antwoord.url}"]
                if vreemd or antwoord.status_code >= 500:
                    fout.append((kijker.naam, vraag, antwoord.status_code, vreemd))
    vertel(f"Isolation of pages: {len(PAGINAS)} addresses, {aantal} pages opened by {nummer + 1} who look")
    assert fout == []
    assert gevuld > nummer


def log_in(allen: Partijen, kijker: Kijkt, inlognaam: str) -> Bezoek:
    add_persoon(allen.loket.werkplaats, inlognaam, kijker.rol, agb=kijker.agb, gemeente=kijker.gemeente)
    bezoek = Bezoek(allen.loket.dienst.adres)
    assert bezoek.log_in(inlognaam).status_code == 303
    return bezoek


def walk_pages(allen: Partijen, kijker: Kijkt, bezoek: Bezoek) -> Iterator[tuple[Bladvraag, httpx.Response]]:
    """Every page about one party of its own, one beside it and one elsewhere; then what is linked there."""
    eigen = [partij for partij in allen.partijen if kijker.may_see(partij)]
    vreemd = [partij for partij in allen.partijen if not kijker.may_see(partij)]
    links: dict[str, None] = {}
    for partij in (*eigen[:1], vreemd[0], vreemd[-1]):
        for item in PAGINAS:
            for vraag in list_page_questions(item, partij.kent):
                antwoord = open_page(bezoek, vraag)
                if antwoord.status_code == 403 and not vraag.query and vraag.methode == "GET":
                    # Not for this role, whatever is asked of it.
                    yield vraag, antwoord
                    break
                links |= dict.fromkeys(_LINK.findall(antwoord.text))
                yield vraag, antwoord
    for link in list(links)[:MEESTE_LINKS]:
        vraag = Bladvraag("GET", link.replace("&amp;", "&"))
        yield vraag, open_page(bezoek, vraag)


def open_page(bezoek: Bezoek, vraag: Bladvraag) -> httpx.Response:
    """The page where one ends up."""
    if vraag.methode == "POST":
        antwoord = bezoek.post(vraag.pad, None, **dict(vraag.velden))
    else:
        antwoord = bezoek.get(f"{vraag.pad}?{urlencode(vraag.query)}" if vraag.query else vraag.pad)
    for _ in range(3):
        if antwoord.has_redirect_location:
            antwoord = bezoek.get(antwoord.headers["Location"])
    return antwoord


def find_strange(allen: Partijen, kijker: Kijkt, tekst: str) -> list[str]:
    vreemd = [spoor for partij in allen.partijen if not kijker.may_see(partij) for spoor in partij.sporen if spoor in tekst]
    centen = [int(euro.replace(".", "") + cent) for euro, cent in _EURO.findall(tekst)]
    return vreemd + [f"{bedrag} cent" for bedrag in centen if bedrag % kijker.factor]
