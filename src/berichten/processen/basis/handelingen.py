"""What somebody did, or was refused, in the access log: written in the transaction that does it, so that none goes without."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import Connection

from berichten.beoordeling.besluit import DIENST
from berichten.inzage.basis.objecten import Actie, Objectsoort
from berichten.inzage.basis.vermelding import as_logregel
from berichten.kern.houder import Herkomst, Sleutelhouder
from berichten.kern.nietnu import NietNu
from berichten.opslag.toegang.inzagelog import add_logregel, add_logregels
from berichten.opslag.toegang.logsleutel import pseudonym
from berichten.processen.basis.werkplaats import Werkplaats

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Handeling:
    """What is done, by whom (as a column `door` has it) and to what."""

    gemeente: str
    door: str
    actie: Actie
    soort: Objectsoort
    object_id: object = ""


def note_done(verbinding: Connection, werkplaats: Werkplaats, handeling: Handeling, bsns: Iterable[str] = ()) -> None:
    """Keep that it was done, and to which clients."""
    wie = {pseudonym(werkplaats.logsleutel, handeling.gemeente, bsn) for bsn in bsns}
    regel = as_logregel(
        _who(werkplaats, handeling), werkplaats.instellingen.nu(), handeling.soort, handeling.object_id, actie=handeling.actie,
        aantal=len(wie),
    )  # fmt: skip
    add_logregel(verbinding, handeling.gemeente, regel, wie)


def note_each_done(verbinding: Connection, werkplaats: Werkplaats, gedaan: Iterable[tuple[Sleutelhouder, Handeling]]) -> None:
    """Keep of several holders that they did something which shows nobody."""
    nu = werkplaats.instellingen.nu()
    regels = [
        (
            handeling.gemeente,
            as_logregel(
                _who(werkplaats.asked_by(houder), handeling), nu, handeling.soort, handeling.object_id, actie=handeling.actie
            ),
        )
        for houder, handeling in gedaan
    ]
    add_logregels(verbinding, regels)


def note_refused(verbinding: Connection, werkplaats: Werkplaats, handeling: Handeling, reden: str) -> None:
    """Keep that it was asked and not done; `reden` is what the asker is told, empty for what is not there or another's."""
    uitkomst = "geweigerd" if reden else "niet_gevonden"
    regel = as_logregel(
        _who(werkplaats, handeling), werkplaats.instellingen.nu(), handeling.soort, handeling.object_id, actie=handeling.actie,
        uitkomst=uitkomst, reden=reden,
    )  # fmt: skip
    add_logregel(verbinding, handeling.gemeente, regel, ())


def _who(werkplaats: Werkplaats, handeling: Handeling) -> Sleutelhouder:
    """Who asked, with role and request; else the service itself, which asks for nobody."""
    houder = werkplaats.houder
    if houder is not None and handeling.door in ("", houder.sleutel_id):
        return replace(houder, gemeente=handeling.gemeente)
    return Sleutelhouder(handeling.gemeente, handeling.door or DIENST, DIENST, None, herkomst=Herkomst(DIENST))


def note_outcome(
    verbinding: Connection,
    werkplaats: Werkplaats,
    handeling: Handeling,
    uitkomst: T | NietNu | None,
    bsns: Iterable[str] = (),
) -> T | NietNu | None:
    """Keep what came of a step with money: done, refused, or (None) not there. Gives the outcome back."""
    if uitkomst is None:
        note_refused(verbinding, werkplaats, handeling, "")
    elif isinstance(uitkomst, NietNu):
        note_refused(verbinding, werkplaats, handeling, uitkomst.melding)
    else:
        note_done(verbinding, werkplaats, handeling, bsns)
    return uitkomst
