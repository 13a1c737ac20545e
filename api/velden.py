"""Values that many operations share: each with its form, its description and an example, said once."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from berichten.klok import NEDERLAND, begin_of, end_of

_DAG = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?([Zz]|[ +-][0-9]{2}:[0-9]{2})?")


def read_day(waarde: Any) -> Any:
    """A day as yyyy-mm-dd and in no other form: a number would be read as seconds since 1970."""
    if waarde is None or isinstance(waarde, date):
        return waarde
    if isinstance(waarde, str) and _DAG.fullmatch(waarde):
        try:
            return date.fromisoformat(waarde)
        except ValueError:
            pass
    raise PydanticCustomError("datum", "no date")


def _as_moment(waarde: Any, of_day: Callable[[date], datetime]) -> Any:
    if waarde is None or isinstance(waarde, datetime):
        return waarde
    if isinstance(waarde, str) and _DAG.fullmatch(waarde):
        return of_day(read_day(waarde))
    if isinstance(waarde, str) and _MOMENT.fullmatch(waarde):
        try:
            # In an address a plus sign, as in +02:00, comes in as a space.
            moment = datetime.fromisoformat(waarde[:11] + waarde[11:].replace(" ", "+"))
        except ValueError:
            moment = None
        if moment is not None:
            return moment if moment.tzinfo else moment.replace(tzinfo=NEDERLAND)
    raise PydanticCustomError("moment", "no moment")


def read_first_moment(waarde: Any) -> Any:
    """A moment; of a day its first in the Netherlands."""
    return _as_moment(waarde, begin_of)


def read_last_moment(waarde: Any) -> Any:
    """A moment; of a day its last in the Netherlands."""
    return _as_moment(waarde, end_of)


Datum = Annotated[date, BeforeValidator(read_day), Field(description="Een dag, jjjj-mm-dd", examples=["2026-04-30"])]
MomentTot = Annotated[datetime, BeforeValidator(read_last_moment), Field(examples=["2026-04-30T12:00:00+02:00"])]
MomentVanaf = Annotated[datetime, BeforeValidator(read_first_moment), Field(examples=["2026-04-30T12:00:00+02:00"])]
