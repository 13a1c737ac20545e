"""Handle a JW305 or JW307: judge its starts or stops against what was reported before, and take all of them over, or none."""

from sqlalchemy import Connection

from berichten.beoordeling.klassen import Klassebeoordeling, judge_levering
from berichten.opslag.berichten.berichten import Berichtrij
from berichten.opslag.dossiers.leveringen import load_levering_kader, save_leveringen
from berichten.standaard.waarden.berichten import Startbericht, Stopbericht


def handle_levering(verbinding: Connection, rij: Berichtrij, bericht: Startbericht | Stopbericht) -> Klassebeoordeling:
    """Judge the message and, when no class of it is at fault, store what it adds and what it takes back."""
    beoordeling = judge_levering(bericht, load_levering_kader(verbinding, rij.gemeente, bericht))
    if not beoordeling.afgekeurd:
        save_leveringen(verbinding, rij.gemeente, rij.bericht_id, bericht)
    return beoordeling
