"""What would happen to a message: the real pipeline inside a transaction that is rolled back. Nothing is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from berichten.fouten import Invoerfout
from berichten.inzage.berichten.berichten import Bericht, show_bericht
from berichten.inzage.berichten.bevindingen import Bevinding, show_bevinding
from berichten.inzage.berichten.declaraties import Declaratieoverzicht, tell_declaratie
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.berichten.berichten import find_bericht, lock_stroom, read_antwoord
from berichten.opslag.berichten.bevindingen import list_bevindingen
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.beschrijf_bericht import describe_bericht, describe_refusal
from berichten.processen.berichten.verwerk_bericht import handle_bericht
from berichten.processen.ontvangst.ontvang_bericht import ONBEKEND, Geweigerd, Ontvangen, Verboden, receive, refuse_unkept
from berichten.standaard.deur.toelating import admit, too_heavy


@dataclass(frozen=True, slots=True)
class Proef:
    """The outcome that the message would get, and its answer."""

    beschrijving: dict[str, Any]
    antwoord: bytes | None


def rehearse(werkplaats: Werkplaats, inhoud: bytes, houder: Sleutelhouder | None) -> Proef | Verboden:
    """Judge a message as if it came in now, after everything that was handled before it."""
    toegelaten = admit(inhoud, werkplaats.schemas)
    with werkplaats.opslag.rehearsal(Login.BOEKER) as verbinding:
        uitkomst = receive(verbinding, werkplaats, inhoud, toegelaten, houder)
        if isinstance(uitkomst, Verboden):
            return uitkomst
        if isinstance(uitkomst, Geweigerd):
            return _refuse(uitkomst)
        rij = uitkomst.rij
        if not uitkomst.herhaling:
            lock_stroom(verbinding, rij.gemeente, rij.agb or "")
            handle_bericht(verbinding, werkplaats, rij)
            rij = find_bericht(verbinding, rij.gemeente, rij.bericht_id) or rij
        antwoord = read_antwoord(verbinding, rij.gemeente, rij.bericht_id)
        beschrijving = describe_bericht(verbinding, werkplaats, rij)
    eigen_id = beschrijving["berichtId"] if uitkomst.herhaling else None
    return Proef(
        {**beschrijving, "berichtId": eigen_id, "herhaling": uitkomst.herhaling},
        None if antwoord is None else werkplaats.kluis.unpack(antwoord),
    )


@dataclass(frozen=True, slots=True)
class Zendingproef:
    """What one message of a file would get. Amounts in eurocents."""

    bestand: str
    soort: str
    status: str
    """Of a message; `verboden` when this sender may not send it."""
    herhaling: bool
    """It was sent before: this is how that one stands."""
    fouten: list[Invoerfout]
    """Why it would be refused at the door; of very many the first."""
    totaal: int
    """How many faults there are."""
    bericht: Bericht | None
    overzicht: Declaratieoverzicht | None
    """Of a declaration: its lines by outcome and reason."""
    bevindingen: list[Bevinding]
    """What rejects the message as a whole, and of other kinds all that was found."""


def rehearse_zending(werkplaats: Werkplaats, houder: Sleutelhouder, delen: Sequence[tuple[str, bytes]]) -> list[Zendingproef]:
    """Judge the messages of one file after each other, as they would be when they were sent now."""
    with werkplaats.opslag.rehearsal(Login.BOEKER) as verbinding:
        return [_rehearse_part(verbinding, werkplaats, houder, naam, inhoud) for naam, inhoud in delen]


def refuse_part(naam: str, uitkomst: Geweigerd | Verboden) -> Zendingproef:
    """One that would not be taken in."""
    if isinstance(uitkomst, Verboden):
        return Zendingproef(naam, ONBEKEND, "verboden", False, [uitkomst.fout], 1, None, None, [])
    return Zendingproef(naam, uitkomst.soort, "geweigerd", False, list(uitkomst.fouten), uitkomst.totaal, None, None, [])


def _rehearse_part(verbinding: Connection, werkplaats: Werkplaats, houder: Sleutelhouder, naam: str, inhoud: bytes) -> Zendingproef:
    uitkomst = receive(verbinding, werkplaats, inhoud, admit(inhoud, werkplaats.schemas), houder)
    if not isinstance(uitkomst, Ontvangen):
        return refuse_part(naam, uitkomst)
    rij = uitkomst.rij
    if not uitkomst.herhaling:
        lock_stroom(verbinding, rij.gemeente, rij.agb or "")
        handle_bericht(verbinding, werkplaats, rij)
        rij = find_bericht(verbinding, rij.gemeente, rij.bericht_id) or rij
    overzicht = None
    if rij.aantal_regels is not None:
        overzicht, _ = tell_declaratie(verbinding, werkplaats.seen_by(houder), rij)
    gevonden = [show_bevinding(item.rij, rij.soort) for item in list_bevindingen(verbinding, rij.gemeente, rij.bericht_id)]
    getoond = [item for item in gevonden if overzicht is None or item.gevolg == "afkeuren"]
    return Zendingproef(
        naam, rij.soort, rij.status, uitkomst.herhaling, [], 0, show_bericht(rij), overzicht, getoond[:_MEESTE_BEVINDINGEN]
    )


_MEESTE_BEVINDINGEN = 200


def refuse_heavy() -> Proef:
    """For a message of which the reading had to be stopped."""
    return _refuse(refuse_unkept(too_heavy()))


def _refuse(uitkomst: Geweigerd) -> Proef:
    return Proef({**describe_refusal(uitkomst), "berichtId": None, "herhaling": False}, None)
