"""Receive a message: look at the bytes, at who sends them, and keep them. Judging comes later (`verwerk_bericht`)."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import Connection

from berichten.fouten import Invoerfout
from berichten.kern.houder import Sleutelhouder
from berichten.kern.intussen import meanwhile
from berichten.kern.kalender import add_werkdagen
from berichten.klok import dutch_day
from berichten.opslag.berichten.berichten import Berichtrij, NieuwBericht, find_same_bytes, insert_bericht
from berichten.opslag.berichten.bevindingen import Bevindingrij, copy_bevindingen
from berichten.opslag.berichten.bundels import limit_waits
from berichten.opslag.berichten.weigeringen import count_again, is_full
from berichten.processen.basis.handelingen import Handeling, note_done, note_refused
from berichten.processen.basis.machtiging import act_for
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.basis.zijproces import GROOT, LEES_SECONDEN, Zijproces, ZijprocesZwaar
from berichten.processen.ontvangst.poort import check_entry
from berichten.processen.ontvangst.retourpoort import check_jw320
from berichten.standaard.deur.toelating import Weigering, admit, too_heavy
from berichten.standaard.lezen.retour import Inzending
from berichten.standaard.waarden.soorten import ANTWOORDEN_VAN_AANBIEDER, JW303, Berichtsoort

_BEWAARD = 1024 * 1024
"""Bytes of a refused attempt of which the contents are kept; of a larger one only what was found. Its sender has it."""
ONBEKEND = "onbekend"
"""Kind of a message that could not be recognised."""


_RETOUR = ("Ontvanger", "die aanbieder: een antwoord houdt de Afzender en de Ontvanger van het bericht waarop het antwoordt")
_SENDER = dict.fromkeys(ANTWOORDEN_VAN_AANBIEDER, _RETOUR) | {JW303.naam: ("Aanbieder", "de aanbieder")}
"""Where a message names its sender otherwise than in Afzender, and whose key it needs."""
_GEMEENTE = dict.fromkeys(ANTWOORDEN_VAN_AANBIEDER, ("Afzender", "gemeente ")) | {JW303.naam: ("Gemeente", "")}
"""Where a message names the gemeente that it is for otherwise than in Ontvanger, and what stands before the code in a sentence."""
_OF_MACHTIGING = {"gemeente": "", "aanbieder": ", of vraag de gemeente om een machtiging voor die aanbieder"}


@dataclass(frozen=True, slots=True)
class Ingepakt:
    """The bytes of a message as they are kept, with the digest by which they are known again."""

    sha256: bytes
    inhoud: bytes


@dataclass(frozen=True, slots=True)
class Ontvangen:
    """A message that is kept and will be handled."""

    rij: Berichtrij
    herhaling: bool
    """The same bytes were accepted before: this is that message."""


@dataclass(frozen=True, slots=True)
class Geweigerd:
    """A message refused at the door (level 1); the attempt is kept where it is known for which gemeente."""

    bericht_id: UUID | None
    """None when nothing is kept of it: it is not known whose it is, or its sender made more attempts today than are kept."""
    soort: str
    fouten: tuple[Invoerfout, ...]
    totaal: int
    keren: int = 1
    """How often these very bytes were refused."""


@dataclass(frozen=True, slots=True)
class Verboden:
    """A message that this sender may not send, or not to here. Nothing of it is kept: it may be meant for another."""

    fout: Invoerfout


def receive(
    verbinding: Connection,
    werkplaats: Werkplaats,
    inhoud: bytes,
    toegelaten: Inzending | Weigering,
    houder: Sleutelhouder | None,
    eigen_kenmerk: str | None = None,
    *,
    take_packed: Callable[[], Ingepakt] | None = None,
) -> Ontvangen | Geweigerd | Verboden:
    """Keep a message that was admitted (or refused) at level 1, inside the open transaction.

    `houder` is who sends it; None for an operator at the command line, who may replay anyone's messages. `take_packed`: from who
    has the bytes packed meanwhile.
    """
    toegelaten = check_entry(werkplaats.instellingen, inhoud, toegelaten, houder)
    if isinstance(toegelaten, Weigering):
        return _refuse(verbinding, werkplaats, inhoud, toegelaten, houder, eigen_kenmerk)
    if houder is not None:
        werkplaats = werkplaats.asked_by(houder)
        eigen = act_for(verbinding, werkplaats.instellingen, houder, _poster(toegelaten))
        fout = check_sender(toegelaten, eigen or houder)
        if fout is not None:
            note_refused(verbinding, werkplaats, Handeling(houder.gemeente, houder.sleutel_id, "C", "inzending"), fout.melding)
            return Verboden(fout)
        werkplaats = werkplaats.asked_by(eigen or houder)
    if weigering := check_jw320(verbinding, werkplaats, inhoud, toegelaten):
        return refuse_unkept(weigering)
    ingepakt = take_packed() if take_packed else _pack(werkplaats, inhoud)
    nieuw = replace(compose_new(werkplaats, inhoud, toegelaten, ingepakt.sha256), eigen_kenmerk=eigen_kenmerk)
    rij = insert_bericht(verbinding, nieuw, ingepakt.inhoud)
    if rij is not None and houder is not None:
        note_done(verbinding, werkplaats, Handeling(rij.gemeente, houder.sleutel_id, "C", "inzending", rij.bericht_id))
    if rij is None:
        return Ontvangen(find_same_bytes(verbinding, nieuw.gemeente, nieuw.sha256), herhaling=True)
    return Ontvangen(rij, herhaling=False)


def check_sender(bericht: Inzending, houder: Sleutelhouder) -> Invoerfout | None:
    """The sender named in the message must be who holds the key, and its gemeente the one of the key."""
    soort = bericht.soort
    rol = "aanbieder" if houder.rol == "aanbieder" else "gemeente"
    if houder.rol not in ("aanbieder", "gemeente"):
        return _forbidden(
            "Header/Afzender", "Met deze sleutel kunt u geen berichten insturen. Vraag een sleutel voor een afzender."
        )
    if soort.inzender != rol:
        return _forbidden(
            "Header/BerichtCode",
            f"Een {soort.naam} ({soort.omschrijving}) komt van de {soort.inzender}, maar uw sleutel is die van een {rol}."
            f" Gebruik de sleutel van de {soort.inzender}.",
        )
    eigen = houder.agb if rol == "aanbieder" else houder.gemeente
    inzender = _poster(bericht)
    if inzender != eigen:
        element, wie = _SENDER.get(soort.naam, ("Afzender", "de afzender"))
        return _forbidden(
            f"Header/{element}",
            f"{element} is {inzender}, maar uw sleutel hoort bij {eigen}. Verstuur het met de sleutel van"
            f" {wie}{_OF_MACHTIGING[rol]}.",
        )
    gemeente, _ = parties(bericht)
    if gemeente != houder.gemeente:
        element, naam = _GEMEENTE.get(soort.naam, ("Ontvanger", "gemeente "))
        return _forbidden(
            f"Header/{element}",
            f"{element} is {naam}{gemeente}, maar uw sleutel is voor gemeente {houder.gemeente}."
            " Stuur het bericht naar de juiste gemeente.",
        )
    return None


def _poster(bericht: Inzending) -> str:
    """AGB code or gemeentecode of who posts a message, by its header."""
    gemeente, agb = parties(bericht)
    return agb if bericht.soort.inzender == "aanbieder" else gemeente


def _forbidden(pad: str, melding: str) -> Invoerfout:
    return Invoerfout(f"Bericht/{pad}", "AFZENDER", melding)


def parties(bericht: Inzending) -> tuple[str, str]:
    """The gemeente and the aanbieder of a message, whoever of them sent it."""
    header = bericht.header
    if bericht.soort.afzender == "gemeente":
        return header.afzender, header.ontvanger
    return header.ontvanger, header.afzender


def compose_new(werkplaats: Werkplaats, inhoud: bytes, bericht: Inzending, sha256: bytes | None = None) -> NieuwBericht:
    """What is to be stored of a message with these bytes (and `sha256`, from who has that) that comes in now."""
    gemeente, agb = parties(bericht)
    header, nu = bericht.header, werkplaats.instellingen.nu()
    declaratie, afzender = bericht.declaratie, _poster(bericht)
    return NieuwBericht(
        gemeente=gemeente,
        bericht_id=uuid4(),
        soort=bericht.soort.naam,
        agb=agb,
        afzender=afzender,
        ontvanger=gemeente if afzender == agb else agb,
        identificatie=header.identificatie,
        dagtekening=header.dagtekening,
        sha256=sha256 or hashlib.sha256(inhoud).digest(),
        status="ontvangen",
        ontvangen_op=nu,
        antwoord_uiterlijk_op=add_werkdagen(dutch_day(nu), bericht.soort.antwoord_werkdagen) if bericht.soort.antwoord else None,
        declaratienummer=declaratie.declaratienummer if declaratie else None,
        declaratie_begindatum=declaratie.periode.begindatum if declaratie else None,
        declaratie_einddatum=declaratie.periode.einddatum if declaratie else None,
    )


def _refuse(
    verbinding: Connection,
    werkplaats: Werkplaats,
    inhoud: bytes,
    weigering: Weigering,
    houder: Sleutelhouder | None,
    eigen_kenmerk: str | None,
) -> Geweigerd:
    """Keep the attempt with its faults, under the gemeente of the key; without a key nobody can say whose it is."""
    if houder is None or not weigering.bewaren:
        return refuse_unkept(weigering)
    soort, afzender, nu = _kind_name(weigering.soort), houder.agb or houder.gemeente, werkplaats.instellingen.nu()
    sha256 = hashlib.sha256(inhoud).digest()
    eerder = count_again(verbinding, houder.gemeente, afzender, sha256, nu)
    if eerder is not None:
        return Geweigerd(eerder[0], soort, weigering.fouten, weigering.totaal, keren=eerder[1])
    vanaf = nu - timedelta(days=1)
    if is_full(verbinding, houder.gemeente, afzender, vanaf, werkplaats.instellingen.weigeringen_per_dag):
        return refuse_unkept(weigering)
    nieuw = NieuwBericht(
        gemeente=houder.gemeente,
        bericht_id=uuid4(),
        soort=soort,
        agb=houder.agb,
        afzender=afzender,
        ontvanger=None,
        identificatie=None,
        dagtekening=None,
        sha256=sha256,
        status="geweigerd",
        ontvangen_op=nu,
        antwoord_uiterlijk_op=None,
        eigen_kenmerk=eigen_kenmerk,
    )
    insert_bericht(verbinding, nieuw, werkplaats.kluis.pack(inhoud) if len(inhoud) <= _BEWAARD else None)
    copy_bevindingen(verbinding, nieuw.gemeente, nieuw.bericht_id, nieuw.agb, map(_as_bevinding, weigering.fouten))
    return Geweigerd(nieuw.bericht_id, soort, weigering.fouten, weigering.totaal)


def refuse_unkept(weigering: Weigering) -> Geweigerd:
    """A refusal of which nothing is kept."""
    return Geweigerd(None, _kind_name(weigering.soort), weigering.fouten, weigering.totaal)


def _kind_name(soort: Berichtsoort | None) -> str:
    return ONBEKEND if soort is None else soort.naam


def _as_bevinding(fout: Invoerfout) -> Bevindingrij:
    klasse = fout.pad.split("/")[-2] if fout.pad.count("/") else "Bericht"
    return Bevindingrij(fout.regel, None, "afkeuren", 1, klasse, fout.pad, fout.melding, {}, fout.regelnummer)


def accept(
    werkplaats: Werkplaats,
    inhoud: bytes,
    houder: Sleutelhouder | None,
    eigen_kenmerk: str | None = None,
    *,
    geduld: float | None = None,
) -> Ontvangen | Geweigerd | Verboden:
    """Look at a message and keep it, in a transaction of its own; what was read lies ready for who handles it in this process.

    `geduld`: seconds that it waits for a row that another holds; None: as long as its login may.
    """
    zij = werkplaats.zij if len(inhoud) > GROOT else None
    with meanwhile(lambda: _pack(werkplaats, inhoud), wel=len(inhoud) > GROOT) as take_packed:
        toegelaten = admit(inhoud, werkplaats.schemas) if zij is None else _admit_beside(zij, inhoud)
    with werkplaats.opslag.transaction() as verbinding:
        if geduld is not None:
            limit_waits(verbinding, geduld)
        uitkomst = receive(verbinding, werkplaats, inhoud, toegelaten, houder, eigen_kenmerk, take_packed=take_packed)
    if werkplaats.zij is None and isinstance(uitkomst, Ontvangen) and not (uitkomst.herhaling or isinstance(toegelaten, Weigering)):
        # A service has workers in other processes, where it is read again.
        werkplaats.gelezen.put(uitkomst.rij.bericht_id, toegelaten)
    return uitkomst


def _pack(werkplaats: Werkplaats, inhoud: bytes) -> Ingepakt:
    return Ingepakt(hashlib.sha256(inhoud).digest(), werkplaats.kluis.pack(inhoud))


def _admit_beside(zij: Zijproces, inhoud: bytes) -> Inzending | Weigering:
    """Level 1 of a large message in a process of its own, all of it; of what is let in only the header comes back."""
    try:
        toegelaten: Inzending | Weigering = zij.run("toelaten", inhoud, seconden=LEES_SECONDEN)
    except ZijprocesZwaar:
        return too_heavy()
    return toegelaten
