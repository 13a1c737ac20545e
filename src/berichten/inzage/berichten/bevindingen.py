"""What was found in a message: each rule that was hit, with its explanation and what its retourcode means."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from berichten.inzage.basis.bladzijde import Bladzijde, cut
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.opslag.berichten.berichten import find_bericht
from berichten.opslag.berichten.bevindingen import Bevindingrij
from berichten.opslag.berichten.bevindingen import list_bevindingen as read_bevindingen
from berichten.regels.kort import tell_numbers, tell_short, title_of
from berichten.regels.register import bron_of
from berichten.standaard.schema.retourcodes import tell_code


@dataclass(frozen=True, slots=True)
class Bevinding:
    """A rule that was hit, with the numbers that decided it."""

    regel: str
    retourcode: str | None
    gevolg: str
    niveau: int
    klasse: str
    pad: str
    regelnummer: int | None
    """Line of the file; None where there is none."""
    melding: str
    gegevens: dict[str, Any]
    bron: str
    """Where the rule comes from."""

    @property
    def retourcode_tekst(self) -> str | None:
        """What the retourcode means."""
        return tell_code(self.retourcode)


def tell_kort(bevinding: Bevinding) -> str:
    """In a few words, for a list; the whole sentence where there are none."""
    return tell_short(bevinding.regel, bevinding.gegevens) or bevinding.melding


def split_kort(bevinding: Bevinding) -> tuple[str, str]:
    """The same in two: what is the matter, and the numbers that decided."""
    titel = title_of(bevinding.regel)
    return (titel, tell_numbers(bevinding.regel, bevinding.gegevens)) if titel else (bevinding.melding, "")


def show_bevinding(rij: Bevindingrij, soort: str) -> Bevinding:
    """A finding in a message of this kind; the source comes from the catalogue, by kind of message."""
    return take(Bevinding, rij, bron=bron_of(rij.regel, soort))


def list_bevindingen(kijker: Kijker, bericht_id: UUID, grootte: int, volgende: str | None) -> Bladzijde[Bevinding] | None:
    """Every finding in the order of the message; None when the message is not there, or another's."""
    with kijker.transaction() as (verbinding, vermelding):
        rij = find_bericht(verbinding, kijker.gemeente, bericht_id)
        if rij is None:
            vermelding.shows_absent("bericht", bericht_id)
            return None
        gevonden = read_bevindingen(verbinding, kijker.gemeente, bericht_id, int(volgende or 0), grootte + 1)
        vermelding.shows("bevindingen", (), bericht_id)
    return cut(gevonden, grootte, lambda item: item[0]).each(lambda item: show_bevinding(item[1], rij.soort))
