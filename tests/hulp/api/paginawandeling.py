"""A walk past the portal's pages as a person who is logged in."""

import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlencode

import httpx

from api.portaal.schil.adres import BASIS
from berichten.kern.rechten import LOKAAL_TEAM
from tests.hulp.api.paginas import ZEVEN, ZOEKVELD, Adres, Bladvraag, list_addresses, list_page_questions
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
    partijen: Iterable[Partij], look: Callable[[Bladvraag], httpx.Response], *, ieder: bool = False
) -> Iterator[tuple[Bladvraag, httpx.Response]]:
    """Every page about each of these, as `look` opens it; then what is linked there. What is the same question is asked once:
    parties have most of their numbers and codes in common. With `ieder` a page is also narrowed by what it does not speak of, and
    who was refused it for one asks it for each."""
    links: dict[str, None] = {}
    gevraagd: set[Bladvraag] = set()
    kent_niet: dict[str, set[str]] = {}
    niet_voor_mij: set[Adres] = set()
    for partij in partijen:
        for item in PAGINAS:
            if item in niet_voor_mij:
                continue
            for vraag in list_page_questions(item, partij.kent):
                if vraag in gevraagd or kent_niet.get(vraag.pad, set()) & dict(vraag.query).keys():
                    continue
                gevraagd.add(vraag)
                antwoord = look(vraag)
                yield vraag, antwoord
                if antwoord.status_code == 403 and not vraag.query and vraag.methode == "GET":
                    # Not for this role, whatever is asked of it and of whom.
                    if not ieder:
                        niet_voor_mij.add(item)
                    break
                if "<html" in antwoord.text and antwoord.status_code in (200, 404) and not vraag.query:
                    kent_niet[vraag.pad] = _list_unknown(antwoord.text.partition("<main")[2], ieder)
                links |= dict.fromkeys(_LINK.findall(antwoord.text))
    for link in list(links)[:MEESTE_LINKS]:
        vraag = Bladvraag("GET", link.replace("&amp;", "&"))
        yield vraag, look(vraag)


def _list_unknown(blad: str, ieder: bool) -> set[str]:
    """Fields of which a page speaks in no form and in no address: it does nothing with them. Of a file that is not seen."""
    weg = {ZOEKVELD} if f'name="{ZOEKVELD}"' not in blad else set()
    return weg if ieder else weg | {naam for naam in ZEVEN if f'name="{naam}"' not in blad and f"{naam}=" not in blad}
