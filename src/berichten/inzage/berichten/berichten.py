"""A message and what became of it; with an answer of the aanbieder, or what it answers. Amounts in eurocents."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection

from berichten.inzage.basis.bladzijde import Bladzijde, cut
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.opslag.berichten import berichten as opslag
from berichten.opslag.berichten.berichten import Berichtrij
from berichten.opslag.berichten.zoeken import Berichtfilter
from berichten.opslag.berichten.zoeken import list_berichten as search
from berichten.opslag.retouren.retouren import Heenrij, Retourrij, find_heen, find_retour
from berichten.standaard.schema.retourcodes import tell_codes
from berichten.standaard.waarden.soorten import ANTWOORDEN_VAN_AANBIEDER

__all__ = [
    "AntwoordOp", "Bericht", "Berichtdetail", "Berichtfilter", "Klassecodes", "Periode", "Retour", "Stuk", "find_antwoord",
    "find_bericht", "find_inhoud", "list_berichten", "show_bericht",
]  # fmt: skip

_BSN = re.compile(rb"<(?:[\w.-]+:)?Bsn\b[^>]*>\s*([0-9]{9})\s*<")
_ANTWOORD_LATER = "Er is nog geen antwoord: het bericht wacht op verwerking. Vraag het over een minuut opnieuw op."
_GEEN_ANTWOORD = {
    "geweigerd": "Op dit bericht komt geen antwoordbericht, want het is geweigerd. Onder /bevindingen staat elke fout; herstel ze"
    " en stuur het bericht opnieuw in.",
    "ter_beoordeling": "Er is nog geen antwoord: de gemeente moet nog een of meer regels beoordelen. Welke dat zijn staat onder"
    " /bevindingen; u hoeft niets te doen.",
}
"""Why there is no answer (yet), by status."""


@dataclass(frozen=True, slots=True)
class Periode:
    """From and to, both inclusive."""

    begindatum: date
    einddatum: date


@dataclass(frozen=True, slots=True)
class Bericht:
    """A message; amounts in eurocents, None where the message has no lines or is not handled yet."""

    bericht_id: UUID
    soort: str
    richting: str
    afzender: str | None
    ontvanger: str | None
    identificatie: str | None
    dagtekening: date | None
    declaratienummer: str | None
    declaratie_periode: Periode | None
    """What a declaration is about; None for any other message."""
    eigen_kenmerk: str | None
    status: str
    ontvangen_op: datetime
    verwerkt_op: datetime | None
    antwoord_uiterlijk_op: date | None
    aantal_regels: int | None
    ingediend_bedrag: int | None
    toegekend_bedrag: int | None
    afgewezen_bedrag: int | None
    te_beoordelen_bedrag: int | None
    retourcodes: list[str]
    declaratie_retourcodes: list[str]
    regelboek: str | None
    """Edition of the rule book by which it was judged."""

    @property
    def retourcode_teksten(self) -> dict[str, str]:
        """What the codes of the message mean, by code."""
        return tell_codes([*self.retourcodes, *self.declaratie_retourcodes])


@dataclass(frozen=True, slots=True)
class Klassecodes:
    """Codes of one class in an answer of the aanbieder."""

    pad: str
    toewijzingnummer: int | None
    retourcodes: list[str]


@dataclass(frozen=True, slots=True)
class Retour:
    """What the aanbieder answered."""

    bericht_id: UUID
    soort: str
    identificatie: str
    dagtekening: date
    ontvangen_op: datetime
    aangenomen: bool
    """Whether the aanbieder took all of it over: no code but 0200."""
    retourcodes: list[str]
    klassen: list[Klassecodes]


@dataclass(frozen=True, slots=True)
class AntwoordOp:
    """What a message answers."""

    soort: str
    identificatie: str
    bericht_id: UUID | None
    melding: str | None
    """Why it is not linked, in Dutch; None when it is."""


@dataclass(frozen=True, slots=True)
class Berichtdetail(Bericht):
    """A message with its links."""

    retour: Retour | None
    """The newest answer of the aanbieder; None until there is one."""
    antwoord_op: AntwoordOp | None
    """Only for an answer: the message that it answers."""


@dataclass(frozen=True, slots=True)
class Stuk:
    """The XML of a message or of its answer; when there is none, why, in Dutch."""

    inhoud: bytes | None
    waarom: str = ""


def show_bericht(rij: Berichtrij) -> Bericht:
    """What is shown of a message that was just received or read."""
    return take(Bericht, rij, declaratie_periode=_period(rij))


def list_berichten(kijker: Kijker, zeef: Berichtfilter, grootte: int, volgende: str | None) -> Bladzijde[Bericht]:
    """New to old: an aanbieder's own, staff those of their gemeente."""
    with kijker.transaction() as (verbinding, vermelding):
        rijen = search(verbinding, kijker.gemeente, zeef, int(volgende) if volgende else None, grootte + 1)
        vermelding.shows("berichten", ())
    return cut(rijen, grootte, lambda rij: rij.volgnummer).each(show_bericht)


