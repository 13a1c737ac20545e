"""Watch the terms of requests: a line in the log once a day, and, where that was set, a JW319 that it is being investigated."""

from datetime import date

import structlog

from berichten.beoordeling.besluit import DIENST
from berichten.beoordeling.verzoeken.verzoekbesluit import Verzoekbesluit
from berichten.beoordeling.wachtend.termijn import last_warned
from berichten.logboek import describe_failure
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.verzoeken.verzoekklok import Verzoekklok, count_verzoektermijnen, list_aan_termijn
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.verzoeken.beslis_verzoek import GenomenVerzoekbesluit, decide_verzoek

LOG = structlog.get_logger("verzoeken")

_MOTIVERING = "De gemeente heeft meer tijd nodig om op dit verzoek te beslissen. U hoort binnen acht weken na de dagtekening meer."


class Verzoekwaker:
    """Looks at the terms of requests each time it is asked, and speaks of them once a day."""

    def __init__(self, werkplaats: Werkplaats) -> None:
        self._werkplaats = werkplaats
        self._gemeld: date | None = None

    def watch(self) -> list[Verzoekklok]:
        """Do what was set for requests whose first term ends, and the first time on a day say how all stand; else an empty list."""
        instellingen = self._werkplaats.instellingen
        vandaag = instellingen.vandaag()
        if instellingen.verzoek_bij_termijn == "in_onderzoek":
            investigate_untouched(self._werkplaats)
        if self._gemeld == vandaag:
            return []
        with self._werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
            klokken = count_verzoektermijnen(verbinding, vandaag, last_warned(vandaag, instellingen.waarschuw_werkdagen))
        self._gemeld = vandaag
        _report(klokken)
        return klokken


def investigate_untouched(werkplaats: Werkplaats) -> int:
    """Say of requests on which no step was taken, on the last day of their first term, that they are being investigated.

    Once: one of which the JW319 was rejected has had a step, and waits for a person. Each by itself; one for which it fails is
    noted and tried again with the next round. Returns how many.
    """
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        wachtend = list_aan_termijn(verbinding, werkplaats.instellingen.vandaag())
    aantal = 0
    for gemeente, verzoek_id, _termijn in wachtend:
        try:
            uitkomst = decide_verzoek(werkplaats, gemeente, DIENST, verzoek_id, Verzoekbesluit("in_onderzoek", _MOTIVERING))
        except Exception as fout:
            LOG.error("onderzoek_mislukt", verzoek=str(verzoek_id), **describe_failure(fout))
            continue
        if isinstance(uitkomst, GenomenVerzoekbesluit):
            aantal += 1
            LOG.warning("termijn_in_onderzoek", gemeente=gemeente, verzoek=str(verzoek_id))
    return aantal


def _report(klokken: list[Verzoekklok]) -> None:
    """One line a day, as long as there is something to be said."""
    dringend = {
        klok.gemeente
        for klok in klokken
        if klok.bijna_verlopen or klok.verlopen or klok.zonder_retour or klok.verworpen or klok.woonplaats
    }
    if dringend:
        LOG.warning(
            "verzoektermijnen",
            open=sum(klok.open for klok in klokken),
            bijna_verlopen=sum(klok.bijna_verlopen for klok in klokken),
            verlopen=sum(klok.verlopen for klok in klokken),
            zonder_retour=sum(klok.zonder_retour for klok in klokken),
            verworpen=sum(klok.verworpen for klok in klokken),
            woonplaats=sum(klok.woonplaats for klok in klokken),
            gemeenten=sorted(dringend),
        )
