"""Handle a JW301: judge its allocations against those that are known, and keep a version of each, or of none."""

from sqlalchemy import Connection

from berichten.beoordeling_klassen import Klassebeoordeling, judge_toewijzing
from berichten.opslag.berichten import Berichtrij
from berichten.opslag.toewijzingen import load_toewijzing_kader, save_toewijzingen
from berichten.standaard.berichten import Toewijzingsbericht


def handle_toewijzing(verbinding: Connection, rij: Berichtrij, bericht: Toewijzingsbericht) -> Klassebeoordeling:
    """Judge the message and, when no class of it is at fault, make the newest version of each allocation the current one."""
    kader = load_toewijzing_kader(verbinding, rij.gemeente, bericht)
    beoordeling = judge_toewijzing(bericht, kader)
    if not beoordeling.afgekeurd:
        save_toewijzingen(verbinding, rij.gemeente, rij.bericht_id, bericht, kader.toewijzingen)
    return beoordeling
