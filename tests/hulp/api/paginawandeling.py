"""A walk past the portal's pages as a person who is logged in."""

import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlencode

import httpx

from api.portaal.schil.adres import BASIS
from berichten.kern.rechten import LOKAAL_TEAM
from tests.hulp.api.paginas import ZOEKVELD, Bladvraag, list_addresses, list_page_questions
from tests.hulp.api.partijen import Kijkt, Partij, Partijen
from tests.hulp.bezoek import Bezoek, add_persoon

NIET_GELOPEN = {
    "/codes/{code}": "what a code means: the same for everybody",
    "/hulp/beeld/{naam}": "a picture of the user docs: the same for everybody",
    "/statisch/{naam}": "style, script and fonts: the same for everybody",
}
"""Addresses that the walk passes by, and why."""
PAGINAS = [adres for adres in list_addresses() if adres.pad.startswith(BASIS) and adres.pad.removeprefix(BASIS) not in NIET_GELOPEN]

MEESTE_LINKS = 25
"""Pages that are opened by following links, for one who looks."""
_LINK = re.compile(rf'href="({BASIS}/(?!codes/|statisch/)[^"#]*)"')
"""Not to what the walk passes by."""


def log_in(allen: Partijen, kijker: Kijkt, inlognaam: str) -> Bezoek:
    """A browser in which a person with the role of this one is logged in."""
    naam = f"Lokaal team {kijker.gemeente}" if kijker.rol == LOKAAL_TEAM else ""
    add_persoon(allen.loket.werkplaats, inlognaam, kijker.rol, agb=kijker.agb, gemeente=kijker.gemeente, naam=naam)
    bezoek = Bezoek(allen.loket.dienst.adres)
    assert bezoek.log_in(inlognaam).status_code == 303
    return bezoek


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


def walk_pages(
    partijen: Iterable[Partij], look: Callable[[Bladvraag], httpx.Response]
) -> Iterator[tuple[Bladvraag, httpx.Response]]:
    """Every page about each of these, as `look` opens it; then what is linked there. What is the same question is asked once:
    parties have most of their numbers and codes in common."""
    links: dict[str, None] = {}
    gevraagd: set[Bladvraag] = set()
    zonder_zoekveld: set[str] = set()
    for partij in partijen:
        for item in PAGINAS:
            for vraag in list_page_questions(item, partij.kent):
                if vraag in gevraagd or (vraag.pad in zonder_zoekveld and ZOEKVELD in dict(vraag.query)):
                    continue
                gevraagd.add(vraag)
                antwoord = look(vraag)
                yield vraag, antwoord
                if antwoord.status_code == 403 and not vraag.query and vraag.methode == "GET":
                    # Not for this role, whatever is asked of it.
                    break
                if "<html" in antwoord.text and f'name="{ZOEKVELD}"' not in antwoord.text.partition("<main")[2]:
                    # It does nothing with what is typed there; of a file that is not seen.
                    zonder_zoekveld.add(vraag.pad)
                links |= dict.fromkeys(_LINK.findall(antwoord.text))
    for link in list(links)[:MEESTE_LINKS]:
        vraag = Bladvraag("GET", link.replace("&amp;", "&"))
        yield vraag, look(vraag)
