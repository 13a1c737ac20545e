"""Awarded lines that the gemeente wants to see credited, oldest first, with how long each has been open."""

from fastapi.responses import Response

from api.portaal.schil.bladzij import Contractbeheer
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.besluiten.besluiten import list_creditverzoeken
from berichten.inzage.naslag.namen import find_namen
from berichten.klok import dutch_day

router = Paginarouter()
PER_KEER = 25


@router.get("/creditverzoeken")
def get_creditverzoekenlijst(bladzij: Contractbeheer) -> Response:
    """A request closes by itself when the credit line is awarded."""
    na = Adresinvoer(bladzij.adres).tekst("na")
    lijst = list_creditverzoeken(bladzij.kijker, PER_KEER, na if na.isdecimal() else None)
    namen = find_namen(bladzij.kijker)
    dagen = {item.besluit_id: (bladzij.vandaag - dutch_day(item.gevraagd_op)).days for item in lijst.regels}
    return bladzij.show("contractbeheer/creditverzoekenlijst.html", titel="Creditverzoeken", lijst=lijst, namen=namen, dagen=dagen)
