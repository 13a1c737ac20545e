"""Who sends a JW320 answers a JW319 of the gemeente, and answers it once (VERZOEKEN 7); what is no such answer is not let in."""

import hashlib
import re
from typing import TypeGuard

from sqlalchemy import Connection

from berichten.fouten import Invoerfout
from berichten.opslag.berichten.berichten import read_inhoud
from berichten.opslag.berichten.uitkomsten import find_accepted
from berichten.opslag.verzoeken.verzoekretouren import find_heenstand, list_wachtende_retouren, lock_retouren
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.standaard.deur.toelating import Weigering, admit
from berichten.standaard.lezen.retour import Inzending, Retourbericht
from berichten.standaard.waarden.soorten import JW319

_IDENTIFICATIE = re.compile(rb"<(?:[^\s<>/:]+:)?Identificatie[\s>]")
_PAD = "Bericht/Header/BerichtIdentificatie/Identificatie"


def answers_jw319(bericht: Inzending | Weigering) -> TypeGuard[Retourbericht]:
    """Whether it is a JW320."""
    return isinstance(bericht, Retourbericht) and bericht.heen_soort == JW319.naam


def check_jw320(verbinding: Connection, werkplaats: Werkplaats, inhoud: bytes, bericht: Inzending) -> Weigering | None:
    """Why a JW320 is not let in, of which nothing is kept; None for one that is, or that was: the same bytes are the same message.

    A JW319 that waits to be handled is known already. Of two at one instant the second waits until the first is kept, and is told.
    None too for whatever is no JW320.
    """
    if not answers_jw319(bericht):
        return None
    gemeente, agb, nummer = bericht.header.afzender, bericht.header.ontvanger, bericht.heen_identificatie
    lock_retouren(verbinding, gemeente, agb)
    # After the lock: a sender that tries again while its first try is under way sent one message.
    if find_accepted(verbinding, [(gemeente, hashlib.sha256(inhoud).digest())]):
        return None
    # In this order: one that is handled in between waits no longer, and is then known as the answer.
    wacht = _waits(verbinding, werkplaats, gemeente, agb, nummer)
    heen = find_heenstand(verbinding, gemeente, agb, nummer)
    if not heen.bekend:
        return _refuse(
            bericht, inhoud,
            f"gemeente {gemeente} stuurde u geen JW319 met Identificatie {nummer}. Neem de Identificatie over uit het JW319 waarop"
            " u antwoordt; u vindt het onder uw berichten.",
        )  # fmt: skip
    if heen.beantwoord or wacht:
        return _refuse(
            bericht, inhoud,
            f"op het JW319 met Identificatie {nummer} hebt u al geantwoord, en dat eerste JW320 blijft gelden. Klopte het niet, bel"
            " dan de gemeente; antwoordt u op een ander JW319, neem dan de Identificatie daarvan over.",
        )  # fmt: skip
    return None


def _waits(verbinding: Connection, werkplaats: Werkplaats, gemeente: str, agb: str, nummer: str) -> bool:
    """Whether another JW320 on the same JW319 came in lately and is not handled yet.

    Of a queue only its end is looked at: a second one behind many others is let in, and moves nothing when it is handled.
    """
    for bericht_id in list_wachtende_retouren(verbinding, gemeente, agb):
        wachtend = admit(werkplaats.kluis.unpack(read_inhoud(verbinding, gemeente, bericht_id) or b""), werkplaats.schemas)
        if isinstance(wachtend, Retourbericht) and wachtend.heen_identificatie == nummer:
            return True
    return False


def _refuse(bericht: Retourbericht, inhoud: bytes, waarom: str) -> Weigering:
    gevonden = _IDENTIFICATIE.search(inhoud)
    regel = inhoud.count(b"\n", 0, gevonden.start()) + 1 if gevonden else 1
    melding = f"Bij Identificatie (regel {regel}): {waarom} Van dit JW320 is niets bewaard."
    return Weigering(bericht.soort, (Invoerfout(_PAD, "RETOUR", melding, regel),), 1, bewaren=False)
