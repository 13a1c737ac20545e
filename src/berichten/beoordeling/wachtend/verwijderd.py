"""A held line whose allocation was removed since: TR384 asks its reviewer for a decision. Pure.

The finding is not kept: it lasts as long as the allocation is gone and the line is held.
"""

from dataclasses import replace
from datetime import date

from berichten.kern.regel import Bevinding, Plaats
from berichten.regels.declaratie.periode import toewijzing_niet_verwijderd

AANGEHOUDEN_OP_VERWIJDERD = replace(toewijzing_niet_verwijderd, gevolg="beoordelen")


def is_asked_again(regel_id: str | None) -> bool:
    """Whether this is the rule of which no finding is kept."""
    return regel_id == AANGEHOUDEN_OP_VERWIJDERD.id


def find_removed(toewijzingnummer: int, toewijzingsdatum: date, regelnummer: int) -> Bevinding:
    """`toewijzingsdatum`: of the version that removed it; `regelnummer`: line of the file on which the Prestatie stands."""
    regel = AANGEHOUDEN_OP_VERWIJDERD
    gegevens = {"toewijzingnummer": toewijzingnummer, "toewijzingsdatum": toewijzingsdatum}
    return Bevinding(regel, Plaats(regel.klasse, "", regelnummer), gegevens)