def find_bericht(kijker: Kijker, bericht_id: UUID) -> Berichtdetail | None:
    """None when it is not there, or another's."""
    with kijker.transaction() as (verbinding, vermelding):
        rij = opslag.find_bericht(verbinding, kijker.gemeente, bericht_id)
        if rij is None:
            vermelding.shows_absent("bericht", bericht_id)
            return None
        vermelding.shows("bericht", (), bericht_id)
        return _with_links(verbinding, rij)


def find_inhoud(kijker: Kijker, bericht_id: UUID) -> Stuk | None:
    """The bytes as received; None when the message is not there, or another's."""
    with kijker.transaction() as (verbinding, vermelding):
        if opslag.find_bericht(verbinding, kijker.gemeente, bericht_id) is None:
            vermelding.shows_absent("bericht", bericht_id)
            return None
        inhoud = opslag.read_inhoud(verbinding, kijker.gemeente, bericht_id)
        stuk = _unpack(kijker, inhoud, "Van dit bericht is geen inhoud bewaard.")
        vermelding.shows("inhoud", _list_bsns(stuk), bericht_id, met_bsn=True)
    return stuk


def find_antwoord(kijker: Kijker, bericht_id: UUID) -> Stuk | None:
    """The answer message; None when the message is not there, or another's."""
    with kijker.transaction() as (verbinding, vermelding):
        rij = opslag.find_bericht(verbinding, kijker.gemeente, bericht_id)
        if rij is None:
            vermelding.shows_absent("bericht", bericht_id)
            return None
        inhoud = opslag.read_antwoord(verbinding, kijker.gemeente, bericht_id)
        stuk = _unpack(kijker, inhoud, _why_no_answer(rij))
        vermelding.shows("antwoord", _list_bsns(stuk), bericht_id, met_bsn=True)
    return stuk


def _list_bsns(stuk: Stuk) -> set[str]:
    """Every Bsn that stands in it, also of a message of which nothing was taken over."""
    return {gevonden.decode() for gevonden in _BSN.findall(stuk.inhoud or b"")}


def _why_no_answer(rij: Berichtrij) -> str:
    if rij.soort in ANTWOORDEN_VAN_AANBIEDER:
        return f"Een {rij.soort} is zelf een antwoord; daarop komt geen antwoordbericht."
    return _GEEN_ANTWOORD.get(rij.status, _ANTWOORD_LATER)


def _unpack(kijker: Kijker, inhoud: bytes | None, waarom: str) -> Stuk:
    return Stuk(None, waarom) if inhoud is None else Stuk(kijker.kluis.unpack(inhoud))


def _period(rij: Berichtrij) -> Periode | None:
    if rij.declaratie_begindatum is None or rij.declaratie_einddatum is None:
        return None
    return Periode(rij.declaratie_begindatum, rij.declaratie_einddatum)


def _with_links(verbinding: Connection, rij: Berichtrij) -> Berichtdetail:
    retour, heen = find_retour(verbinding, rij), find_heen(verbinding, rij)
    return take(
        Berichtdetail,
        rij,
        declaratie_periode=_period(rij),
        retour=retour and _show_retour(retour),
        antwoord_op=heen and _show_heen(heen),
    )


def _show_retour(retour: Retourrij) -> Retour:
    return take(Retour, retour, klassen=[Klassecodes(**klasse) for klasse in retour.klassen])


def _show_heen(heen: Heenrij) -> AntwoordOp:
    melding = None
    if heen.bericht_id is None:
        melding = (
            f"Bij de gemeente is geen {heen.soort} aan u bekend met Identificatie {heen.identificatie}. Uw antwoord is bewaard en"
            " wordt eraan gekoppeld zodra dat bericht er is. Controleer de Identificatie als u dat niet verwacht."
        )
    return take(AntwoordOp, heen, melding=melding)
