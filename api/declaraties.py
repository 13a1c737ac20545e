"""Declarations line by line: what became of each, and why."""

from collections import defaultdict
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from api.berichten import find_own
from api.modellen import Bevinding, Model
from api.toegang import Houder, Plaats, view_of
from berichten.opslag.berichten import list_bevindingen_of
from berichten.opslag.declaraties import Prestatierij, list_prestaties
from berichten.standaard.bsn import mask_bsn

router = APIRouter(prefix="/declaraties", tags=["declaraties"])


class Prestatie(Model):
    """Eén gedeclareerde regel. Bedragen in hele eurocenten, credit negatief."""

    prestatie_id: int
    referentienummer: str
    vorig_referentienummer: str | None
    client: str
    toewijzingnummer: int | None
    categorie: str
    productcode: str
    begindatum: date
    einddatum: date
    volume: int
    eenheid: str
    tarief: int | None
    bedrag: int
    credit: bool
    uitkomst: str
    toegekend_bedrag: int
    """Wat van het bedrag in de boeken staat; een regel van een JW303 kan deels zijn toegekend."""
    retourcodes: list[str]
    bevindingen: list[Bevinding]

    @classmethod
    def of(cls, rij: Prestatierij, bevindingen: list[Bevinding]) -> "Prestatie":
        """From what the database holds; of the Bsn only the last three digits."""
        eigen = {naam: getattr(rij, naam) for naam in cls.model_fields if hasattr(rij, naam)}
        anders = {"client": mask_bsn(rij.bsn), "retourcodes": rij.retourcodes or [], "toegekend_bedrag": rij.toegekend}
        return cls(**{**eigen, **anders, "bevindingen": bevindingen})


class Prestaties(Model):
    """Een bladzijde regels, in de volgorde van het bericht."""

    prestaties: list[Prestatie]
    volgende: str | None


@router.get(
    "/{berichtId}/prestaties",
    response_model=Prestaties,
    summary="Elke regel van een declaratie, met uitkomst en uitleg",
    description="Toegekend, afgewezen, ter beoordeling of niet beoordeeld; met alles wat bij de regel is gevonden.",
)
def get_prestaties(
    werkplaats: Plaats,
    houder: Houder,
    berichtId: UUID,  # noqa: N803
    pagina_grootte: Annotated[int, Query(alias="paginaGrootte", ge=1, le=1000)] = 200,
    volgende: Annotated[str | None, Query(pattern="^[0-9]{1,18}$")] = None,
) -> Prestaties:
    """As far as the caller may see them; 404 when the message is another's."""
    with werkplaats.opslag.transaction(view_of(houder)) as verbinding:
        bericht = find_own(verbinding, houder, berichtId)
        rijen = list_prestaties(verbinding, bericht, int(volgende or 0), pagina_grootte + 1)
        meer = len(rijen) > pagina_grootte
        rijen = rijen[:pagina_grootte]
        gevonden = defaultdict(list)
        for item in list_bevindingen_of(verbinding, houder.gemeente, [rij.prestatie_id for rij in rijen]):
            gevonden[item.prestatie_id].append(Bevinding.of(item, bericht.soort))
    return Prestaties(
        prestaties=[Prestatie.of(rij, gevonden[rij.prestatie_id]) for rij in rijen],
        volgende=str(rijen[-1].prestatie_id) if meer else None,
    )
