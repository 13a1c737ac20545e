"""Obligations as a quarterly report needs them: columns of all allocations of a gemeente, added up for every figure. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from berichten.rapporten.toewijzing.standen import Standen
from berichten.rapporten.toewijzing.standkolommen import number_keys, sum_by

Dagen = tuple[date, date]
"""A first and a last day, both included."""


@dataclass(slots=True)
class Verplichtingsom:
    """Cents of all allocations of a gemeente as they stood."""

    open: int = 0
    vrijgevallen: int = 0
    overschrijding: int = 0
    verwacht: int = 0
    verwacht_in: list[int] = field(default_factory=list)
    """What of E falls in each period that was asked, in its order."""
    rest_van_jaar: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    """By segment, what comes to the cost of the year: held, expected and new inflow."""
    verwacht_per_agb: dict[str, int] = field(default_factory=dict)
    """By aanbieder, what of E falls in the month that was asked."""


def sum_obligations(standen: Standen, perioden: Sequence[Dagen], maand: Dagen | None = None) -> Verplichtingsom:
    """The year's forecast is its cost and `rest_van_jaar`; what is open is of allocations of the year, as in the table."""
    k, u, vraag = standen.kolommen, standen.uitkomsten, standen.vraag
    som = Verplichtingsom(
        open=int(u.open[u.raakt].sum()),
        vrijgevallen=int(u.vrijgevallen[u.raakt].sum()),
        overschrijding=int(u.overschrijding[u.raakt].sum()),
        verwacht=int(u.verwacht_jaar[u.raakt].sum()),
        verwacht_in=[int(u.expected_in(eerste, laatste).sum()) for eerste, laatste in perioden],
    )
    rest = np.where(k.are_new_inflow(vraag), k.gedeclareerd_vorig, 0)
    rest += np.where(u.raakt, k.aangehouden_jaar + u.verwacht_jaar, 0)
    nummers, segmenten = number_keys(k.segment)
    telt = sum_by(nummers, len(segmenten), (rest != 0).astype(np.int64)).tolist()
    for segment, bedrag, aantal in zip(segmenten, sum_by(nummers, len(segmenten), rest).tolist(), telt, strict=True):
        if aantal:
            som.rest_van_jaar[segment] += bedrag
    if maand is not None:
        nummers, codes = number_keys(k.agb)
        som.verwacht_per_agb = dict(zip(codes, sum_by(nummers, len(codes), u.expected_in(*maand)).tolist(), strict=True))
    if standen.zonder.aangehouden_jaar:
        som.rest_van_jaar[""] += standen.zonder.aangehouden_jaar
    return som
