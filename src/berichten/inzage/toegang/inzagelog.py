"""The access log for who keeps watch over it: every look, new to old. Looking here is a look itself."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from berichten.inzage.basis.bladzijde import Bladzijde, cut
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.opslag.toegang.inzagelog import Logfilter, Logplaats, Logregel, list_logregels
from berichten.opslag.toegang.logsleutel import pseudonym

__all__ = ["Inzageregel", "Logfilter", "list_inzagen"]

_NUL = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECONDE = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Inzageregel:
    """A look. It names no client: who asks about one finds the looks that showed this client (`list_inzagen`)."""

    log_id: UUID
    tijd: datetime
    gebeurtenis: str
    actie: str
    uitkomst: str
    door: str
    naam: str | None
    """Of who looked, as far as it is known."""
    rol: str
    namens: str
    machtiging: int | None
    doel: str
    reden: str
    object_soort: str
    object_id: str
    bsn_getoond: bool
    aantal: int
    bron: str
    spoor: str


def list_inzagen(
    kijker: Kijker, zeef: Logfilter, grootte: int, volgende: str | None, *, bsn: str | None = None
) -> Bladzijde[Inzageregel]:
    """New to old; with `bsn` only looks that showed this client."""
    na, client = _read_cursor(volgende), bsn and pseudonym(kijker.logsleutel, kijker.gemeente, bsn)
    with kijker.transaction() as (verbinding, vermelding):
        rijen = list_logregels(verbinding, kijker.gemeente, replace(zeef, client=client or None), na, grootte + 1)
        vermelding.shows("inzagelog", [bsn] if bsn else ())
    bladzijde = cut(rijen, grootte, _write_cursor)
    namen = kijker.names_of(rij.door for rij in bladzijde.regels)
    return bladzijde.each(lambda rij: take(Inzageregel, rij, naam=namen.get(rij.door)))


def _write_cursor(rij: Logregel) -> str:
    return f"{(rij.tijd - _NUL) // _MICROSECONDE}-{rij.log_id.hex}"


def _read_cursor(volgende: str | None) -> Logplaats | None:
    if volgende is None:
        return None
    tijd, _, log_id = volgende.partition("-")
    return _NUL + int(tijd) * _MICROSECONDE, UUID(log_id)
