"""The rule catalogue that the service itself runs on."""

from dataclasses import asdict

from pydantic import Field

from api.basis.modellen import Model
from api.basis.route import Router
from api.deur.toegang import Houder
from berichten.regels.catalogus import list_catalogus

router = Router(prefix="/regels", tags=["regels"])


class Regel(Model):
    """Eén regel van de catalogus."""

    regel: str
    titel: str
    retourcode: str | None
    niveau: int
    klasse: str
    element: str
    berichten: list[str]
    gevolg: str
    melding: str
    bron: str
    voorgestelde_retourcode: str | None = Field(description="Code uit WJ001 die bij afwijzen op deze eigen regel het best past")
    reden_voorstel: str | None


class Regels(Model):
    """De catalogus, in de volgorde waarin wordt getoetst."""

    regels: list[Regel]


@router.get(
    "",
    response_model=Regels,
    summary="Alle regels waarop berichten worden getoetst",
    description="De catalogus waar de dienst zelf op draait, in de volgorde waarin wordt getoetst.",
)
def get_regels(houder: Houder) -> Regels:
    """The same for everyone."""
    return Regels(regels=[Regel(**asdict(item)) for item in list_catalogus()])
