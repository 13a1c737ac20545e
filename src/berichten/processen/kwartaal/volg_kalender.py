"""The calendar makes concepts by itself: on the peildatum of a period, of what is known at the end of that day."""

from datetime import date, timedelta

import structlog

from berichten.beoordeling.besluit import DIENST
from berichten.kern.nietnu import NietNu
from berichten.logboek import describe_failure
from berichten.opslag.kwartaal.begrotingen import Kalenderdag, list_kalender
from berichten.opslag.kwartaal.kwartaalrapporten import list_rapporten
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.kwartaal.werk_kwartaal import Rapporteur, make_concept
from berichten.rapporten.sturen.kwartaalperiode import read_kwartaal

LOG = structlog.get_logger("kwartaal")


class Kalendervolger:
    """Looks once a day: a stand is of the end of its day, so it is made when that day is over."""

    def __init__(self, werkplaats: Werkplaats) -> None:
        self._werkplaats = werkplaats
        self._gekeken: date | None = None

    def watch(self) -> int:
        """Make what is due and not there yet; returns how many were made."""
        vandaag = self._werkplaats.instellingen.vandaag()
        if self._gekeken == vandaag:
            return 0
        self._gekeken = vandaag
        gemaakt = 0
        for dag in _list_due(self._werkplaats, vandaag):
            try:
                uitkomst = make_concept(
                    self._werkplaats, Rapporteur(dag.gemeente, DIENST), read_kwartaal(dag.periode), dag.peildatum
                )
            except Exception as fout:
                LOG.error("kwartaalrapport_mislukt", gemeente=dag.gemeente, periode=dag.periode, **describe_failure(fout))
                continue
            gelukt = not isinstance(uitkomst, NietNu)
            LOG.info(
                "kwartaalrapport_gemaakt" if gelukt else "kwartaalrapport_niet_gemaakt", gemeente=dag.gemeente, periode=dag.periode
            )
            gemaakt += gelukt
        return gemaakt


def _list_due(werkplaats: Werkplaats, vandaag: date) -> list[Kalenderdag]:
    """Those of which the day is over, up to a year ago, and of which nobody made a report."""
    with werkplaats.opslag.transaction() as verbinding:
        open_ = [dag for dag in list_kalender(verbinding) if vandaag - timedelta(days=366) < dag.peildatum < vandaag]
        bekend = {
            (gemeente, kop.periode) for gemeente in {dag.gemeente for dag in open_} for kop in list_rapporten(verbinding, gemeente)
        }  # fmt: skip
    return [dag for dag in open_ if (dag.gemeente, dag.periode) not in bekend]
