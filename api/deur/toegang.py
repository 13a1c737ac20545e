"""Who calls: the holder of an API key, token or certificate, and in which roles that holder may."""

import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.types import Scope

from api.basis.problemen import Probleem
from api.basis.weigeringen import note_reason
from api.deur.certificaat import read_certificaat
from api.deur.gevraagd import read_gevraagd
from api.deur.namens import NAMENS, as_mandated
from api.deur.pogingen import Pogingen
from api.deur.tempo import Tempo
from berichten.kern.houder import Herkomst, Sleutelfout, Sleutelhouder
from berichten.kern.rechten import ZIEN_BERICHTEN, ZIEN_BSN, ZIEN_CLIENTEN
from berichten.processen.basis.geweigerd import Gevraagd, log_geweigerd
from berichten.processen.basis.herken_certificaat import recognise_certificaat
from berichten.processen.basis.machtiging import asks_provider, recognise
from berichten.processen.basis.werkplaats import Werkplaats

_TRACEPARENT = re.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
bearer = HTTPBearer(auto_error=False, description="API-sleutel van de gemeente, of een token van haar OpenID-aanbieder")
_ROL_TEKST = "Uw sleutel heeft de rol '{rol}'. Hiervoor is een van deze rollen nodig: {nodig}."
_GEEN_SYSTEEM = (
    "Besluiten en betalen doen personen, en geen systemen. Laat een medewerker dit met een eigen sleutel of in het portaal doen."
)
_GEEN = "Stuur uw API-sleutel mee in de header 'Authorization: Bearer …'. U krijgt een sleutel van de gemeente."
_NIET = {
    Sleutelfout.ONBEKEND: "Deze API-sleutel is niet bekend of is ingetrokken. Vraag de gemeente om een nieuwe.",
    Sleutelfout.VERLOPEN: "Deze API-sleutel is verlopen. Vraag de gemeente om een nieuwe en stel die in bij uw software.",
    Sleutelfout.JWT: "Dit token werkt hier niet (meer). Vraag een nieuw token aan bij uw OpenID-aanbieder; helpt dat niet,"
    " vraag dan de gemeente of uw systeem is aangemeld.",
    Sleutelfout.UITGEVER: "Wij kunnen dit token nu niet nakijken, omdat de OpenID-aanbieder niet antwoordt. Probeer het over"
    " een minuut opnieuw.",
    Sleutelfout.CERTIFICAAT: "Dit certificaat werkt hier niet (meer). Controleer tot wanneer het geldig is, en vraag de gemeente"
    " of uw systeem ermee is aangemeld.",
}
_TE_VEEL = (
    "Vanaf uw adres kwamen te veel sleutels die niet werken. Wacht {seconden} seconden en controleer de sleutel voordat u het"
    " opnieuw probeert."
)


async def get_werkplaats(request: Request) -> Werkplaats:
    """The parts that the use cases work with. Async, as all that every request asks: a thread would cost more."""
    werkplaats: Werkplaats = request.app.state.werkplaats
    return werkplaats


async def get_houder(
    request: Request,
    werkplaats: Annotated[Werkplaats, Depends(get_werkplaats)],
    bewijs: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
    namens: Annotated[str | None, Header(alias="Namens", pattern="^[0-9]{8}$", description=NAMENS, examples=["42420002"])] = None,
) -> Sleutelhouder:
    """The holder of the key in the Authorization header, as the aanbieder of `Namens`.

    401 without a key that works, 429 after too many of those, 403 without a mandate.
    """
    houder: Sleutelhouder | None = getattr(request.state, "houder", None)
    if houder is None:
        houder = request.state.houder = await identify(request, werkplaats, bewijs)
    houder = replace(houder, herkomst=read_herkomst(request))
    return houder if namens is None else await run_in_threadpool(as_mandated, werkplaats, houder, namens)


def read_herkomst(request: Request) -> Herkomst:
    """Operation as the description of the API names it, address and trace of a request, for the access log."""
    spoor = _TRACEPARENT.fullmatch(request.headers.get("traceparent", ""))
    adres = request.client.host if request.client else ""
    # A page stands under the address of the portal, which is not part of its route.
    basis = request.scope.get("root_path", "")
    # Who sends a body is looked at before its address is.
    route = request.scope.get("route")
    return Herkomst(f"{request.method} {basis}{route.path_format if route else ''}".strip(), adres, spoor[1] if spoor else "")


