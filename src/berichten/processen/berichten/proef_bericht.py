"""What would happen to a message: the real pipeline inside a transaction that is rolled back. Nothing is kept."""

from dataclasses import dataclass
from typing import Any

from berichten.kern.houder import Sleutelhouder
from berichten.opslag.berichten.berichten import find_bericht, lock_stroom, read_antwoord
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.beschrijf_bericht import describe_bericht, describe_refusal
from berichten.processen.berichten.verwerk_bericht import handle_bericht
from berichten.processen.ontvangst.ontvang_bericht import Geweigerd, Verboden, receive, refuse_unkept
from berichten.standaard.deur.toelating import admit, too_heavy


@dataclass(frozen=True, slots=True)
class Proef:
    """The outcome that the message would get, and its answer."""

    beschrijving: dict[str, Any]
    antwoord: bytes | None


def rehearse(werkplaats: Werkplaats, inhoud: bytes, houder: Sleutelhouder | None) -> Proef | Verboden:
    """Judge a message as if it came in now, after everything that was handled before it."""
    toegelaten = admit(inhoud, werkplaats.schemas)
    with werkplaats.opslag.rehearsal() as verbinding:
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


def refuse_heavy() -> Proef:
    """For a message of which the reading had to be stopped."""
    return _refuse(refuse_unkept(too_heavy()))


def _refuse(uitkomst: Geweigerd) -> Proef:
    return Proef({**describe_refusal(uitkomst), "berichtId": None, "herhaling": False}, None)
