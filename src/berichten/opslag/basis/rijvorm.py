"""How a row becomes a value: the columns of a class by the names of its fields, and values built from rows of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from itertools import starmap
from operator import itemgetter
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True)
class Rijvorm:
    """A class and its fields, in their order; a field is a column, or a class with columns of its own."""

    maak: Callable[..., Any]
    velden: tuple["str | Rijvorm", ...]
    kolommen: tuple[str, ...]
    """Every column, those of inner classes too; one without a name for a plain type, of which the column is the value."""
    mag_leeg: bool = False
    """Whether None stands for a row of which every column is NULL."""

    def list_columns(self, bron: str = "") -> str:
        """The columns as text of a query, behind the alias `bron` if there is one."""
        return ", ".join(f"{bron}.{naam}" if bron else naam for naam in self.kolommen)

    def build(self, rijen: list[tuple[Any, ...]], plekken: tuple[int, ...]) -> list[Any]:
        """A value of each row, whose columns stand on these places."""
        if self.kolommen == ("",):
            return [rij[0] for rij in rijen]
        geordend: Sequence[Any] = rijen if plekken == tuple(range(len(plekken))) else [itemgetter(*plekken)(rij) for rij in rijen]
        if self.velden == self.kolommen:
            return list(starmap(self.maak, geordend))
        return [self._nest(waarden) for waarden in geordend]

    def _nest(self, waarden: Sequence[Any]) -> Any:
        if self.mag_leeg and all(waarde is None for waarde in waarden):
            return None
        eigen, begin = [], 0
        for veld in self.velden:
            breedte = 1 if isinstance(veld, str) else len(veld.kolommen)
            eigen.append(waarden[begin] if isinstance(veld, str) else veld._nest(waarden[begin : begin + breedte]))
            begin += breedte
        return self.maak(*eigen)


def shape_of(soort: type, voor: str = "", mag_leeg: bool = False) -> Rijvorm:
    """The shape of rows for a dataclass or NamedTuple; for any other type a single column. `voor` comes before every name."""
    namen = _field_names(soort)
    if not namen:
        return Rijvorm(soort, ("",), ("",))
    soorten = get_type_hints(soort)
    velden = tuple(_field(naam, soorten[naam], voor) for naam in namen)
    kolommen = tuple(naam for veld in velden for naam in ((veld,) if isinstance(veld, str) else veld.kolommen))
    return Rijvorm(soort, velden, kolommen, mag_leeg)


def columns(soort: type, bron: str = "", naar: str = "") -> str:
    """Columns of a class as text of a query: behind the alias `bron`, named for the field `naar` of the class around it."""
    return ", ".join(
        (f"{bron}.{naam}" if bron else naam) + (f' AS "{naar}.{naam}"' if naar else "") for naam in shape_of(soort).kolommen
    )


def values(soort: type) -> str:
    """Places for the values of a class, in the order of `columns`."""
    return ", ".join(f"%({naam})s" for naam in shape_of(soort).kolommen)


def as_values(rij: Any) -> dict[str, Any]:
    """The fields of a value by name, for `values`."""
    return {naam: getattr(rij, naam) for naam in _field_names(rij.__class__)}


@lru_cache(maxsize=1024)
def _field_names(soort: type) -> tuple[str, ...]:
    if is_dataclass(soort):
        return tuple(veld.name for veld in fields(soort) if veld.init and veld.metadata.get("kolom", True))
    return tuple(getattr(soort, "_fields", ()))


def _field(naam: str, soort: Any, voor: str) -> str | Rijvorm:
    leeg = get_origin(soort) in (Union, UnionType) and NoneType in get_args(soort)
    eigen = next(iter(item for item in get_args(soort) if item is not NoneType)) if leeg else soort
    if isinstance(eigen, type) and _field_names(eigen):
        return shape_of(eigen, f"{voor}{naam}.", leeg)
    return voor + naam