async def identify_first(scope: Scope) -> None:
    """Who sends a body is looked at before any of it is read; who it is then stands with the request. Raises as `get_houder`."""
    request = Request(scope)
    bewijs = await bearer(request)
    request.state.houder = await identify(request, await get_werkplaats(request), bewijs)


async def identify(request: Request, werkplaats: Werkplaats, bewijs: HTTPAuthorizationCredentials | None) -> Sleutelhouder:
    """The holder of a key or certificate; 401 without one that works, and 429 for who has tried too many."""
    certificaat = read_certificaat(request, werkplaats.instellingen, bewijs is not None)
    getoond = certificaat if bewijs is None else bewijs.credentials
    if getoond is None:
        note_reason(request.state, "geen_sleutel")
        raise Probleem(401, _GEEN)
    pogingen: Pogingen = request.app.state.pogingen
    adres, nu = request.client.host if request.client else "", time.monotonic()
    wachten = pogingen.wait_seconds(adres, getoond, nu)
    if wachten:
        note_reason(request.state, "te_veel_sleutels")
        raise Probleem(429, _TE_VEEL.format(seconden=wachten), headers={"Retry-After": str(wachten)})
    if certificaat is not None:
        houder = await run_in_threadpool(recognise_certificaat, werkplaats, getoond)
    elif asks_provider(werkplaats, getoond):
        houder = await run_in_threadpool(recognise, werkplaats, getoond)
    else:
        houder = await request.app.state.sleutels.do(getoond)
    if houder is Sleutelfout.UITGEVER:
        raise Probleem(503, _NIET[houder], headers={"Retry-After": "60"})
    if isinstance(houder, Sleutelfout):
        pogingen.note_wrong(adres, nu)
        if houder is Sleutelfout.VERLOPEN:
            # Whose it was is known, so it is told to that gemeente.
            gemeente, sleutel_id = getoond.split(".")[:2]
            eigenaar = Sleutelhouder(gemeente, sleutel_id, "", None, herkomst=read_herkomst(request))
            await run_in_threadpool(log_geweigerd, werkplaats, eigenaar, houder.value, Gevraagd("sleutel", sleutel_id))
        note_reason(request.state, houder.value)
        raise Probleem(401, _NIET[houder])
    pogingen.note_right(adres, getoond)
    await count_request(request, houder)
    return houder


async def count_request(request: Request, houder: Sleutelhouder) -> None:
    """One request with this key more; 429 for one too many. Who it is stands in the log."""
    request.state.houder = houder
    tempo: Tempo = request.app.state.tempo
    wie = f"{houder.gemeente} {houder.sleutel_id}"
    try:
        if tempo.asks_others:
            await run_in_threadpool(tempo.check_sleutel, wie)
        else:
            tempo.check_sleutel(wie)
    except Probleem:
        note_reason(request.state, "te_snel")
        raise


Beller = Annotated[Sleutelhouder, Depends(get_houder)]
"""Whoever calls, in any role: for what is nobody's, such as rules and code lists."""
Plaats = Annotated[Werkplaats, Depends(get_werkplaats)]


def require(*rollen: str, mens: bool = False) -> Callable[[Request, Sleutelhouder, Werkplaats], Awaitable[Sleutelhouder]]:
    """A dependency that lets only these roles through, and with `mens` no system; 403 for others."""

    async def check(request: Request, houder: Beller, werkplaats: Plaats) -> Sleutelhouder:
        if houder.rol not in rollen:
            note_reason(request.state, "rol")
            await run_in_threadpool(log_geweigerd, werkplaats, houder, "rol", read_gevraagd(request))
            raise Probleem(403, _ROL_TEKST.format(rol=houder.rol, nodig=", ".join(rollen)))
        if mens and houder.systeem:
            note_reason(request.state, "systeem")
            await run_in_threadpool(log_geweigerd, werkplaats, houder, "systeem", read_gevraagd(request))
            raise Probleem(403, _GEEN_SYSTEEM)
        return houder

    return check


Clientkijker = Annotated[Sleutelhouder, Depends(require(*ZIEN_CLIENTEN))]
"""Who may see lines and allocations of clients."""
Bsnkijker = Annotated[Sleutelhouder, Depends(require(*ZIEN_BSN))]
"""Who may see a Bsn, and ask by one."""
Houder = Annotated[Sleutelhouder, Depends(require(*ZIEN_BERICHTEN))]
"""Roles that see messages; who has figures only (`controle`, `regio`) is none of them, nor `privacy`."""
