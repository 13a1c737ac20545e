"""The address of a page with what was asked of it: filters, order and page stand in it, so that Back brings them back."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request

BASIS = "/portaal"
Vraag = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Paginaadres:
    """Path and question of a page."""

    pad: str
    vraag: Vraag = ()

    def __str__(self) -> str:
        return f"{self.pad}?{self.vraagtekst}" if self.vraag else self.pad

    @property
    def vraagtekst(self) -> str:
        """What stands behind the question mark."""
        return urlencode(self.vraag)

    def get(self, naam: str) -> str | None:
        """What was given by this name; the last, when it was given more than once."""
        return dict(self.vraag).get(naam)

    def met(self, **anders: object) -> "Paginaadres":
        """The same page asked otherwise; what becomes None or empty is not asked. The page begins again unless it is given."""
        nieuw = {naam: str(waarde) for naam, waarde in anders.items() if waarde not in (None, "")}
        weg = {*anders, "blad"}
        return Paginaadres(self.pad, (*(item for item in self.vraag if item[0] not in weg), *nieuw.items()))

    def zonder(self, naam: str, waarde: str | None = None) -> "Paginaadres":
        """The same page without this filter; with `waarde` only that one of several."""
        weg = {(naam, waarde)} if waarde is not None else {item for item in self.vraag if item[0] == naam}
        return Paginaadres(self.pad, tuple(item for item in self.vraag if item not in weg and item[0] != "blad"))


def read_adres(request: Request) -> Paginaadres:
    """The address of this request, empty values left out."""
    pad = request.scope["root_path"] + request.scope["path"].removeprefix(request.scope["root_path"])
    gegeven = request.query_params.multi_items()
    return Paginaadres(pad, tuple((naam, waarde) for naam, waarde in gegeven if waarde.strip() and "\0" not in waarde))


def make_adres(pad: str, vraag: Mapping[str, object] | None = None) -> Paginaadres:
    """A page of the portal: `pad` begins after `/portaal`."""
    return Paginaadres(BASIS + pad).met(**(vraag or {}))
