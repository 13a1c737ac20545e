"""`/portaal/wachtwoord`: a password of one's own, for everybody who has one here; first, for who has one that a colleague made."""

from fastapi import Request
from starlette.responses import Response

from api.basis.problemen import Probleem
from api.basis.weigeringen import note_reason
from api.portaal.algemeen.inloggen import START, is_own, tell_wait
from api.portaal.schil.bladzij import Bladzij, Melding, Nieuwkomer
from api.portaal.schil.paginarouter import Paginarouter
from api.portaal.toegang.koekje import set_koekje
from berichten.processen.toegang.eigen_wachtwoord import (
    Wachtwoordfout,
    Wachtwoordkeuze,
    choose_wachtwoord,
    find_inlognaam,
)
from berichten.processen.toegang.log_in import MoetWachten
from berichten.processen.toegang.wachtwoord import KORTSTE, LANGSTE

router = Paginarouter()
_ELDERS = "U logt in met het account van uw organisatie. Wijzig uw wachtwoord daar."
_ANDERS = "De twee nieuwe wachtwoorden zijn niet gelijk. Typ ze opnieuw."
_GEDAAN = "Uw wachtwoord is gewijzigd. Wie elders met uw oude was ingelogd, is uitgelogd."


@router.get("/wachtwoord")
def get_wachtwoord(bladzij: Nieuwkomer, naar: str = "") -> Response:
    """The form; 404 for who logs in elsewhere."""
    return _show(bladzij, naar, Wachtwoordfout())


@router.post("/wachtwoord")
def post_wachtwoord(request: Request, bladzij: Nieuwkomer) -> Response:
    """Another password, and a session anew; back to where somebody was going."""
    huidig, nieuw, herhaald, naar = (str(bladzij.formulier.get(veld, "")) for veld in ("huidig", "nieuw", "herhaald", "naar"))
    if nieuw != herhaald:
        return _show(bladzij, naar, Wachtwoordfout(nieuw=_ANDERS))
    sessie, herkomst = bladzij.bezoeker.sessie, bladzij.bezoeker.houder.herkomst
    uitkomst = choose_wachtwoord(bladzij.werkplaats, sessie, Wachtwoordkeuze(huidig, nieuw), herkomst)
    if isinstance(uitkomst, Wachtwoordfout):
        note_reason(request.state, "wachtwoord")
        return _show(bladzij, naar, uitkomst)
    if isinstance(uitkomst, MoetWachten):
        note_reason(request.state, "te_veel_inlogpogingen")
        seconden = max(1, round((uitkomst.tot - bladzij.werkplaats.instellingen.nu()).total_seconds()))
        antwoord = _show(bladzij, naar, Wachtwoordfout(huidig=tell_wait(seconden)), 429)
        antwoord.headers["Retry-After"] = str(seconden)
        return antwoord
    antwoord = bladzij.go(naar if is_own(naar) else START, Melding(_GEDAAN))
    set_koekje(antwoord, uitkomst)
    return antwoord


def _show(bladzij: Bladzij, naar: str, fout: Wachtwoordfout, status: int = 400) -> Response:
    inlognaam = find_inlognaam(bladzij.werkplaats, bladzij.bezoeker.sessie)
    if inlognaam is None:
        raise Probleem(404, _ELDERS)
    eerst = not bladzij.bezoeker.sessie.eigen_wachtwoord
    return bladzij.show(
        "algemeen/wachtwoord_wijzigen.html",
        status=status if fout.huidig or fout.nieuw else 200,
        titel="Kies een eigen wachtwoord" if eerst else "Wachtwoord wijzigen",
        eerst=eerst,
        naar=naar,
        inlognaam=inlognaam,
        fout=fout,
        kortste=KORTSTE,
        langste=LANGSTE,
    )
