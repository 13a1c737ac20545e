"""What there is to say of billed lines: the findings that were kept, and of held lines what came to be so since."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection

from berichten.beoordeling.wachtend.verwijderd import find_removed
from berichten.kern.tekst import fill
from berichten.opslag.berichten.bevindingen import Bevindingrij, list_bevindingen_of
from berichten.opslag.besluiten.werkvoorraad import OpVerwijderde, list_op_verwijderde


def load_regelbevindingen(verbinding: Connection, gemeente: str, prestatie_ids: Sequence[int]) -> dict[int, list[Bevindingrij]]:
    """The findings of each of these lines as it stands now; of a held one also that its allocation is gone. Two queries."""
    per_regel: defaultdict[int, list[Bevindingrij]] = defaultdict(list)
    for item in list_bevindingen_of(verbinding, gemeente, prestatie_ids):
        per_regel[item.prestatie_id or 0].append(item)
    for rij in list_op_verwijderde(verbinding, gemeente, prestatie_ids):
        per_regel[rij.prestatie_id].append(_removed(rij))
    return per_regel


def _removed(rij: OpVerwijderde) -> Bevindingrij:
    """The finding as if it were kept: its path is the element alone, and its Gegevens are those of JSON."""
    item = find_removed(rij.toewijzingnummer, rij.toewijzingsdatum, rij.regelnummer)
    regel = item.regel
    return Bevindingrij(
        regel.id, regel.retourcode, regel.gevolg, regel.niveau, regel.klasse, regel.element, fill(regel.melding, item.gegevens),
        {**item.gegevens, "toewijzingsdatum": rij.toewijzingsdatum.isoformat()}, rij.regelnummer, prestatie_id=rij.prestatie_id,
    )  # fmt: skip
