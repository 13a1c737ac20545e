"""What the gemeente asks an aanbieder to credit: which line, why, since when, and how that is done."""

from fastapi.responses import Response

from api.portaal.schil.bladzij import Aanbieder
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.besluiten.besluiten import list_creditverzoeken
from berichten.klok import dutch_day

router = Paginarouter()
PER_KEER = 25


@router.get("/te-crediteren")
def get_tecrediteren(bladzij: Aanbieder) -> Response:
    """Oldest first; a request closes by itself when its credit line is awarded."""
    na = Adresinvoer(bladzij.adres).code("na", "[0-9]{1,18}", "")
    lijst = list_creditverzoeken(bladzij.kijker, PER_KEER, na)
    dagen = {item.besluit_id: (bladzij.vandaag - dutch_day(item.gevraagd_op)).days for item in lijst.regels}
    return bladzij.show("aanbieder/tecrediteren.html", titel="Te crediteren", lijst=lijst, dagen=dagen)
