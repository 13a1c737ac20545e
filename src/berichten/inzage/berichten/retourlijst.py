"""Allocations that did not arrive well: the aanbieder rejected the JW301, or sent no JW302 within three working days."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import Connection

from berichten.dossier.verzoeken.verzoektermijnen import retour_uiterlijk
from berichten.inzage.basis.bladzijde import Bladzijde, cut
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.kern.tekst import datum
from berichten.klok import dutch_day
from berichten.opslag.berichten.berichten import read_inhoud
from berichten.opslag.retouren.retourstand import (
    Afgerondrij,
    Openretourfilter,
    Openretourrij,
    Retourgrens,
    list_afgerond,
    list_openstaand,
)
from berichten.standaard.lezen.lezen import reread_bericht
from berichten.standaard.schema.retourcodes import tell_codes
from berichten.standaard.waarden.berichten import Toewijzingsbericht
from berichten.standaard.waarden.soorten import JW301

__all__ = ["Afgerond", "Openretour", "Openretourfilter", "Retourstand", "list_afgeronde", "list_retouren"]

Retourstand = Literal["afgekeurd", "zonder_antwoord"]
_NIETSZEGGEND = ("0200", "0233")
"""Codes of classes in which nothing was found."""
_VERVOLG = {
    "afgekeurd": "Voor de aanbieder bestaat deze toewijzing niet. Zoek uit wat er mis is, en stuur een verbeterd JW301.",
    "zonder_antwoord": "Vraag de aanbieder of hij de toewijzing heeft ontvangen, en stuur haar zo nodig opnieuw.",
}


@dataclass(frozen=True, slots=True)
class Openretour:
    """A JW301 on which somebody must look. Of the Bsn only the last three digits."""

    bericht_id: UUID
    """The JW301."""
    stand: Retourstand
    agb: str
    identificatie: str
    client: str
    toewijzingen: list[int]
    """ToewijzingNummers of the JW301 that the aanbieder found fault with; all of them where it names none."""
    verstuurd_op: datetime
    """When the JW301 came in here."""
    retour_uiterlijk_op: date
    retour_bericht_id: UUID | None
    """The JW302 that rejects it; None when there is none."""
    beantwoord_op: datetime | None
    retourcodes: list[str]
    """What the aanbieder found, each code once; not 0200 and 0233, which say nothing of it."""
    melding: str
    """What is the matter and what to do, in Dutch."""

    @property
    def retourcode_teksten(self) -> dict[str, str]:
        """What the codes mean, by code."""
        return tell_codes(self.retourcodes)


@dataclass(frozen=True, slots=True)
class Afgerond:
    """A JW301 that somebody dealt with, how and when. Of the Bsn only the last three digits."""

    bericht_id: UUID
    agb: str
    identificatie: str
    client: str
    toewijzingen: list[int]
    toelichting: str
    door: str
    """Who dealt with it, by name."""
    afgerond_op: datetime


def list_retouren(kijker: Kijker, zeef: Openretourfilter, grootte: int, volgende: str | None) -> Bladzijde[Openretour]:
    """The oldest JW301 first; for staff."""
    grens = Retourgrens.on(kijker.instellingen.vandaag())
    with kijker.transaction() as (verbinding, vermelding):
        rijen = list_openstaand(verbinding, kijker.gemeente, zeef, grens, int(volgende) if volgende else None, grootte + 1)
        bladzijde = cut(rijen, grootte, lambda rij: rij.volgnummer)
        gelezen = {rij.bericht_id: _reread(kijker, verbinding, rij) for rij in bladzijde.regels}
        vermelding.shows("retouren", (gelezen[rij.bericht_id].client.bsn for rij in bladzijde.regels))
    return bladzijde.each(lambda rij: _show(kijker, rij, gelezen[rij.bericht_id]))


def list_afgeronde(kijker: Kijker, aantal: int) -> list[Afgerond]:
    """What was settled last, the newest first; for staff."""
    with kijker.transaction() as (verbinding, vermelding):
        rijen = list_afgerond(verbinding, kijker.gemeente, aantal)
        gelezen = {rij.bericht_id: _reread(kijker, verbinding, rij) for rij in rijen}
        vermelding.shows("retouren", (bericht.client.bsn for bericht in gelezen.values()))
    namen = kijker.names_of({rij.door for rij in rijen})
    return [
        take(
            Afgerond,
            rij,
            client=kijker.mask(gelezen[rij.bericht_id].client.bsn),
            toewijzingen=sorted(item.toewijzingnummer for item in gelezen[rij.bericht_id].producten),
            door=namen.get(rij.door, "een collega"),
        )
        for rij in rijen
    ]


def _reread(kijker: Kijker, verbinding: Connection, rij: Openretourrij | Afgerondrij) -> Toewijzingsbericht:
    """Client and numbers stand in the message: no index leads from a message to its allocations."""
    inhoud = read_inhoud(verbinding, kijker.gemeente, rij.bericht_id) or b""
    bericht = reread_bericht(kijker.kluis.unpack(inhoud), JW301.naam)
    assert isinstance(bericht, Toewijzingsbericht)
    return bericht


def _show(kijker: Kijker, rij: Openretourrij, bericht: Toewijzingsbericht) -> Openretour:
    stand: Retourstand = "zonder_antwoord" if rij.retour_bericht_id is None else "afgekeurd"
    fout = [klasse["toewijzingnummer"] for klasse in rij.klassen if {*klasse["retourcodes"]} - {*_NIETSZEGGEND}]
    nummers = [nummer for nummer in fout if nummer is not None] or [item.toewijzingnummer for item in bericht.producten]
    codes = dict.fromkeys([*rij.retourcodes, *(code for klasse in rij.klassen for code in klasse["retourcodes"])])
    uiterlijk = retour_uiterlijk(dutch_day(rij.ontvangen_op))
    return take(
        Openretour,
        rij,
        stand=stand,
        client=kijker.mask(bericht.client.bsn),
        toewijzingen=sorted(set(nummers)),
        verstuurd_op=rij.ontvangen_op,
        retour_uiterlijk_op=uiterlijk,
        retourcodes=[code for code in codes if code not in _NIETSZEGGEND],
        melding=f"{_tell(rij, uiterlijk)} {_VERVOLG[stand]}",
    )


def _tell(rij: Openretourrij, uiterlijk: date) -> str:
    if rij.beantwoord_op is None:
        return f"Het antwoord (JW302) had er uiterlijk {datum(uiterlijk)} moeten zijn."
    return f"De aanbieder keurde dit bericht op {datum(dutch_day(rij.beantwoord_op))} af (JW302)."
