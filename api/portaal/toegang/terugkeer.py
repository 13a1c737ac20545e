"""Who is not logged in is asked to, and comes back to the page that was asked for, with what was typed when the session ended."""

import hmac
import re
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from api.deur.koppen import PORTAAL
from api.deur.toegang import read_herkomst
from api.portaal.toegang.bezoeker import INLOGGEN, WACHTWOORD, GeenEigenWachtwoord, GeenSessie, csrf_of
from api.portaal.toegang.formulier import VELD, is_own_page
from api.portaal.toegang.koekje import read_koekje
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.formulierconcept import keep_concept
from berichten.processen.toegang.volg_sessie import as_houder, recognise_verlopen


class _Typwerk(NamedTuple):
    """A form in which somebody types what is not to be lost."""

    adres: re.Pattern[str]
    """Where it is sent."""
    pagina: str
    """The page on which it is shown again."""
    velden: tuple[str, ...]
    """What of it is kept."""


_TYPWERK = (
    _Typwerk(
        re.compile(r"(/prestaties/[0-9]+)/(?:besluit|opmerkingen)"), r"\1", ("keuze", "retourcode", "motivering", "opmerking")
    ),
    _Typwerk(re.compile(r"(/verzoeken/[0-9a-f-]{36})/besluit"), r"\1", ("keuze", "reden", "gemeente", "motivering")),
    _Typwerk(
        re.compile(r"/werkvoorraad/(?:besluiten|bevestigen)"),
        "/werkvoorraad/bevestigen",
        ("prestatie", "alles", "keuze", "retourcode", "motivering"),
    ),
)


def install_page_handlers(app: FastAPI) -> None:
    """Who is not logged in is asked to."""

    @app.exception_handler(GeenSessie)
    async def _geen_sessie(request: Request, fout: GeenSessie) -> Response:
        werk = _find_typwerk(request)
        if werk is not None and is_own_page(request):
            await run_in_threadpool(_keep, request, request.app.state.werkplaats, await request.form(), werk)
        return RedirectResponse(f"{INLOGGEN}?{urlencode({'naar': _page_of(request, werk)})}", 303)

    @app.exception_handler(GeenEigenWachtwoord)
    async def _geen_eigen_wachtwoord(request: Request, fout: GeenEigenWachtwoord) -> Response:
        return RedirectResponse(f"{WACHTWOORD}?{urlencode({'naar': _page_of(request, _find_typwerk(request))})}", 303)


def _find_typwerk(request: Request) -> tuple[str, tuple[str, ...]] | None:
    """Page and fields of a form whose text is kept."""
    pad = request.url.path.removeprefix(PORTAAL)
    gevonden = ((item, item.adres.fullmatch(pad)) for item in _TYPWERK if request.method == "POST")
    return next(((vorm.expand(item.pagina), item.velden) for item, vorm in gevonden if vorm), None)


def _keep(request: Request, werkplaats: Werkplaats, formulier: FormData, werk: tuple[str, tuple[str, ...]]) -> None:
    """Only what comes from a form that was made for the session that is over: anything else is nobody's."""
    sessie, bewijs = recognise_verlopen(werkplaats, read_koekje(request)), formulier.get(VELD)
    if sessie is None or not isinstance(bewijs, str) or not hmac.compare_digest(bewijs.encode(), csrf_of(sessie).encode()):
        return
    pagina, velden = werk
    getypt = [(naam, waarde) for naam, waarde in formulier.multi_items() if naam in velden and isinstance(waarde, str)]
    keep_concept(werkplaats, as_houder(sessie, read_herkomst(request)), pagina, getypt)


def _page_of(request: Request, werk: tuple[str, tuple[str, ...]] | None) -> str:
    """The page that somebody was on: of a form that on which it stood, as far as the browser says so."""
    if werk is not None:
        return f"{PORTAAL}{werk[0]}?{request.url.query}".rstrip("?")
    if request.method == "GET":
        return f"{request.url.path}?{request.url.query}".rstrip("?")
    waar = urlsplit(request.headers.get("referer", ""))
    eigen = waar.netloc == request.headers.get("host") and waar.path.startswith(f"{PORTAAL}/") and waar.path != INLOGGEN
    return f"{waar.path}?{waar.query}".rstrip("?") if eigen else PORTAAL
