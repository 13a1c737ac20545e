"""Handle a JW301: judge its allocations against those that are known, and keep a version of each, or of none."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from berichten.beoordeling.klassen import Klassebeoordeling, judge_toewijzing
from berichten.opslag.berichten.berichten import Berichtrij
from berichten.opslag.dossiers.buiten_toewijzing import Werkpunt, insert_werkpunten
from berichten.opslag.dossiers.toewijzingen import load_toewijzing_kader, save_toewijzingen
from berichten.regels.regie.toewijzing import toegekend_past_in_nieuwe_versie
from berichten.standaard.waarden.berichten import Toewijzingsbericht


def handle_toewijzing(verbinding: Connection, rij: Berichtrij, bericht: Toewijzingsbericht, nu: datetime) -> Klassebeoordeling:
    """Judge the message and, when no class of it is at fault, make the newest version of each allocation the current one.

    Where awarded lines fall outside of it, somebody has to look (DA17).
    """
    kader = load_toewijzing_kader(verbinding, rij.gemeente, bericht)
    beoordeling = judge_toewijzing(bericht, kader)
    if not beoordeling.afgekeurd:
        save_toewijzingen(verbinding, rij.gemeente, rij.bericht_id, bericht, kader.toewijzingen)
        insert_werkpunten(verbinding, rij.gemeente, list(_work_items(beoordeling, rij.bericht_id, kader.agb, nu)))
    return beoordeling


def _work_items(beoordeling: Klassebeoordeling, bericht_id: UUID, agb: str, nu: datetime) -> Iterator[Werkpunt]:
    for item in beoordeling.bevindingen:
        if item.regel.id == toegekend_past_in_nieuwe_versie.id:
            feiten = item.gegevens
            yield Werkpunt(feiten["toewijzingnummer"], bericht_id, agb, feiten["aantal"], feiten["bedrag"], nu)
