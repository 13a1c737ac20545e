"""How the service stands after the night, on one page: what asks for a person, what waits, the last tie-out and room to store."""

from fastapi.responses import Response

from api.portaal.schil.bladzij import Beheer
from api.portaal.schil.paginarouter import Paginarouter
from berichten.processen.bewaking.bekijk_gezondheid import inspect
from berichten.processen.toegang.bevestig_rollen import list_wachtende_rollen

router = Paginarouter()
_STATUSSEN = {
    "ontvangen": "Ontvangen, wacht op verwerking",
    "in_behandeling": "In behandeling",
    "verwerkt": "Verwerkt",
    "ter_beoordeling": "Wacht op een besluit",
    "afgekeurd": "Afgekeurd",
    "geweigerd": "Geweigerd",
}
_ONDERWERPEN = {"stroom": "Berichten", "termijn": "Termijnen", "aansluiting": "Boeken", "sleutel": "Sleutels"}
_GIB = 1 << 30


@router.get("/gezondheid")
def get_gezondheid(bladzij: Beheer) -> Response:
    """What asks for a person comes first."""
    stand = inspect(bladzij.werkplaats, bladzij.bezoeker.gemeente)
    ernstig = [item for item in stand.aandacht if item.ernstig]
    return bladzij.show(
        "beheer/gezondheid.html",
        titel="Gezondheid",
        stand=stand,
        ernstig=ernstig,
        wachtende_rollen=len(list_wachtende_rollen(bladzij.werkplaats, bladzij.bezoeker.gemeente)),
        goed=[item for item in stand.aandacht if not item.ernstig],
        onderwerpen=_ONDERWERPEN,
        berichten=[(_STATUSSEN.get(item.status, "Anders"), item.aantal) for item in stand.berichten],
        ruimte=[
            ("Database", "gedeeld met anderen" if stand.opslag.database is None else _tell_bytes(stand.opslag.database)),
            ("Vrij op de schijf", _tell_bytes(stand.opslag.vrij)),
            ("Hele schijf", _tell_bytes(stand.opslag.geheel)),
        ],
    )


def _tell_bytes(aantal: int) -> str:
    """`1,5 GB`, or `35 MB` below one."""
    if aantal < _GIB:
        return f"{aantal // (1 << 20)} MB"
    tienden = aantal * 10 // _GIB
    return f"{tienden // 10},{tienden % 10} GB"
