"""Propose a payment run: per aanbieder what was awarded, answered, not blocked and not paid before."""

from dataclasses import replace
from datetime import date, datetime

from berichten.boeken.betaling import Betaalweigering, decide_opdracht, explain_nothing
from berichten.kern.kalender import add_werkdagen
from berichten.klok import dutch_day
from berichten.opslag.financien.betalingen import Betaalrunrij, insert_run, join_rekeningen, read_run, save_opdrachten, stage_open
from berichten.opslag.financien.blokkades import lock_betalingen
from berichten.opslag.financien.rekeningen import EIGEN, load_rekeningen
from berichten.processen.basis.handelingen import Handeling, note_done, note_refused
from berichten.processen.basis.werkplaats import Werkplaats

GEEN_EIGEN_REKENING = Betaalweigering(
    "De gemeente heeft op de dag van betalen geen bankrekening. Leg die eerst vast onder /v1/financien/rekeningen, zonder AGB-code."
)


def propose_run(
    werkplaats: Werkplaats, gemeente: str, door: str, peildatum: datetime | None = None, uitvoeringsdatum: date | None = None
) -> Betaalrunrij | Betaalweigering:
    """Lay down what would be paid for all that was booked and answered up to and including `peildatum` (now, unless it is given).

    Blocks count as they are now. No other run takes the same entries until this proposal is withdrawn. Paid on `uitvoeringsdatum`,
    the next working day unless it is given. Refused when there is nothing to pay.
    """
    nu = werkplaats.instellingen.nu()
    tot = nu if peildatum is None else min(peildatum, nu)
    dag = uitvoeringsdatum or add_werkdagen(dutch_day(nu), 1)
    with werkplaats.opslag.transaction() as verbinding:
        lock_betalingen(verbinding, gemeente)
        rekeningen = load_rekeningen(verbinding, gemeente, dag)
        handeling, eigen = Handeling(gemeente, door, "C", "betaalrun"), rekeningen.get(EIGEN)
        if eigen is None:
            note_refused(verbinding, werkplaats, handeling, GEEN_EIGEN_REKENING.melding)
            return GEEN_EIGEN_REKENING
        sommen = stage_open(verbinding, gemeente, tot, werkplaats.instellingen.betalen_vanaf)
        opdrachten = [decide_opdracht(item) for item in join_rekeningen(sommen, rekeningen)]
        if not any(item.uitkomst == "betalen" for item in opdrachten):
            weigering = explain_nothing(opdrachten)
            note_refused(verbinding, werkplaats, handeling, weigering.melding)
            return weigering
        run_id = insert_run(verbinding, gemeente, tot, dag, eigen, door, nu)
        save_opdrachten(verbinding, gemeente, run_id, opdrachten)
        note_done(verbinding, werkplaats, replace(handeling, object_id=run_id))
        return read_run(verbinding, gemeente, run_id)
