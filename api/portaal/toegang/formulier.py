"""A form that comes in, from a page of ours and from nowhere else: as the browser says, and a token in it proves."""

import hmac
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.datastructures import FormData

from api.basis.problemen import Probleem
from api.basis.weigeringen import note_reason
from api.deur.gevraagd import read_gevraagd
from api.deur.toegang import Plaats
from api.portaal.toegang.bezoeker import Ingelogd
from berichten.processen.basis.geweigerd import log_geweigerd

VELD = "csrf"
KOP = "X-CSRF-Token"
"""Where a script puts the token, when it sends something else than the form."""
_ELDERS = "Dit formulier kwam niet van een pagina van het portaal. Open de pagina opnieuw en verstuur het formulier van daar."


def raise_unless_own_page(request: Request) -> None:
    """403 for a form that stood on a page of another site, or of which the browser does not say where it stood."""
    if not is_own_page(request):
        note_reason(request.state, "vreemde_pagina")
        raise Probleem(403, _ELDERS)


def is_own_page(request: Request) -> bool:
    """Whether the browser says that the form stood on a page of ours."""
    waar = request.headers.get("sec-fetch-site")
    if waar is not None:
        return waar == "same-origin"
    return urlsplit(request.headers.get("origin", "")).netloc == request.headers.get("host", "")


async def read_formulier(request: Request, bezoeker: Ingelogd, werkplaats: Plaats) -> FormData:
    """The fields of a form of who is logged in; 403 for one that was not made for this session."""
    raise_unless_own_page(request)
    velden = await request.form()
    bewijs = request.headers.get(KOP) or velden.get(VELD) or ""
    if not isinstance(bewijs, str) or not hmac.compare_digest(bewijs.encode(), bezoeker.csrf.encode()):
        note_reason(request.state, "csrf")
        log_geweigerd(werkplaats, bezoeker.houder, "csrf", read_gevraagd(request))
        raise Probleem(403, _ELDERS)
    return velden


Formulier = Annotated[FormData, Depends(read_formulier)]
