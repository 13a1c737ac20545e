"""What helps who decides: earlier decisions on lines like this one, and the conversations that wait for a word of one side."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from berichten.inzage.basis.bladzijde import Bladzijde, cut
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.inzage.besluiten.besluiten import Keuze
from berichten.opslag.berichten.prestaties import find_prestatie
from berichten.opslag.besluiten.eerdere import list_eerdere_besluiten, list_gesprekken
from berichten.standaard.schema.retourcodes import tell_code

Kant = Literal["gemeente", "aanbieder"]
_MEEST = 5


@dataclass(frozen=True, slots=True)
class Eerderbesluit:
    """A decision on another line that the same rule held. Amount in eurocents."""

    besluit_id: int
    prestatie_id: int
    client: str
    agb: str
    aanbieder: str | None
    referentienummer: str
    productcode: str
    begindatum: date
    bedrag: int
    regel: str
    """The rule that both lines have in common."""
    besluit: Keuze
    terugvragen: bool
    retourcode: str | None
    motivering: str
    door: str | None
    genomen_op: datetime

    @property
    def retourcode_tekst(self) -> str | None:
        """What the retourcode means."""
        return tell_code(self.retourcode)


@dataclass(frozen=True, slots=True)
class Gesprek:
    """A held line about which something was said, with the last of it. Amount in eurocents."""

    prestatie_id: int
    bericht_id: UUID
    client: str
    agb: str
    aanbieder: str | None
    referentienummer: str
    productcode: str
    begindatum: date
    bedrag: int
    uiterlijk: date
    """Last day for the JW325."""
    aantal: int
    """Remarks about the line."""
    van: Kant
    """Who spoke last."""
    tekst: str
    geplaatst_op: datetime


def list_eerdere(kijker: Kijker, prestatie_id: int) -> list[Eerderbesluit] | None:
    """A few, those on the same aanbieder first and then the newest; None when the line is not there, or another's."""
    with kijker.transaction() as (verbinding, vermelding):
        if find_prestatie(verbinding, kijker.gemeente, prestatie_id) is None:
            vermelding.shows_absent("prestatie", prestatie_id)
            return None
        rijen = list_eerdere_besluiten(verbinding, kijker.gemeente, prestatie_id, _MEEST)
        vermelding.shows("besluiten", (rij.bsn for rij in rijen), prestatie_id)
    namen = kijker.names_of(rij.door for rij in rijen)
    return [take(Eerderbesluit, rij, client=kijker.mask(rij.bsn), door=namen.get(rij.door)) for rij in rijen]


def list_vragen(
    kijker: Kijker, wacht_op: Kant | None, grootte: int, volgende: str | None, agb: str | None = None
) -> Bladzijde[Gesprek]:
    """Held lines with remarks: with `wacht_op` only those on which the other side spoke last, so that this one has to answer."""
    van = {"gemeente": "aanbieder", "aanbieder": "gemeente", None: None}[wacht_op]
    with kijker.transaction() as (verbinding, vermelding):
        rijen = list_gesprekken(verbinding, kijker.gemeente, agb, van, int(volgende or 0), grootte + 1)
        bladzijde = cut(rijen, grootte, lambda rij: rij.prestatie_id)
        vermelding.shows("opmerkingen", (rij.bsn for rij in bladzijde.regels))
    return bladzijde.each(lambda rij: take(Gesprek, rij, client=kijker.mask(rij.bsn)))
