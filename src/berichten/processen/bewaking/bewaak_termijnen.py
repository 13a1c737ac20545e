"""Watch the deadlines of declarations that wait for a decision: a line in the log, and what was set to follow."""

from datetime import date

import structlog

from berichten.beoordeling.besluit import DIENST, Besluit
from berichten.beoordeling.wachtend.termijn import last_warned
from berichten.kern.tekst import datum
from berichten.logboek import describe_failure
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.besluiten.termijnstand import Termijnstand, count_termijnen
from berichten.opslag.besluiten.werkvoorraad import list_verlopen
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.beslis_prestatie import BesluitGeweigerd, decide

LOG = structlog.get_logger("termijnen")

_MOTIVERING = (
    "Toegekend door de dienst: de termijn voor het antwoord verliep op {dag} zonder besluit, en de gemeente heeft ingesteld dat"
    " regels dan worden toegekend."
)


class Termijnwaker:
    """Looks at deadlines each time it is asked, and speaks of them once a day."""

    def __init__(self, werkplaats: Werkplaats) -> None:
        self._werkplaats = werkplaats
        self._gemeld: date | None = None

    def watch(self) -> list[Termijnstand]:
        """Do what was set for lines whose deadline has passed, and say how it stands."""
        instellingen = self._werkplaats.instellingen
        vandaag = instellingen.vandaag()
        if instellingen.bij_termijn == "toekennen":
            award_overdue(self._werkplaats)
        with self._werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
            standen = count_termijnen(verbinding, vandaag, last_warned(vandaag, instellingen.waarschuw_werkdagen))
        if self._gemeld != vandaag:
            self._gemeld = vandaag
            _report(standen)
        return standen


def award_overdue(werkplaats: Werkplaats) -> int:
    """Award lines that are still held after their deadline, each declaration by itself; returns how many lines.

    A line whose allocation was removed stays held: a person has to look at it. A declaration for which it fails is noted, and tried
    again with the next round.
    """
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        verlopen = list_verlopen(verbinding, werkplaats.instellingen.vandaag())
    aantal = 0
    for gemeente, bericht_id, uiterlijk, prestatie_ids in verlopen:
        motivering = _MOTIVERING.format(dag=datum(uiterlijk))
        try:
            uitkomst = decide(werkplaats, gemeente, DIENST, [Besluit(nummer, "toekennen", motivering) for nummer in prestatie_ids])
        except Exception as fout:
            LOG.error("toekennen_mislukt", bericht=str(bericht_id), **describe_failure(fout))
            continue
        if isinstance(uitkomst, BesluitGeweigerd):
            # Somebody decided in between; what is left comes with the next round.
            continue
        aantal += len(uitkomst)
        LOG.warning("termijn_toegekend", gemeente=gemeente, bericht=str(bericht_id), regels=len(uitkomst))
    return aantal


def _report(standen: list[Termijnstand]) -> None:
    """One line a day, as long as there is something to be said."""
    dringend = {stand.gemeente: stand.bijna_verlopen + stand.verlopen for stand in standen}
    if any(dringend.values()):
        LOG.warning(
            "termijnen",
            te_beoordelen=sum(stand.te_beoordelen for stand in standen),
            bijna_verlopen=sum(stand.bijna_verlopen for stand in standen),
            verlopen=sum(stand.verlopen for stand in standen),
            gemeenten=sorted(gemeente for gemeente, aantal in dringend.items() if aantal),
        )
