"""Propose a payment run: per aanbieder what was awarded, answered, not blocked and not paid before."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from berichten.boeken.betaling import Betaalopdracht, Rekening, decide_opdracht, explain_nothing
from berichten.kern.kalender import add_werkdagen
from berichten.kern.nietnu import NietNu
from berichten.klok import dutch_day
from berichten.opslag.financien.betalingen import Betaalrunrij, insert_run, join_rekeningen, read_run, save_opdrachten, stage_open
from berichten.opslag.financien.blokkades import lock_betalingen
from berichten.opslag.financien.rekeningen import EIGEN, load_rekeningen
from berichten.processen.basis.handelingen import Handeling, note_done, note_refused
from berichten.processen.basis.werkplaats import Werkplaats

GEEN_EIGEN_REKENING = NietNu(
    "De gemeente heeft op de dag van betalen geen bankrekening. Leg die eerst vast bij de bankrekeningen (zonder AGB-code)."
)


@dataclass(frozen=True, slots=True)
class _Vraag:
    gemeente: str
    peildatum: datetime
    uitvoeringsdatum: date


@dataclass(frozen=True, slots=True)
class Betaalvooruitblik:
    """What would be paid, from which account, and when."""

    uitvoeringsdatum: date
    rekening: Rekening
    opdrachten: list[Betaalopdracht]
    """Also of who gets nothing, with the reason."""

    @property
    def betalingen(self) -> list[Betaalopdracht]:
        """Those by which money goes to somebody."""
        return [item for item in self.opdrachten if item.uitkomst == "betalen"]

    @property
    def bedrag(self) -> int:
        """Eurocents that leave."""
        return sum(item.bedrag for item in self.betalingen)


def propose_run(
    werkplaats: Werkplaats, gemeente: str, door: str, peildatum: datetime | None = None, uitvoeringsdatum: date | None = None
) -> Betaalrunrij | NietNu:
    """Lay down what would be paid for all that was booked and answered up to and including `peildatum` (now, unless it is given).

    Blocks count as they are now. No other run takes the same entries until this proposal is withdrawn. Paid on `uitvoeringsdatum`,
    the next working day unless it is given. Refused when there is nothing to pay.
    """
    vraag = _ask(werkplaats, gemeente, peildatum, uitvoeringsdatum)
    with werkplaats.opslag.transaction() as verbinding:
        handeling, voorstel = Handeling(gemeente, door, "C", "betaalrun"), _reckon(verbinding, werkplaats, vraag)
        if isinstance(voorstel, NietNu):
            note_refused(verbinding, werkplaats, handeling, voorstel.melding)
            return voorstel
        run_id = insert_run(
            verbinding, gemeente, vraag.peildatum, vraag.uitvoeringsdatum, voorstel.rekening, door, werkplaats.instellingen.nu()
        )
        save_opdrachten(verbinding, gemeente, run_id, voorstel.opdrachten)
        note_done(verbinding, werkplaats, replace(handeling, object_id=run_id))
        return read_run(verbinding, gemeente, run_id)


def preview_run(
    werkplaats: Werkplaats, gemeente: str, peildatum: datetime | None = None, uitvoeringsdatum: date | None = None
) -> Betaalvooruitblik | NietNu:
    """What `propose_run` would lay down at this moment; nothing is kept."""
    with werkplaats.opslag.rehearsal() as verbinding:
        return _reckon(verbinding, werkplaats, _ask(werkplaats, gemeente, peildatum, uitvoeringsdatum))


def _ask(werkplaats: Werkplaats, gemeente: str, peildatum: datetime | None, uitvoeringsdatum: date | None) -> _Vraag:
    nu = werkplaats.instellingen.nu()
    tot = nu if peildatum is None else min(peildatum, nu)
    return _Vraag(gemeente, tot, uitvoeringsdatum or add_werkdagen(dutch_day(nu), 1))


def _reckon(verbinding: Connection, werkplaats: Werkplaats, vraag: _Vraag) -> Betaalvooruitblik | NietNu:
    """What is open and what a run does with it; nobody else reckons meanwhile."""
    lock_betalingen(verbinding, vraag.gemeente)
    rekeningen = load_rekeningen(verbinding, vraag.gemeente, vraag.uitvoeringsdatum)
    eigen = rekeningen.get(EIGEN)
    if eigen is None:
        return GEEN_EIGEN_REKENING
    sommen = stage_open(verbinding, vraag.gemeente, vraag.peildatum, werkplaats.instellingen.betalen_vanaf)
    opdrachten = [decide_opdracht(item) for item in join_rekeningen(sommen, rekeningen)]
    if not any(item.uitkomst == "betalen" for item in opdrachten):
        return explain_nothing(opdrachten)
    return Betaalvooruitblik(vraag.uitvoeringsdatum, eigen, opdrachten)
