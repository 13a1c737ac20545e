"""Send a file that was set aside: once, however often it is asked."""

from uuid import UUID

from berichten.kern.houder import Sleutelhouder
from berichten.opslag.toegang.conceptzendingen import find_zending, set_verstuurd
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.ontvangst.ontvang_zip import take_in_zending
from berichten.processen.versturen.verzonden import Verzonden, tell_verzonden
from berichten.processen.versturen.zet_klaar import pack_verzonden
from berichten.standaard.deur.zipbestand import is_zip


def send_zending(werkplaats: Werkplaats, houder: Sleutelhouder, zending_id: UUID) -> list[Verzonden] | None:
    """What became of its messages; None when there is nothing left to send: it was sent, or is not there.

    Who asks at the same time waits, and is told that it was sent. When we stop half-way it can be sent again: the same bytes are
    the same message.
    """
    with werkplaats.opslag.transaction() as verbinding:
        rij = find_zending(verbinding, houder.gemeente, zending_id, houder.agb or "", houder.sleutel_id, lock=True)
        if rij is None or rij.inhoud is None:
            return None
        inhoud = werkplaats.kluis.unpack(rij.inhoud)
        delen = take_in_zending(werkplaats, rij.bestandsnaam, inhoud, houder, zip_=is_zip(inhoud))
        verzonden = [tell_verzonden(deel) for deel in delen]
        set_verstuurd(verbinding, houder.gemeente, zending_id, pack_verzonden(werkplaats, verzonden), werkplaats.instellingen.nu())
    return verzonden
