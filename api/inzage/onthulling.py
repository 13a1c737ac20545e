"""All nine digits of a Bsn, by POST and with a reason: everywhere else only the last three are shown."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Path

from api.basis.problemen import Probleem, raise_unless_found
from api.basis.route import Router
from api.berichten.toewijzingen import ONBEKEND as GEEN_TOEWIJZING
from api.besluiten.prestaties import ONBEKEND as GEEN_REGEL
from api.besluiten.prestaties import Nummer
from api.deur.toegang import Bsnkijker, Plaats
from api.inzage.inzagemodellen import Bsnverzoek, GetoondBsn
from berichten.fouten import Invoerfout
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.toegang import onthulling as inzage

router = Router()

_UITLEG = (
    "Overal elders staan van een burgerservicenummer alleen de laatste drie cijfers. Wie het hele nummer nodig heeft, zegt hier"
    " waarom. Wie, wanneer en waarom wordt bewaard, en de cliënt kan het later lezen."
)


@router.post(
    "/toewijzingen/{toewijzingnummer:int}/bsn",
    response_model=GetoondBsn,
    tags=["toewijzingen"],
    summary="Het burgerservicenummer bij een toewijzing",
    description=_UITLEG,
)
def post_bsn_van_toewijzing(
    werkplaats: Plaats, houder: Bsnkijker, toewijzingnummer: Annotated[int, Path(ge=0, le=999_999_999)], verzoek: Bsnverzoek
) -> GetoondBsn:
    """404 also when the allocation is another's."""
    return _reveal(inzage.reveal_of_toewijzing, werkplaats.seen_by(houder), toewijzingnummer, verzoek.reden, GEEN_TOEWIJZING)


@router.post(
    "/prestaties/{prestatieId}/bsn",
    response_model=GetoondBsn,
    tags=["prestaties"],
    summary="Het burgerservicenummer bij een regel",
    description=_UITLEG,
)
def post_bsn_van_prestatie(
    werkplaats: Plaats,
    houder: Bsnkijker,
    prestatieId: Nummer,  # noqa: N803
    verzoek: Bsnverzoek,
) -> GetoondBsn:
    """404 also when the line is another's."""
    return _reveal(inzage.reveal_of_prestatie, werkplaats.seen_by(houder), prestatieId, verzoek.reden, GEEN_REGEL)


def _reveal(
    reveal: Callable[[Kijker, int, str], inzage.GetoondBsn | None], kijker: Kijker, nummer: int, reden: str, onbekend: str
) -> GetoondBsn:
    fout = inzage.find_fault_of_reden(reden)
    if fout is not None:
        raise Probleem(400, fout, [Invoerfout("body.reden", "VERZOEK", fout)])
    return GetoondBsn.of(raise_unless_found(reveal(kijker, nummer, reden), onbekend))
