"""All nine digits of a Bsn, on purpose: one client at a time, with a reason that its client may read later."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.objecten import Objectsoort
from berichten.opslag.toegang.inzagelog import list_bsns_of_prestaties, list_bsns_of_toewijzingen
from berichten.standaard.waarden.bsn import holds_bsn

__all__ = ["MEEST_REDEN", "GetoondBsn", "find_fault_of_reden", "reveal_of_prestatie", "reveal_of_toewijzing"]

MEEST_REDEN = 500
"""Characters of a reason."""
_GEEN_REDEN = "Geef een reden: waarom hebt u het burgerservicenummer nodig? De cliënt kan dit later lezen."
_TE_LANG = f"De reden is te lang. Gebruik hoogstens {MEEST_REDEN} tekens."
_BSN_IN_REDEN = "In de reden staat een burgerservicenummer. Haal het weg; de reden wordt bewaard."
_Zoek = Callable[[Connection, str, list[int]], list[str]]


@dataclass(frozen=True, slots=True)
class GetoondBsn:
    """A Bsn with all its digits."""

    bsn: str


def find_fault_of_reden(reden: str) -> str | None:
    """What is wrong with a reason, in Dutch; None when it will do."""
    if not reden.strip():
        return _GEEN_REDEN
    if len(reden) > MEEST_REDEN:
        return _TE_LANG
    return _BSN_IN_REDEN if holds_bsn(reden) else None


def reveal_of_toewijzing(kijker: Kijker, toewijzingnummer: int, reden: str) -> GetoondBsn | None:
    """Of the client of an allocation; None when it is not there, or another's. Raises ValueError for a reason that will not do."""
    return _reveal(kijker, "toewijzing", toewijzingnummer, reden, list_bsns_of_toewijzingen)


def reveal_of_prestatie(kijker: Kijker, prestatie_id: int, reden: str) -> GetoondBsn | None:
    """Of the client of a billed line; None when it is not there, or another's. Raises ValueError for a reason that will not do."""
    return _reveal(kijker, "prestatie", prestatie_id, reden, list_bsns_of_prestaties)


def _reveal(kijker: Kijker, soort: Objectsoort, nummer: int, reden: str, find: _Zoek) -> GetoondBsn | None:
    fout = find_fault_of_reden(reden)
    if fout is not None:
        raise ValueError(fout)
    with kijker.transaction() as (verbinding, vermelding):
        bsn = next(iter(find(verbinding, kijker.gemeente, [nummer])), None)
        if bsn is None:
            vermelding.shows_absent(soort, nummer)
            return None
        vermelding.shows(soort, [bsn], nummer, met_bsn=True, reden=reden.strip())
    return GetoondBsn(bsn)
