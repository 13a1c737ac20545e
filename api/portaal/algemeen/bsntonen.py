"""All nine digits of a Bsn, once, for who says why: a page of its own, which is kept nowhere and stands in no address."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Form, Path
from fastapi.responses import Response

from api.basis.problemen import raise_unless_found
from api.portaal.schil.adres import make_adres
from api.portaal.schil.bladzij import Bladzij, Contractbeheer
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.toegang.onthulling import GetoondBsn, find_fault_of_reden, reveal_of_prestatie, reveal_of_toewijzing

router = Paginarouter()
_ONBEKEND = "Dit bestaat niet, of het is niet van uw gemeente. Ga terug en open de bladzijde opnieuw."
Reden = Annotated[str, Form()]


@router.post("/prestaties/{prestatie_id}/bsn")
def post_bsn_bij_prestatie(bladzij: Contractbeheer, prestatie_id: int, reden: Reden = "") -> Response:
    """Of the client of a billed line; 404 also when it is another's."""
    return _show(bladzij, reveal_of_prestatie, prestatie_id, reden, f"/prestaties/{prestatie_id}")


@router.post("/toewijzingen/{toewijzingnummer}/bsn")
def post_bsn_bij_toewijzing(
    bladzij: Contractbeheer, toewijzingnummer: Annotated[int, Path(ge=0, le=999_999_999)], reden: Reden = ""
) -> Response:
    """Of the client of an allocation; 404 also when it is another's."""
    return _show(bladzij, reveal_of_toewijzing, toewijzingnummer, reden, f"/toewijzingen/{toewijzingnummer}")


def _show(bladzij: Bladzij, reveal: Callable[[Kijker, int, str], GetoondBsn | None], nummer: int, reden: str, pad: str) -> Response:
    fout = find_fault_of_reden(reden)
    bsn = None if fout else raise_unless_found(reveal(bladzij.kijker, nummer, reden), _ONBEKEND).bsn
    return bladzij.show(
        "algemeen/bsntonen.html",
        status=400 if fout else 200,
        titel="BSN van de cliënt",
        bsn=bsn,
        fout=fout or "",
        reden=reden,
        terug=make_adres(pad),
    )
