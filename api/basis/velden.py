"""Values that many operations share: each with its form, its description and an example, said once."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import Query
from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from berichten.klok import NEDERLAND, begin_of, end_of
from berichten.regels.register import ALLE
from berichten.standaard.waarden.bsn import is_bsn
from berichten.standaard.waarden.soorten import INZENDINGEN

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
        dag = read_day(waarde)
        try:
            return of_day(dag)
        except ValueError as fout:
            # The calendar ends at a day's begin or end in another time zone.
            raise PydanticCustomError("moment", "no moment") from fout
    if isinstance(waarde, str) and _MOMENT.fullmatch(waarde):
        try:
            # In an address a plus sign, as in +02:00, comes in as a space.
            moment = datetime.fromisoformat(waarde[:11] + waarde[11:].replace(" ", "+"))
        except ValueError:
            moment = None
        if moment is not None:
            return moment if moment.tzinfo else moment.replace(tzinfo=NEDERLAND)
    raise PydanticCustomError("moment", "no moment")


def check_bsn(waarde: str) -> str:
    """The same; refused when it is no Bsn."""
    if not is_bsn(waarde):
        raise PydanticCustomError("bsn", "no BSN")
    return waarde


def read_first_moment(waarde: Any) -> Any:
    """A moment; of a day its first in the Netherlands."""
    return _as_moment(waarde, begin_of)


def read_last_moment(waarde: Any) -> Any:
    """A moment; of a day its last in the Netherlands."""
    return _as_moment(waarde, end_of)


Agb = Annotated[str, Field(pattern="^[0-9]{8}$", description="AGB-code van een aanbieder", examples=["42420001"])]
REGELS = frozenset({"XSD"} | {regel.id for regel in ALLE})
"""What can have been found: rules of the catalogue, and a fault against the schema."""


def check_regel(waarde: str) -> str:
    """The same; refused when no rule has this name: nothing could be found by it."""
    if waarde not in REGELS:
        raise PydanticCustomError("regel", "no rule")
    return waarde


Regelnaam = Annotated[
    str,
    Field(pattern="^[A-Z]{2,20}[0-9]{0,4}$", description="Regel van de catalogus, zie /regels", examples=["TR307"]),
    AfterValidator(check_regel),
]
Retourcode = Annotated[str, Field(pattern="^[0-9A-Z]{4}$", description="Retourcode uit WJ001", examples=["9307"])]
Productcode = Annotated[str, Field(pattern="^[0-9A-Z]{1,10}$", description="Productcode", examples=["45A04"])]
Categorie = Annotated[str, Field(pattern="^[0-9A-Z]{1,10}$", description="Productcategorie", examples=["45"])]
Toewijzingnummer = Annotated[int, Field(ge=0, le=999_999_999, description="ToewijzingNummer", examples=[484000001])]
Uitkomst = Annotated[
    Literal["toegekend", "afgewezen", "ter_beoordeling", "niet_beoordeeld"],
    Field(description="Wat er van een regel is geworden", examples=["afgewezen"]),
]
if TYPE_CHECKING:
    _Soortnaam = str
else:
    _Soortnaam = Literal[(*INZENDINGEN, "onbekend")]
Berichtsoort = Annotated[
    _Soortnaam,
    Field(description="Soort bericht; onbekend is wat niet was te herkennen", examples=["JW323"]),
]
Status = Annotated[
    Literal["ontvangen", "in_behandeling", "geweigerd", "afgekeurd", "ter_beoordeling", "verwerkt"],
    Field(description="Hoe ver een bericht is", examples=["verwerkt"]),
]
Bsn = Annotated[
    str,
    Field(
        min_length=9, max_length=9, description="Burgerservicenummer; alleen in de inhoud van een verzoek", examples=["999990019"]
    ),
    AfterValidator(check_bsn),
]
"""In the body of a request and never in an address."""
Pagina = Annotated[int, Query(alias="paginaGrootte", ge=1, le=500, description="Hoeveel op een bladzijde", examples=[50])]
GrotePagina = Annotated[int, Query(alias="paginaGrootte", ge=1, le=1000, description="Hoeveel op een bladzijde", examples=[200])]
Datum = Annotated[date, BeforeValidator(read_day), Field(description="Een dag, jjjj-mm-dd", examples=["2026-04-30"])]
MomentTot = Annotated[datetime, BeforeValidator(read_last_moment), Field(examples=["2026-04-30T12:00:00+02:00"])]
"""A moment, of a day its last."""
MomentVanaf = Annotated[datetime, BeforeValidator(read_first_moment), Field(examples=["2026-04-30T12:00:00+02:00"])]
"""A moment, of a day its first."""
Maand = Annotated[str, Field(pattern="^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$", description="Een maand, jjjj-mm", examples=["2026-04"])]
