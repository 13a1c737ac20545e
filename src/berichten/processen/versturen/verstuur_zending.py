"""Send a file that was set aside: once, however often it is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition
from uuid import UUID

from sqlalchemy import Connection

from berichten.kern.houder import Sleutelhouder
from berichten.opslag.toegang.conceptzendingen import (
    Conceptzendingrij,
    find_zending,
    set_deels_verstuurd,
    set_verstuurd,
)
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.ontvangst.ontvang_zip import take_in_zending
from berichten.processen.versturen.verzonden import Verzonden, merge_verzonden, tell_verzonden
from berichten.processen.versturen.zet_klaar import pack_verzonden, unpack_verzonden
from berichten.standaard.deur.zipbestand import is_zip


class NogBezigError(Exception):
    """It is being sent at this moment, and that takes long."""


def send_zending(werkplaats: Werkplaats, houder: Sleutelhouder, zending_id: UUID) -> list[Verzonden] | None:
    """What became of its messages; None when there is nothing left to send: it was sent, or is not there.

    Who asks at the same time waits, and is told that it was sent; NogBezigError for who waited long. In another process both send
    it, or we stop half-way and it is sent again: the same bytes are the same message. No connection is held while messages are
    taken in, which ask for their own: behind a pooler there are few. Where we failed at any, the file stays to be sent again.
    """

    def find(verbinding: Connection, *, lock: bool) -> Conceptzendingrij | None:
        return find_zending(verbinding, houder.gemeente, zending_id, houder.agb or "", houder.sleutel_id, lock=lock)

    with _alone(zending_id):
        with werkplaats.opslag.transaction() as verbinding:
            rij = find(verbinding, lock=False)
        if rij is None or rij.inhoud is None:
            return None
        inhoud = werkplaats.kluis.unpack(rij.inhoud)
        delen = take_in_zending(werkplaats, rij.bestandsnaam, inhoud, houder, zip_=is_zip(inhoud))
        verzonden = [tell_verzonden(deel) for deel in delen]
        with werkplaats.opslag.transaction() as verbinding:
            rij = find(verbinding, lock=True)
            if rij is not None:
                eerder = None if rij.verzonden is None else unpack_verzonden(werkplaats, rij.verzonden)
                samen = merge_verzonden(verzonden, eerder or verzonden)
                verpakt = pack_verzonden(werkplaats, samen)
                if any(item.mislukt for item in samen):
                    set_deels_verstuurd(verbinding, houder.gemeente, zending_id, verpakt)
                else:
                    set_verstuurd(verbinding, houder.gemeente, zending_id, verpakt, werkplaats.instellingen.nu())
    return verzonden


@contextmanager
def _alone(zending_id: UUID) -> Iterator[None]:
    """Nobody else in this process sends this file meanwhile; other files go on."""
    with _KLAAR:
        if not _KLAAR.wait_for(lambda: zending_id not in _BEZIG, GEDULD):
            raise NogBezigError
        _BEZIG.add(zending_id)
    try:
        yield
    finally:
        with _KLAAR:
            _BEZIG.discard(zending_id)
            _KLAAR.notify_all()


GEDULD = 20.0
"""Seconds that somebody waits for the end of the same file."""
_BEZIG: set[UUID] = set()
_KLAAR = Condition()
