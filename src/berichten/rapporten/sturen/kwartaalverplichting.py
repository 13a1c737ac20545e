"""Obligations as a quarterly report needs them: one pass over the allocations of a gemeente, for every figure at once. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from berichten.rapporten.toewijzing.standen import Standen
from berichten.rapporten.toewijzing.verplichting import expected_in, is_new_inflow

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


def sum_obligations(standen: Standen, perioden: Sequence[Dagen]) -> Verplichtingsom:
    """The year's forecast is its cost and `rest_van_jaar`; what is open is of allocations of the year, as in the table."""
    som, vraag = Verplichtingsom(verwacht_in=[0] * len(perioden)), standen.vraag
    for stand in standen.toewijzingen:
        uitkomst = standen.reckon(stand)
        segment = standen.segmenten.get(stand.toewijzingnummer, "")
        rest = stand.gebruik.gedeclareerd_vorig if is_new_inflow(stand, vraag) else 0
        if stand.touches(vraag):
            rest += stand.gebruik.aangehouden_jaar + (uitkomst.verwacht_jaar or 0)
            som.open += uitkomst.open
            som.vrijgevallen += uitkomst.vrijgevallen
            som.overschrijding += uitkomst.overschrijding or 0
            som.verwacht += uitkomst.verwacht_jaar or 0
        if rest:
            som.rest_van_jaar[segment] += rest
        if uitkomst.verwacht:
            for plek, (eerste, laatste) in enumerate(perioden):
                som.verwacht_in[plek] += expected_in(stand, uitkomst, eerste, laatste)
    if standen.zonder.aangehouden_jaar:
        som.rest_van_jaar[""] += standen.zonder.aangehouden_jaar
    return som
