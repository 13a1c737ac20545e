"""Send a file that was set aside: once, however often it is asked."""

from threading import Lock
from uuid import UUID

from sqlalchemy import Connection

from berichten.kern.houder import Sleutelhouder
from berichten.opslag.toegang.conceptzendingen import Conceptzendingrij, find_zending, set_verstuurd
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.ontvangst.ontvang_zip import take_in_zending
from berichten.processen.versturen.verzonden import Verzonden, tell_verzonden
from berichten.processen.versturen.zet_klaar import pack_verzonden
from berichten.standaard.deur.zipbestand import is_zip


def send_zending(werkplaats: Werkplaats, houder: Sleutelhouder, zending_id: UUID) -> list[Verzonden] | None:
    """What became of its messages; None when there is nothing left to send: it was sent, or is not there.

    Who asks at the same time waits, and is told that it was sent. In another process both send it, or we stop half-way and it is
    sent again: the same bytes are the same message, and who is first to end tells what became of it. No connection is held while
    messages are taken in, which ask for their own: behind a pooler there are few.
    """

    def find(verbinding: Connection, *, lock: bool) -> Conceptzendingrij | None:
        return find_zending(verbinding, houder.gemeente, zending_id, houder.agb or "", houder.sleutel_id, lock=lock)

    with _SLOTEN[zending_id.int % len(_SLOTEN)]:
        with werkplaats.opslag.transaction() as verbinding:
            rij = find(verbinding, lock=False)
        if rij is None or rij.inhoud is None:
            return None
        inhoud = werkplaats.kluis.unpack(rij.inhoud)
        delen = take_in_zending(werkplaats, rij.bestandsnaam, inhoud, houder, zip_=is_zip(inhoud))
        verzonden = [tell_verzonden(deel) for deel in delen]
        verpakt = pack_verzonden(werkplaats, verzonden)
        with werkplaats.opslag.transaction() as verbinding:
            rij = find(verbinding, lock=True)
            if rij is not None and rij.inhoud is not None:
                set_verstuurd(verbinding, houder.gemeente, zending_id, verpakt, werkplaats.instellingen.nu())
    return verzonden


_SLOTEN = [Lock() for _ in range(64)]
"""Who sends the same file twice in this process takes turns; two files that share a lock wait for each other in vain, briefly."""
