"""What models of requests and answers have in common: camelCase outside, and made from what `inzage` shows."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from berichten.inzage.basis.bladzijde import Bladzijde


class Model(BaseModel):
    """Fields in Dutch, snake_case in Python and camelCase outside."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    @classmethod
    def of(cls, getoond: object) -> Self:
        """From a value that has these fields."""
        return cls.model_validate(getoond, from_attributes=True)


class Lijstmodel(Model):
    """A whole list, of which there are no pages; the first field holds its lines."""

    @classmethod
    def of(cls, getoond: object, **rest: Any) -> Self:
        """From the lines; `rest` is what else it tells of the list."""
        return cls.model_validate({next(iter(cls.model_fields)): getoond, **rest}, from_attributes=True)


class Bladzijdemodel(Lijstmodel):
    """A page of a list; the first field holds its lines."""

    @classmethod
    def of(cls, getoond: object, **rest: Any) -> Self:
        """From a page of `inzage`; `rest` is what else it tells of the list."""
        if not isinstance(getoond, Bladzijde):
            raise TypeError(type(getoond).__name__)
        return super().of(getoond.regels, volgende=getoond.volgende, **rest)


class Verzoek(Model):
    """What a caller sends. An unknown name is refused, a value taken as it stands: `true` is no number, 0 no date."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Fout(Model):
    """Eén fout in wat is ingestuurd."""

    pad: str
    regel: str
    melding: str
    regelnummer: int | None


class Probleemmodel(Model):
    """RFC 9457-probleem."""

    type: str
    title: str
    status: int
    detail: str
    fouten: list[Fout]
