"""Refused attempts are kept for as long as somebody may ask about them, files that nobody sent for a day; then they go."""

import time
from datetime import timedelta

import structlog

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.berichten.weigeringen import remove_old
from berichten.opslag.toegang.conceptzendingen import remove_zendingen
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.versturen.zet_klaar import BEWAARD

LOG = structlog.get_logger("opruimen")
_TUSSENTIJD = 3600.0
"""Seconds between two looks."""
_PER_KEER = 500


class Opruimer:
    """Looks once an hour, however often it is asked; goes on without waiting while there is more than one bite."""

    def __init__(self, werkplaats: Werkplaats) -> None:
        self._werkplaats = werkplaats
        self._volgende = 0.0

    def clean(self) -> int:
        """Remove what is older than the setting says; returns how many attempts were removed."""
        if time.monotonic() < self._volgende:
            return 0
        instellingen = self._werkplaats.instellingen
        with self._werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
            aantal = remove_old(verbinding, instellingen.nu() - timedelta(days=instellingen.weigering_dagen), _PER_KEER)
            remove_zendingen(verbinding, instellingen.nu() - BEWAARD)
        if aantal < _PER_KEER:
            self._volgende = time.monotonic() + _TUSSENTIJD
        if aantal:
            LOG.info("weigeringen_opgeruimd", aantal=aantal)
        return aantal
