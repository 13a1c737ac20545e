"""Keep a file for a day at most, try what would become of it, and find it again for who brought it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import structlog
from pydantic import TypeAdapter

from berichten.fouten import Invoerfout
from berichten.kern.houder import Sleutelhouder
from berichten.logboek import describe_failure
from berichten.opslag.toegang.conceptzendingen import (
    Conceptzendingrij,
    find_zending,
    insert_zending,
    remove_zendingen,
    set_uitkomst,
)
from berichten.processen.basis.bereikbaar import keeps_all
from berichten.processen.basis.handelingen import Handeling, note_done
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.basis.zijproces import GROOT, LEES_SECONDEN, ZijprocesZwaar
from berichten.processen.berichten.proef_bericht import Zendingproef, refuse_part, rehearse_zending
from berichten.processen.ontvangst.ontvang_bericht import refuse_unkept
from berichten.processen.ontvangst.ontvang_zip import as_kenmerk, refuse_name
from berichten.processen.versturen.verzonden import Verzonden
from berichten.standaard.deur.toelating import failed, too_heavy
from berichten.standaard.deur.zipbestand import check_zip, is_zip, read_zip
from berichten.standaard.schema.bestand import MAX_BYTES
from berichten.standaard.waarden.bsn import names_bsn

LOG = structlog.get_logger("versturen")
BEWAARD = timedelta(hours=24)
"""For so long a file is kept that nobody sent."""
_PROEVEN: TypeAdapter[list[Zendingproef]] = TypeAdapter(list[Zendingproef])
_VERZONDEN: TypeAdapter[list[Verzonden]] = TypeAdapter(list[Verzonden])
_LEEG = "Dit bestand is leeg. Kies een XML-bestand met een bericht, of een ZIP-bestand met berichten."
_GROOT = f"Dit bestand is groter dan {MAX_BYTES // 1024 // 1024} MB. Verdeel de berichten over meer bestanden."


@dataclass(frozen=True, slots=True)
class Conceptzending:
    """A file that was brought, with what is known of it."""

    zending_id: UUID
    bestandsnaam: str
    proef: list[Zendingproef] | None
    """None as long as the try runs."""
    verzonden: list[Verzonden] | None
    """None until it is sent, be it in part."""
    gemaakt_op: datetime

    @property
    def mislukt(self) -> int:
        """Of how many of its messages the sending failed by us: they are to be sent again."""
        return sum(item.mislukt for item in self.verzonden or ())


def keep_zending(werkplaats: Werkplaats, houder: Sleutelhouder, naam: str, inhoud: bytes) -> UUID | Invoerfout:
    """Set a file of an aanbieder aside; a fault for one that cannot be sent at all. Files whose day is over go at once."""
    fout = _refuse(inhoud)
    if fout is not None:
        return fout
    nu, zending_id = werkplaats.instellingen.nu(), uuid4()
    kort = "bestand" if names_bsn(naam) else as_kenmerk(naam) or "bestand"
    rij = Conceptzendingrij(
        houder.gemeente, zending_id, houder.agb or "", houder.sleutel_id, kort, werkplaats.kluis.pack(inhoud), None, None, nu, None
    )
    with werkplaats.opslag.transaction() as verbinding:
        remove_zendingen(verbinding, nu - BEWAARD)
        insert_zending(verbinding, rij)
        handeling = Handeling(houder.gemeente, houder.sleutel_id, "C", "inzending", zending_id)
        note_done(verbinding, werkplaats.asked_by(houder), handeling)
    return zending_id


def try_zending(werkplaats: Werkplaats, houder: Sleutelhouder, zending_id: UUID) -> None:
    """What would become of it, kept beside it; nothing is sent."""
    with werkplaats.opslag.transaction() as verbinding:
        rij = find_zending(verbinding, houder.gemeente, zending_id, houder.agb or "", houder.sleutel_id)
    if rij is None or rij.inhoud is None:
        return
    delen = split(rij.bestandsnaam, werkplaats.kluis.unpack(rij.inhoud))
    proeven = [item for naam, _ in delen if (item := _refuse_name(naam))]
    proeven += _rehearse(werkplaats, houder, [(naam, inhoud) for naam, inhoud in delen if not _refuse_name(naam)])
    with werkplaats.opslag.transaction() as verbinding:
        set_uitkomst(verbinding, houder.gemeente, zending_id, werkplaats.kluis.pack(_PROEVEN.dump_json(proeven)))


def find_conceptzending(werkplaats: Werkplaats, houder: Sleutelhouder, zending_id: UUID) -> Conceptzending | None:
    """None when it is not there, was brought by another, or its day is over."""
    with werkplaats.opslag.transaction() as verbinding:
        rij = find_zending(verbinding, houder.gemeente, zending_id, houder.agb or "", houder.sleutel_id)
    if rij is None or rij.gemaakt_op <= werkplaats.instellingen.nu() - BEWAARD:
        return None
    unpack = werkplaats.kluis.unpack
    return Conceptzending(
        zending_id,
        rij.bestandsnaam,
        None if rij.uitkomst is None else _PROEVEN.validate_json(unpack(rij.uitkomst)),
        None if rij.verzonden is None else unpack_verzonden(werkplaats, rij.verzonden),
        rij.gemaakt_op,
    )


def pack_verzonden(werkplaats: Werkplaats, verzonden: list[Verzonden]) -> bytes:
    """As it is kept beside the file."""
    return werkplaats.kluis.pack(_VERZONDEN.dump_json(verzonden))


def unpack_verzonden(werkplaats: Werkplaats, verpakt: bytes) -> list[Verzonden]:
    """What `pack_verzonden` packed."""
    return _VERZONDEN.validate_json(werkplaats.kluis.unpack(verpakt))


def split(bestandsnaam: str, inhoud: bytes) -> list[tuple[str, bytes]]:
    """The messages of a file with their names: those of a ZIP, or the one that it is."""
    return list(read_zip(inhoud)) if is_zip(inhoud) else [(bestandsnaam, inhoud)]


def is_large(inhoud: bytes) -> bool:
    """Whether trying it takes longer than somebody wants to wait for a page."""
    return len(inhoud) > GROOT or is_zip(inhoud)


def _refuse(inhoud: bytes) -> Invoerfout | None:
    if not inhoud.strip():
        return Invoerfout("", "BESTAND", _LEEG)
    if len(inhoud) > MAX_BYTES:
        return Invoerfout("", "BESTAND", _GROOT)
    return check_zip(inhoud) if is_zip(inhoud) else None


def _refuse_name(naam: str) -> Zendingproef | None:
    geweigerd = refuse_name(naam)
    return geweigerd and refuse_part(*geweigerd)


def _rehearse(werkplaats: Werkplaats, houder: Sleutelhouder, delen: Sequence[tuple[str, bytes]]) -> list[Zendingproef]:
    """Where we fail at one of several each is tried by itself, as if those before it were not sent."""
    try:
        return _rehearse_together(werkplaats, houder, delen)
    except ZijprocesZwaar:
        return [refuse_part(naam, refuse_unkept(too_heavy())) for naam, _ in delen]
    except Exception as fout:
        if keeps_all(fout):
            raise
        LOG.error("proef_mislukt", **describe_failure(fout))
    if len(delen) > 1:
        return [proef for deel in delen for proef in _rehearse(werkplaats, houder, [deel])]
    return [refuse_part(naam, refuse_unkept(failed())) for naam, _ in delen]


def _rehearse_together(werkplaats: Werkplaats, houder: Sleutelhouder, delen: Sequence[tuple[str, bytes]]) -> list[Zendingproef]:
    """Beside the service when there is much of it."""
    if werkplaats.zij is None or sum(len(inhoud) for _, inhoud in delen) <= GROOT:
        return rehearse_zending(werkplaats, houder, delen)
    proeven: list[Zendingproef] = werkplaats.zij.run("zending", houder, delen, seconden=LEES_SECONDEN)
    return proeven
