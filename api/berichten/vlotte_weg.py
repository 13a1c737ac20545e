"""The short way of a small message that is sent as almost everybody does: `post_bericht`, without the framework around it.

To find out that such a request is one of the simplest there are costs FastAPI as much as all the rest of taking a message in. The
door has seen by then who sends it (`buitenlaag`). What is not as plain goes the long way, where all that can be wrong is told.
"""

from dataclasses import replace

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.basis.problemen import Probleem, answer_problem
from api.berichten.berichten import AFZENDERS, is_plain, take_in
from api.deur.toegang import get_werkplaats, read_herkomst
from berichten.kern.houder import Sleutelhouder

_HANDELING = "POST /berichten"
"""The operation as the access log names it."""


class VlotteWeg:
    """Stands right before the framework."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive) if scope["type"] == "http" and scope["method"] == "POST" else None
        houder: Sleutelhouder | None = getattr(request.state, "houder", None) if request else None
        if request is None or houder is None or houder.rol not in AFZENDERS or not is_plain(request):
            await self._app(scope, receive, send)
            return
        herkomst = replace(read_herkomst(request), handeling=_HANDELING)
        try:
            antwoord = await take_in(
                request, await get_werkplaats(request), replace(houder, herkomst=herkomst), request.headers.get("eigen-kenmerk")
            )
        except Probleem as fout:
            antwoord = answer_problem(request, fout)
        await antwoord(scope, receive, send)
