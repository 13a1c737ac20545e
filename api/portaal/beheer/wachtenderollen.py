"""Roles that wait for a second person: who gave them, and a form to confirm or refuse each. Who gave one cannot confirm it."""

from collections.abc import Callable

from fastapi.responses import Response

from api.portaal.schil.bladzij import Beheer, Bladzij, Melding
from api.portaal.schil.navigatie import ROLNAMEN
from api.portaal.schil.opmaak import datum
from api.portaal.schil.paginarouter import Paginarouter
from berichten.fouten import Bedieningsfout
from berichten.kern.persoon import Wachtenderol
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.toegang.bevestig_rollen import (
    NietWachtend,
    confirm_wachtende_rol,
    list_wachtende_rollen,
    refuse_wachtende_rol,
)

router = Paginarouter()
PAD = "/portaal/gebruikers/wachtend"
_AL_GEDAAN = "Deze rol wacht niet meer. Een collega heeft haar bevestigd of afgewezen."


@router.get("/gebruikers/wachtend")
def get_wachtende_rollen(bladzij: Beheer) -> Response:
    """Those of this gemeente, oldest first."""
    lijst = list_wachtende_rollen(bladzij.werkplaats, bladzij.bezoeker.gemeente)
    ik = bladzij.bezoeker.persoon
    return bladzij.show("beheer/wachtenderollen.html", titel="Rollen die wachten", lijst=lijst, ik=ik, rolnamen=ROLNAMEN)


@router.post("/gebruikers/wachtend/{toekenning_id}/bevestiging")
def post_bevestiging(bladzij: Beheer, toekenning_id: int) -> Response:
    """It counts from now on; refused, and logged, for who gave it or gets it."""
    return _do(bladzij, confirm_wachtende_rol, toekenning_id, "{naam} heeft nu de rol {rol}, tot en met {tot}.")


@router.post("/gebruikers/wachtend/{toekenning_id}/afwijzing")
def post_afwijzing(bladzij: Beheer, toekenning_id: int) -> Response:
    """It is taken back before it counted, also by who gave it."""
    return _do(bladzij, refuse_wachtende_rol, toekenning_id, "{naam} krijgt de rol {rol} niet.")


def _do(bladzij: Bladzij, doe: Callable[[Werkplaats, str, int, str], Wachtenderol], toekenning_id: int, gedaan: str) -> Response:
    try:
        rol = doe(bladzij.handelend, bladzij.bezoeker.gemeente, toekenning_id, bladzij.bezoeker.persoon)
    except NietWachtend:
        return bladzij.go(PAD, Melding(_AL_GEDAAN, "info"))
    except Bedieningsfout as fout:
        return bladzij.go(PAD, Melding(str(fout), "error"))
    tekst = gedaan.format(naam=rol.naam, rol=ROLNAMEN.get(rol.rol, rol.rol), tot=datum(rol.tot))
    return bladzij.go(PAD, Melding(tekst))
