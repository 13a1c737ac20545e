"""Models of answers, derived from what `inzage` shows: its fields are written once, and a BSN has no field to come out by."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import reduce
from operator import or_
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import Field, create_model
from pydantic.fields import FieldInfo

from api.basis.modellen import Model

M = TypeVar("M", bound=Model)

_MODELLEN: dict[type[Any], type[Model]] = {}
"""By what is shown: the model that says so."""


def shows(soort: type[Any], /, **velden: Any) -> Callable[[type[M]], type[M]]:
    """Makes a class the model of a dataclass of `inzage`: its fields, then those that the class adds, then its properties.

    `velden`: what a field means, where the name itself does not say it (`woordenboek`). A field that the class writes itself goes
    before that of the dataclass. A property is what follows from the fields, and cannot be sent (readOnly).
    """

    def derive(vorm: type[M]) -> type[M]:
        eigen = {naam: (veld.annotation, veld) for naam, veld in vorm.model_fields.items()}
        model = create_model(
            vorm.__name__,
            __base__=Model,
            __module__=vorm.__module__,
            __doc__=vorm.__doc__,
            **{**_fields_of(soort, velden, eigen), **_properties_of(soort, velden)},
        )
        _MODELLEN.setdefault(soort, model)
        return model  # type: ignore[return-value]

    return derive


def _fields_of(soort: type[Any], velden: Mapping[str, str | FieldInfo], eigen: dict[str, Any]) -> dict[str, Any]:
    soorten = get_type_hints(soort)
    gevonden = {veld.name: (_translate(soorten[veld.name]), _describe(velden.get(veld.name))) for veld in fields(soort)}
    return {**gevonden, **eigen}


def _properties_of(soort: type[Any], velden: Mapping[str, str | FieldInfo]) -> dict[str, Any]:
    namen = [naam for klasse in reversed(soort.__mro__) for naam, deel in vars(klasse).items() if isinstance(deel, property)]
    gevonden = {}
    for naam in dict.fromkeys(namen):
        veld = Field(description=_describe(velden.get(naam)).description, json_schema_extra={"readOnly": True})
        gevonden[naam] = (_translate(get_type_hints(getattr(soort, naam).fget)["return"]), veld)
    return gevonden


def _describe(betekenis: str | FieldInfo | None) -> Any:
    return betekenis if isinstance(betekenis, FieldInfo) else Field(description=betekenis)


def _translate(soort: Any) -> Any:
    """The same type with models in the place of what is shown."""
    if isinstance(soort, type) and is_dataclass(soort):
        if soort not in _MODELLEN:
            raise TypeError(f"{soort.__name__} has no model: put `shows({soort.__name__})` before what holds it")
        return _MODELLEN[soort]
    if get_origin(soort) is Literal or not get_args(soort):
        return soort
    delen = tuple(map(_translate, get_args(soort)))
    return reduce(or_, delen) if get_origin(soort) in (Union, UnionType) else get_origin(soort)[delen]
