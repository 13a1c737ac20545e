"""Watch the answers of aanbieders to allocations: a line in the log once a day about those that were rejected or never came."""

from datetime import date

import structlog

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.financien.nachtcontroles import list_gemeenten
from berichten.opslag.retouren.retourstand import Retourgrens, Retourklok, count_openstaand
from berichten.processen.basis.werkplaats import Werkplaats

LOG = structlog.get_logger("retouren")


class Retourwaker:
    """Counts what is open each time it is asked for the first time on a day."""

    def __init__(self, werkplaats: Werkplaats) -> None:
        self._werkplaats = werkplaats
        self._gemeld: date | None = None

    def watch(self) -> list[Retourklok]:
        """The first time on a day how all gemeenten stand; else an empty list."""
        vandaag = self._werkplaats.instellingen.vandaag()
        if self._gemeld == vandaag:
            return []
        with self._werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
            klokken = count_openstaand(verbinding, list_gemeenten(verbinding), Retourgrens.on(vandaag))
        self._gemeld = vandaag
        dringend = [klok for klok in klokken if klok.afgekeurd or klok.zonder_antwoord]
        if dringend:
            LOG.warning(
                "toewijzingsretouren",
                afgekeurd=sum(klok.afgekeurd for klok in dringend),
                zonder_antwoord=sum(klok.zonder_antwoord for klok in dringend),
                gemeenten=[klok.gemeente for klok in dringend],
            )
        return klokken
