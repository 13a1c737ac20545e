"""How a body in JSON is read: what has no single meaning is told, where the framework would take one of its meanings."""

import json
from typing import Any

from starlette.requests import Request


class Aanroep(Request):
    """A request of which names that stand twice in its JSON are noted (`names_twice`)."""

    async def json(self) -> Any:
        """The body as JSON. Raises JSONDecodeError, also for what lies nested too deep to be read."""
        dubbel: list[str] = []
        self.state.dubbel = dubbel

        def as_object(paren: list[tuple[str, Any]]) -> dict[str, Any]:
            gezien: dict[str, Any] = {}
            for naam, waarde in paren:
                if naam in gezien and naam not in dubbel[:50]:
                    dubbel.append(naam)
                gezien[naam] = waarde
            return gezien

        inhoud = await self.body()
        try:
            return json.loads(inhoud, object_pairs_hook=as_object)
        except (RecursionError, UnicodeDecodeError) as fout:
            raise json.JSONDecodeError("unreadable", "", 0) from fout


def names_twice(request: Request) -> list[str]:
    """Names that stand more than once in an object of the body."""
    dubbel: list[str] = getattr(request.state, "dubbel", [])
    return dubbel
