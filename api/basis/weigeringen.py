"""A line in the log for whoever is refused: who, if known, where and why. Never contents, a BSN, or a key."""

import re
from collections.abc import Sequence

import structlog
from starlette.datastructures import State
from starlette.types import Scope

from berichten.fouten import Invoerfout

LOG = structlog.get_logger("api")

GEMELD = (400, 401, 403, 429)
"""Answers that say that somebody tried what is not allowed or cannot be."""
_MEESTE_REGELS = 10
_ADRES = re.compile(r"(?<=^/v1)/[a-z.]{1,30}(?=/|$)")


def note_reason(state: State, reden: str, fouten: Sequence[Invoerfout] = ()) -> None:
    """Keep, with the request, why it is refused: a word of our own, and the ids of the rules that were broken."""
    state.weigering = {
        "reden": reden,
        "aantal_fouten": len(fouten),
        "regels": sorted({fout.regel for fout in fouten})[:_MEESTE_REGELS],
    }


def log_refusal(scope: Scope, status: int) -> None:
    """The line for a refused request; nothing for any other answer."""
    if status not in GEMELD:
        return
    state = scope.get("state", {})
    houder = state.get("houder")
    wie = {} if houder is None else {naam: getattr(houder, naam) for naam in ("gemeente", "sleutel_id", "rol", "agb")}
    client = scope.get("client")
    waarom = state.get("weigering", {"reden": "verzoek"})
    LOG.warning(
        "geweigerd", status=status, methode=scope["method"], route=_route(scope), adres=client[0] if client else "", **wie, **waarom
    )


def _route(scope: Scope) -> str:
    """The address as it is described, without its values. What matches no route may hold anything: only its first part."""
    route = scope.get("route")
    if route is not None:
        return str(route.path).removeprefix("/v1")
    gevonden = _ADRES.search(scope["path"])
    return gevonden[0] if gevonden else "onbekend"
