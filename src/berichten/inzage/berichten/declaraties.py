"""A declaration at a glance: what became of its lines, and what was not awarded by the reason of it, with what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from berichten.beoordeling.wachtend.niet_beoordeeld import Redenen, find_redenen
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.berichten.berichten import Bericht, show_bericht
from berichten.opslag.berichten.berichten import Berichtrij, find_bericht
from berichten.opslag.berichten.bevindingen import Bevindingrij, list_stoppers
from berichten.opslag.berichten.declaraties import Prestatierij
from berichten.opslag.berichten.prestaties import Besluitrij, list_besluiten, list_prestaties_of
from berichten.rapporten.prestaties.regelbevindingen import load_regelbevindingen
from berichten.rapporten.prestaties.uitkomstgroepen import Redenrij, Uitkomsttelling, count_uitkomsten, group_redenen
from berichten.regels.register import find_regel
from berichten.standaard.schema.retourcodes import tell_code

__all__ = ["Declaratieoverzicht", "Redengroep", "Redenregel", "Uitkomsttelling", "find_declaratie", "tell_declaratie"]

VOORBEELDEN = 25
"""Lines that are shown of a group; the rest stands in the list of lines."""
_WACHT = "De gemeente besluit over deze regels. U hoeft niets te doen; een toelichting mag u bij de regel zetten."
_NIET_BEOORDEELD = "Niet beoordeeld, omdat er iets mis was met het bericht of met de cliënt"
_HERSTEL_EERST = "Herstel wat er staat en stuur deze regels opnieuw in."
_OPNIEUW = "Lees bij elke regel wat er mis is. Herstel dat en dien de regel opnieuw in, met een nieuw referentienummer."


@dataclass(frozen=True, slots=True)
class Redenregel:
    """A line under the reason that decided. Amount in eurocents, dates inclusive."""

    prestatie_id: int
    referentienummer: str
    client: str
    toewijzingnummer: int | None
    productcode: str
    begindatum: date
    einddatum: date
    volume: int
    eenheid: str
    bedrag: int
    melding: str | None
    """What was found, with its numbers and what to do."""
    gegevens: Mapping[str, Any]
    """The numbers that decided, by name: what was asked, what fits and what is too much."""
    motivering: str | None
    """What was said with the decision, when somebody decided."""


@dataclass(frozen=True, slots=True)
class Redengroep:
    """Lines that were not awarded for the same reason. Amount in eurocents."""

    uitkomst: str
    regel: str | None
    titel: str
    retourcode: str | None
    besloten: bool
    """Whether somebody decided this; else the service found it."""
    aantal: int
    bedrag: int
    wat_te_doen: str
    regels: list[Redenregel]
    """The first of them."""

    @property
    def retourcode_tekst(self) -> str | None:
        """What the retourcode means."""
        return tell_code(self.retourcode)


@dataclass(frozen=True, slots=True)
class Declaratieoverzicht:
    """A declaration with its lines counted; both lists add up to it."""

    bericht: Bericht
    uitkomsten: list[Uitkomsttelling]
    redenen: list[Redengroep]
    """Of all lines that were not awarded."""


def find_declaratie(kijker: Kijker, bericht_id: UUID) -> Declaratieoverzicht | None:
    """A fixed number of queries; None when it is not there, or another's."""
    gemeente = kijker.gemeente
    with kijker.transaction() as (verbinding, vermelding):
        rij = find_bericht(verbinding, gemeente, bericht_id)
        if rij is None:
            vermelding.shows_absent("bericht", bericht_id)
            return None
        overzicht, bsns = tell_declaratie(verbinding, kijker, rij)
        vermelding.shows("declaratie", bsns, bericht_id)
    return overzicht


def tell_declaratie(verbinding: Connection, kijker: Kijker, rij: Berichtrij) -> tuple[Declaratieoverzicht, list[str]]:
    """The same of a declaration that was just handled, also in a rehearsal; with the clients that it shows."""
    uitkomsten = count_uitkomsten(verbinding, rij)
    groepen = group_redenen(verbinding, rij, VOORBEELDEN)
    gelezen = _Gelezen.load(verbinding, rij, [nummer for groep in groepen for nummer in groep.prestatie_ids])
    overzicht = Declaratieoverzicht(show_bericht(rij), uitkomsten, [_show(kijker, groep, gelezen, rij) for groep in groepen])
    return overzicht, [item.bsn for item in gelezen.regels.values()]


@dataclass(frozen=True, slots=True)
class _Gelezen:
    """What is known of the lines that are shown."""

    regels: dict[int, Prestatierij]
    bevindingen: dict[int, list[Bevindingrij]]
    besluiten: dict[int, list[Besluitrij]]
    redenen: Redenen

    @classmethod
    def load(cls, verbinding: Connection, bericht: Berichtrij, nummers: Sequence[int]) -> "_Gelezen":
        return cls(
            {item.prestatie_id: item for item in list_prestaties_of(verbinding, bericht.gemeente, nummers)},
            load_regelbevindingen(verbinding, bericht.gemeente, nummers),
            list_besluiten(verbinding, bericht.gemeente, nummers),
            find_redenen(bericht.status, list_stoppers(verbinding, bericht.gemeente, bericht.bericht_id)),
        )


def _show(kijker: Kijker, groep: Redenrij, gelezen: _Gelezen, bericht: Berichtrij) -> Redengroep:
    regel = groep.regel and find_regel(groep.regel, bericht.soort)
    return Redengroep(
        uitkomst=groep.uitkomst,
        regel=groep.regel,
        titel=regel.titel if regel else groep.regel or _NIET_BEOORDEELD,
        retourcode=groep.retourcode,
        besloten=groep.besloten,
        aantal=groep.aantal,
        bedrag=groep.bedrag,
        wat_te_doen=_advise(groep, regel.doen if regel else ""),
        regels=[_show_line(kijker, gelezen.regels[nummer], groep, gelezen) for nummer in groep.prestatie_ids],
    )


def _advise(groep: Redenrij, doen: str) -> str:
    """What a rule itself says to do, where that needs no numbers of one line."""
    if groep.uitkomst == "ter_beoordeling":
        return _WACHT
    if groep.regel is None:
        return _HERSTEL_EERST
    return _OPNIEUW if "{" in doen or not doen or groep.besloten else doen


def _show_line(kijker: Kijker, rij: Prestatierij, groep: Redenrij, gelezen: _Gelezen) -> Redenregel:
    beslissend = next((item for item in gelezen.bevindingen.get(rij.prestatie_id, []) if item.regel == groep.regel), None)
    besluiten = [item for item in gelezen.besluiten.get(rij.prestatie_id, []) if item.definitief]
    return Redenregel(
        rij.prestatie_id, rij.referentienummer, kijker.mask(rij.bsn), rij.toewijzingnummer, rij.productcode, rij.begindatum,
        rij.einddatum, rij.volume, rij.eenheid, rij.bedrag,
        melding=beslissend.melding if beslissend else gelezen.redenen.find(rij.regelnummer),
        gegevens=beslissend.gegevens if beslissend else {},
        motivering=besluiten[-1].motivering if besluiten and groep.besloten else None,
    )  # fmt: skip
