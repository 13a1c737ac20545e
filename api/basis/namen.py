"""Names that the service does not know: each is told back, with the nearest one that it does know.

One place for every operation. A filter or a field that is misspelt would else be passed over, and the caller get, or change,
something else than was meant.
"""

import re
import types
import typing
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Annotated, Any, Union

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel

from api.basis.inhoud import names_twice
from berichten.fouten import Invoerfout

_NOEMBAAR = re.compile(r"(?!.*[0-9]{8})[\w.\-\[\]]{1,60}")
"""A name that may be repeated to its sender and to a log: no markup, and no number that could be a Bsn."""
GEEN_TEKST = "De tekst bevat tekens die geen gewone tekst zijn. Typ de tekst opnieuw, zonder plakken uit een ander programma."
_MEEST = 50
"""Unknown names that are told at once."""


def find_unknown(request: Request) -> list[Invoerfout]:
    """Everything in a request that has no meaning or more than one.

    A query parameter that the operation does not know, or that is given more than once where one is expected; a field that stands
    twice in the body; a zero byte, which no value here can have and the database refuses.
    """
    bekend = dict(_query_names(request.scope["route"].dependant))
    namen = list(request.query_params.keys())
    fouten = [
        Invoerfout(
            f"body.{tell_name(naam)}",
            "VERZOEK",
            f"{_as_subject(naam)} staat meer dan één keer in de inhoud. Geef deze waarde één keer.",
        )
        for naam in names_twice(request)
    ]
    for naam in dict.fromkeys(namen):
        if naam not in bekend:
            fouten.append(Invoerfout(f"query.{tell_name(naam)}", "VERZOEK", explain_unknown(naam, bekend)))
        elif not bekend[naam] and len(request.query_params.getlist(naam)) > 1:
            melding = f"'{naam}' staat meer dan één keer in de vraag. Geef deze waarde één keer."
            fouten.append(Invoerfout(f"query.{naam}", "VERZOEK", melding))
        elif any("\0" in waarde for waarde in request.query_params.getlist(naam)):
            fouten.append(Invoerfout(f"query.{naam}", "VERZOEK", GEEN_TEKST))
    return fouten[:_MEEST]


def explain_unknown(naam: str, bekend: Iterable[str]) -> str:
    """That a name is unknown here, and which one was probably meant; without a near one, which there are."""
    namen = sorted(bekend)
    begin = f"{_as_subject(naam)} kent de dienst hier niet."
    klein = {item.lower(): item for item in namen}
    dichtbij = get_close_matches(naam[:60].lower().replace("_", ""), klein, n=1, cutoff=0.6)
    if dichtbij:
        return f"{begin} Bedoelt u '{klein[dichtbij[0]]}'?"
    return f"{begin} Laat het weg, of kies uit: {', '.join(namen)}." if namen else f"{begin} Laat het weg."


def _as_subject(naam: str) -> str:
    """The first words of a sentence about a name."""
    return f"'{naam}'" if _NOEMBAAR.fullmatch(naam) else "Deze naam"


def tell_name(naam: str) -> str:
    """The name itself when it may be repeated, else that there is one."""
    return naam if _NOEMBAAR.fullmatch(naam) else "onbekend"


def names_at(route: APIRoute, plaats: Sequence[int | str]) -> list[str]:
    """The fields that a request may have where an error was found; `plaats` begins with `body` and ends with the wrong name."""
    soort: Any = route.body_field.field_info.annotation if route.body_field else None
    for stap in plaats[1:-1]:
        model = _find_model(soort)
        velden = {} if model is None else {veld.alias or naam: veld.annotation for naam, veld in model.model_fields.items()}
        soort = soort if isinstance(stap, int) else velden.get(stap)
    model = _find_model(soort)
    return [] if model is None else [veld.alias or naam for naam, veld in model.model_fields.items()]


def _query_names(dependant: Dependant) -> Iterator[tuple[str, bool]]:
    """Names with whether they may be repeated, of an operation and of all that it depends on."""
    for veld in dependant.query_params:
        yield veld.alias, _is_list(veld.field_info.annotation)
    for deel in dependant.dependencies:
        yield from _query_names(deel)


def _is_list(soort: Any) -> bool:
    return any(typing.get_origin(item) is list for item in _unwrap(soort))


def _find_model(soort: Any) -> type[BaseModel] | None:
    """The model in a type such as `list[Regel] | None`."""
    for deel in _unwrap(soort):
        if isinstance(deel, type) and issubclass(deel, BaseModel):
            return deel
        if typing.get_origin(deel) is list:
            return _find_model(typing.get_args(deel)[0])
    return None


def _unwrap(soort: Any) -> Iterator[Any]:
    """The members of a union, without their annotations."""
    if typing.get_origin(soort) is Annotated:
        yield from _unwrap(typing.get_args(soort)[0])
    elif typing.get_origin(soort) in (Union, types.UnionType):
        for deel in typing.get_args(soort):
            yield from _unwrap(deel)
    else:
        yield soort
