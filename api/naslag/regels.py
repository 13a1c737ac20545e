"""The rule catalogue that the service itself runs on."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Query
from pydantic import Field

from api.basis.afgeleid import shows
from api.basis.modellen import Lijstmodel, Model
from api.basis.route import Router
from api.basis.velden import Maand
from api.deur.toegang import Beller, Plaats, require
from berichten.inzage.naslag import regelstanden
from berichten.kern.houder import Sleutelhouder
from berichten.regels.catalogus import Catalogusregel, list_catalogus
from berichten.regels.regelboek import REGELBOEK

router = Router(prefix="/regels", tags=["regels"])

Beleidslezer = Annotated[Sleutelhouder, Depends(require("contractbeheer", "financien"))]


@shows(Catalogusregel, voorgestelde_retourcode="Code uit WJ001 die bij afwijzen op deze eigen regel het best past")
class Regel(Model):
    """Eén regel van de catalogus."""


class Regels(Model):
    """De catalogus, in de volgorde waarin wordt getoetst."""

    regelboek: str
    regels: list[Regel]


@shows(
    regelstanden.Beleidsrij,
    agb=Field(description="Voor welke aanbieder; leeg is voor alle zonder eigen rij", examples=["42420001"]),
    aanbieder=Field(description="Naam van die aanbieder", examples=["De Wilgen"]),
    retourcode=Field(description="Retourcode die de gemeente koos; leeg is die van de regel", examples=["9321"]),
)
class Regelbeleid(Model):
    """Wat de gemeente uit een regel laat volgen."""


@shows(
    regelstanden.Regelstand,
    gevolg=Field(description="Wat eruit volgt als de gemeente niets anders kiest", examples=["beoordelen"]),
    eigen=Field(description="Of het een eigen regel van de gemeente is", examples=[True]),
    treffers=Field(description="Berichten, regels en klassen van die maand waarin hij iets vond", examples=[12]),
    beleid=Field(description="Wat de gemeente koos, zoals het vandaag geldt"),
)
class Regelstand(Model):
    """Een regel zoals hij voor de gemeente werkt."""


class Regelstanden(Lijstmodel):
    """De catalogus zoals hij voor de gemeente werkt."""

    regels: list[Regelstand]


@router.get(
    "/stand",
    response_model=Regelstanden,
    summary="Wat er uit elke regel volgt, en hoe vaak hij iets vond",
    description="Het beleid van de gemeente van vandaag, en de treffers in berichten die in die maand zijn ontvangen.",
)
def get_regelstanden(
    werkplaats: Plaats,
    houder: Beleidslezer,
    maand: Annotated[Maand | None, Query(description="Maand van ontvangst; leeg is deze maand")] = None,
) -> Regelstanden:
    """In the order of the catalogue."""
    dag = date.fromisoformat(f"{maand}-01") if maand else None
    return Regelstanden.of(regelstanden.list_regelstanden(werkplaats.seen_by(houder), dag))


@router.get(
    "",
    response_model=Regels,
    summary="Alle regels waarop berichten worden getoetst",
    description="De catalogus waar de dienst zelf op draait, in de volgorde waarin wordt getoetst.",
)
def get_regels(houder: Beller) -> Regels:
    """The same for everyone."""
    return Regels(regelboek=REGELBOEK, regels=[Regel.of(item) for item in list_catalogus()])
