"""What a gemeente shared with an aanbieder: signals, which it can explain, and measures."""

from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from api.basis.problemen import raise_unless_found
from api.portaal.schil.bladzij import Aanbieder, Bladzij, Melding
from api.portaal.schil.paginarouter import Paginarouter
from api.portaal.signalen.signalenlijst import SignaalId
from berichten.inzage.signalen.maatregellijst import list_maatregelen
from berichten.inzage.signalen.signaallijst import find_signaaldossier, list_signalen
from berichten.kern.nietnu import NietNu
from berichten.processen.signalen.zet_stap_signaal import WOORDEN, explain_signaal

router = Paginarouter()
_ONBEKEND = "Dit signaal is er niet, of de gemeente heeft het niet met u gedeeld."
_MEEST = 200


@router.get("/mijn-signalen")
def get_eigen_signalen(bladzij: Aanbieder) -> Response:
    """Everything that was shared."""
    return bladzij.show(
        "signalen/eigensignalen.html",
        titel="Signalen",
        signalen=list_signalen(bladzij.kijker, None, None, "alle", _MEEST, None).regels,
        maatregelen=list_maatregelen(bladzij.kijker, None, _MEEST, None).regels,
        staten=WOORDEN,
    )


@router.get("/mijn-signalen/{signaal_id}")
def get_eigen_signaal(bladzij: Aanbieder, signaal_id: SignaalId) -> Response:
    """One, with a form to explain it."""
    return _show(bladzij, signaal_id)


@router.post("/mijn-signalen/{signaal_id}/verklaring")
def post_eigen_verklaring(bladzij: Aanbieder, signaal_id: SignaalId, tekst: Annotated[str, Form()] = "") -> Response:
    """What the aanbieder says of it; nothing typed is lost."""
    werkplaats, gemeente, door = bladzij.acting()
    uitkomst = explain_signaal(werkplaats, gemeente, bladzij.bezoeker.houder.agb or "", door, signaal_id, tekst.strip())
    if isinstance(uitkomst, NietNu):
        return _show(bladzij, signaal_id, 400, uitkomst.melding, tekst)
    raise_unless_found(uitkomst, _ONBEKEND)
    return bladzij.go(f"/portaal/mijn-signalen/{signaal_id}", Melding("Uw verklaring is verstuurd. De gemeente leest haar."))


def _show(bladzij: Bladzij, signaal_id: int, status: int = 200, fout: str = "", tekst: str = "") -> Response:
    dossier = raise_unless_found(find_signaaldossier(bladzij.kijker, signaal_id), _ONBEKEND)
    return bladzij.show(
        "signalen/eigensignaal.html",
        status=status,
        titel=dossier.signaal.titel,
        dossier=dossier,
        signaal=dossier.signaal,
        nummers=dossier.nummers[:_MEEST],
        staten=WOORDEN,
        fout=fout,
        tekst=tekst,
    )
