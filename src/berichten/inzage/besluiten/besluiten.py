"""What was decided on a line, what was said about it, and what is asked back. Names of people are for staff only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from berichten.inzage.basis.bladzijde import Bladzijde, cut
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.opslag.berichten import prestaties as opslag
from berichten.opslag.berichten.bevindingen import Bevindingrij
from berichten.opslag.berichten.prestaties import Besluitrij, Opmerkingrij, find_prestatie
from berichten.opslag.besluiten import teruggevraagd
from berichten.opslag.besluiten.teruggevraagd import Creditverzoek
from berichten.opslag.toegang.inzagelog import list_bsns_of_prestaties
from berichten.regels.voorstel import propose
from berichten.standaard.schema.retourcodes import tell_code

__all__ = [
    "Codevoorstel", "Creditverzoek", "Genomenbesluit", "Keuze", "Opmerking", "list_creditverzoeken", "list_opmerkingen",
    "propose_codes", "read_besluiten", "show_besluit", "show_opmerking", "show_opmerkingen",
]  # fmt: skip

Keuze = Literal["toekennen", "afwijzen"]


@dataclass(frozen=True, slots=True)
class Genomenbesluit:
    """A decision, or a proposal that waits for a second person when it is not `definitief`. Amount in eurocents."""

    besluit_id: int
    besluit: Keuze
    terugvragen: bool
    retourcode: str | None
    motivering: str
    definitief: bool
    bevestigt: int | None
    bedrag: int
    genomen_op: datetime
    door: str | None
    """Who decided; None for an aanbieder."""


@dataclass(frozen=True, slots=True)
class Codevoorstel:
    """A code with which a held line is rejected when nobody chooses one, and why that one."""

    retourcode: str
    tekst: str | None
    """What the code means."""
    regel: str
    """The rule by which the line is held."""
    reden: str


@dataclass(frozen=True, slots=True)
class Opmerking:
    """A question or an answer about a line."""

    volgnummer: int
    van: Literal["gemeente", "aanbieder"]
    tekst: str
    geplaatst_op: datetime
    door: str | None
    """Who wrote it; None for an aanbieder."""


def read_besluiten(verbinding: Connection, kijker: Kijker, prestatie_ids: list[int]) -> dict[int, list[Besluitrij]]:
    """Decisions on each of these lines, oldest first; proposals only for staff."""
    gelezen = opslag.list_besluiten(verbinding, kijker.gemeente, prestatie_ids)
    return {nummer: [rij for rij in rijen if rij.definitief or kijker.houder.medewerker] for nummer, rijen in gelezen.items()}


def propose_codes(bevindingen: Iterable[Bevindingrij]) -> list[Codevoorstel]:
    """For a held line, from what was found; empty when nothing of it has a code."""
    gevonden = propose((item.regel, item.retourcode) for item in bevindingen if item.gevolg == "beoordelen")
    return [take(Codevoorstel, item, tekst=tell_code(item.retourcode)) for item in gevonden]


def show_besluit(rij: Besluitrij, namen: dict[str, str]) -> Genomenbesluit:
    """`namen` is empty for an aanbieder (`Kijker.names_of`)."""
    return take(Genomenbesluit, rij, door=namen.get(rij.door))


def show_opmerkingen(kijker: Kijker, rijen: list[Opmerkingrij]) -> list[Opmerking]:
    """With who wrote each, as far as the holder may know."""
    namen = kijker.names_of(rij.door for rij in rijen)
    return [show_opmerking(rij, namen) for rij in rijen]


def show_opmerking(rij: Opmerkingrij, namen: dict[str, str]) -> Opmerking:
    """`namen` is empty for an aanbieder (`Kijker.names_of`)."""
    return take(Opmerking, rij, door=namen.get(rij.door))


def list_opmerkingen(kijker: Kijker, prestatie_id: int) -> list[Opmerking] | None:
    """What was said about a line, oldest first; None when the line is not there, or another's."""
    with kijker.transaction() as (verbinding, vermelding):
        gevonden = find_prestatie(verbinding, kijker.gemeente, prestatie_id)
        if gevonden is None:
            vermelding.shows_absent("prestatie", prestatie_id)
            return None
        rijen = opslag.list_opmerkingen(verbinding, kijker.gemeente, prestatie_id)
        vermelding.shows("opmerkingen", [gevonden[0].bsn], prestatie_id)
    return show_opmerkingen(kijker, rijen)


def list_creditverzoeken(kijker: Kijker, grootte: int, volgende: str | None) -> Bladzijde[Creditverzoek]:
    """Requests of which the credit line has not come yet, oldest first."""
    with kijker.transaction() as (verbinding, vermelding):
        verzoeken = teruggevraagd.list_creditverzoeken(verbinding, kijker.gemeente, int(volgende or 0), grootte + 1)
        bladzijde = cut(verzoeken, grootte, lambda verzoek: verzoek.besluit_id)
        nummers = [verzoek.prestatie_id for verzoek in bladzijde.regels]
        vermelding.shows("creditverzoeken", list_bsns_of_prestaties(verbinding, kijker.gemeente, nummers))
    return bladzijde
