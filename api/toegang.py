"""Who calls: the holder of the API key, and what of the database that caller may see."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.types import Scope

from api.problemen import Probleem
from berichten.opslag.sleutels import Sleutelhouder, find_sleutelhouder
from berichten.opslag.verbinding import Toegang
from berichten.processen.werkplaats import Werkplaats

_bearer = HTTPBearer(auto_error=False, description="API-sleutel van de gemeente")
_ROL_TEKST = "Uw sleutel heeft de rol '{rol}'. Hiervoor is een van deze rollen nodig: {nodig}."


def get_werkplaats(request: Request) -> Werkplaats:
    """The parts that the use cases work with."""
    werkplaats: Werkplaats = request.app.state.werkplaats
    return werkplaats


def get_houder(
    request: Request,
    werkplaats: Annotated[Werkplaats, Depends(get_werkplaats)],
    bewijs: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Sleutelhouder:
    """The holder of the key in the Authorization header; 401 without a key that works."""
    houder: Sleutelhouder | None = getattr(request.state, "houder", None)
    return houder or identify(werkplaats, bewijs)


async def identify_first(scope: Scope) -> None:
    """Who sends a body is looked at before any of it is read; who it is then stands with the request. Raises as `get_houder`."""
    request = Request(scope)
    bewijs = await _bearer(request)
    request.state.houder = await run_in_threadpool(identify, get_werkplaats(request), bewijs)


def identify(werkplaats: Werkplaats, bewijs: HTTPAuthorizationCredentials | None) -> Sleutelhouder:
    """The holder of a key; 401 without a key that works."""
    if bewijs is None:
        raise Probleem(
            401, "Stuur uw API-sleutel mee in de header 'Authorization: Bearer …'. U krijgt een sleutel van de gemeente."
        )
    with werkplaats.opslag.transaction() as verbinding:
        houder = find_sleutelhouder(verbinding, bewijs.credentials)
    if houder is None:
        raise Probleem(401, "Deze API-sleutel is niet bekend of is ingetrokken. Vraag de gemeente om een nieuwe.")
    return houder


Houder = Annotated[Sleutelhouder, Depends(get_houder)]
Plaats = Annotated[Werkplaats, Depends(get_werkplaats)]


def require(*rollen: str) -> Callable[[Sleutelhouder], Sleutelhouder]:
    """A dependency that lets only these roles through; 403 for others."""

    def check(houder: Houder) -> Sleutelhouder:
        if houder.rol not in rollen:
            raise Probleem(403, _ROL_TEKST.format(rol=houder.rol, nodig=", ".join(rollen)))
        return houder

    return check


def view_of(houder: Sleutelhouder) -> Toegang:
    """What the caller may see: an aanbieder its own rows, staff those of their gemeente."""
    return Toegang(houder.gemeente, houder.agb)
