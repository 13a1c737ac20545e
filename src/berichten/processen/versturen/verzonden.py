"""What became of each message of a file that was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from berichten.fouten import Invoerfout
from berichten.processen.ontvangst.ontvang_bericht import Ontvangen, Verboden
from berichten.processen.ontvangst.ontvang_zip import Zipdeel
from berichten.standaard.deur.toelating import STORING


@dataclass(frozen=True, slots=True)
class Verzonden:
    """One message: taken in, or refused with its faults."""

    bestand: str
    bericht_id: UUID | None
    """None for one of which nothing is kept."""
    aangenomen: bool
    herhaling: bool
    """The same bytes were taken in before."""
    fouten: list[Invoerfout]

    @property
    def mislukt(self) -> bool:
        """We failed at it ourselves: it is to be sent again."""
        return any(fout.regel == STORING for fout in self.fouten)


def tell_verzonden(deel: Zipdeel) -> Verzonden:
    """Of a message that came in by itself or in a ZIP."""
    uitkomst, bericht_id = deel.uitkomst, deel.rij.bericht_id if deel.rij else None
    if isinstance(uitkomst, Ontvangen):
        return Verzonden(deel.bestand, bericht_id, True, uitkomst.herhaling, [])
    fouten = [uitkomst.fout] if isinstance(uitkomst, Verboden) else list(uitkomst.fouten)
    return Verzonden(deel.bestand, bericht_id, False, False, fouten)


def merge_verzonden(eigen: Sequence[Verzonden], bewaard: Sequence[Verzonden]) -> list[Verzonden]:
    """What became of a file that was sent twice: at once, each taking the other's for a repetition, or again where we failed."""
    return [
        een if ander.mislukt or (een.aangenomen and not een.herhaling) else ander for een, ander in zip(eigen, bewaard, strict=True)
    ]
