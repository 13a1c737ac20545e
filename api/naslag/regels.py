"""The rule catalogue that the service itself runs on."""

from api.basis.afgeleid import shows
from api.basis.modellen import Model
from api.basis.route import Router
from api.deur.toegang import Beller
from berichten.regels.catalogus import Catalogusregel, list_catalogus
from berichten.regels.regelboek import REGELBOEK

router = Router(prefix="/regels", tags=["regels"])


@shows(Catalogusregel, voorgestelde_retourcode="Code uit WJ001 die bij afwijzen op deze eigen regel het best past")
class Regel(Model):
    """Eén regel van de catalogus."""


class Regels(Model):
    """De catalogus, in de volgorde waarin wordt getoetst."""

    regelboek: str
    regels: list[Regel]


@router.get(
    "",
    response_model=Regels,
    summary="Alle regels waarop berichten worden getoetst",
    description="De catalogus waar de dienst zelf op draait, in de volgorde waarin wordt getoetst.",
)
def get_regels(houder: Beller) -> Regels:
    """The same for everyone."""
    return Regels(regelboek=REGELBOEK, regels=[Regel.of(item) for item in list_catalogus()])
