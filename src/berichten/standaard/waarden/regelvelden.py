"""What the lines of a declaration say, field by field: as a reader had it, or taken from the lines themselves."""

from collections.abc import Mapping, Sequence
from itertools import repeat
from operator import attrgetter
from typing import Any

VELDEN = (
    "regelnummer", "bsn", "referentienummer", "vorig_referentienummer", "toewijzingnummer", "categorie", "code", "begindatum",
    "einddatum", "volume", "eenheid", "tarief", "bedrag", "credit",
)  # fmt: skip
"""Fields of a `Prestatie`, in the order in which it is made, after its place in the message."""
Velden = Mapping[str, Sequence[Any]]
"""A value for each line, in the order of the message, by field."""


def as_columns(rijen: Sequence[object], velden: tuple[str, ...]) -> Velden:
    """Fields of every value, each by itself. Values lie apart in memory, so all fields of one are taken at once."""
    kolommen = zip(*map(attrgetter(*velden), rijen), strict=True) if rijen else repeat((), len(velden))
    return dict(zip(velden, kolommen, strict=True))
