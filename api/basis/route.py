"""What holds for every operation, whatever it does: unknown input is refused by name, and a form that it cannot give is told so.

An operation is reached only when all of it is right: first the key (401, 403), then its own values and the names around them (400).
"""

import functools
import inspect
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from api.basis.accept import choose, raise_unless_served
from api.basis.inhoud import Aanroep
from api.basis.namen import find_unknown
from api.basis.problemen import raise_unless_known
from berichten.fouten import Invoerfout

_JSON = "application/json"
_VERZOEK = "_verzoek"
"""Name by which an endpoint that does not ask for the request gets it."""
_LEEG = 2
"""Bytes of a body that says nothing: `{}`."""


class Route(APIRoute):
    """An operation behind the checks of this file."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **kwargs: Any) -> None:
        super().__init__(path, _guard(endpoint), **kwargs)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The framework's, with our way of reading a body."""
        volgende = super().get_route_handler()

        async def handle(request: Request) -> Response:
            return await volgende(Aanroep(request.scope, request.receive))

        return handle

    @property
    def vormen(self) -> tuple[str, ...]:
        """Media types of what it answers when all goes well."""
        genoemd = [soort for status, item in self.responses.items() if str(status) < "300" for soort in item.get("content", {})]
        return tuple(genoemd) if isinstance(self.response_class, type) else (_JSON, *genoemd)

    @property
    def neemt_inhoud(self) -> bool:
        """Whether a request has a body."""
        return self.body_field is not None or "requestBody" in (self.openapi_extra or {})


class Router(APIRouter):
    """The router of every resource here."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(route_class=Route, **kwargs)


def _guard(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """The endpoint, reached only when nothing of the request is unknown; the framework hands it the request besides its values."""
    eigen = inspect.signature(endpoint)
    # The framework fills in one request; an endpoint that takes it itself goes on getting it.
    naam = next((item.name for item in eigen.parameters.values() if item.annotation is Request), None)
    extra = [] if naam else [inspect.Parameter(_VERZOEK, inspect.Parameter.KEYWORD_ONLY, annotation=Request)]

    def check(waarden: dict[str, Any]) -> dict[str, Any]:
        _check(waarden[naam] if naam else waarden.pop(_VERZOEK))
        return waarden

    @functools.wraps(endpoint)
    async def guarded_async(**waarden: Any) -> Any:
        return await endpoint(**check(waarden))

    @functools.wraps(endpoint)
    def guarded(**waarden: Any) -> Any:
        return endpoint(**check(waarden))

    bewaakt = guarded_async if inspect.iscoroutinefunction(endpoint) else guarded
    vars(bewaakt)["__signature__"] = eigen.replace(parameters=[*eigen.parameters.values(), *extra])
    return bewaakt


def _check(request: Request) -> None:
    route: Route = request.scope["route"]
    raise_unless_known(find_unknown(request) + _unasked_body(route, request))
    raise_unless_served(choose(request.headers.get("accept"), route.vormen), route.vormen)


def _unasked_body(route: Route, request: Request) -> list[Invoerfout]:
    """A body where none is read would be passed over with everything in it."""
    omvang = request.headers.get("content-length", "0")
    vol = "transfer-encoding" in request.headers or (omvang.isdecimal() and int(omvang) > _LEEG)
    if route.neemt_inhoud or not vol:
        return []
    return [Invoerfout("body", "VERZOEK", "Dit verzoek heeft geen inhoud. Stuur het zonder body.")]
