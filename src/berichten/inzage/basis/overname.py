"""From a row to what is shown of it: fields of one name are taken over, the others are given."""

from dataclasses import fields
from typing import Any, TypeVar

D = TypeVar("D")


def take(soort: type[D], rij: object, **anders: Any) -> D:
    """A value of this dataclass: from `anders` what is named there, from `rij` the rest. AttributeError for what neither has."""
    eigen = {veld.name: getattr(rij, veld.name) for veld in fields(soort) if veld.name not in anders}  # type: ignore[arg-type]
    return soort(**eigen, **anders)
