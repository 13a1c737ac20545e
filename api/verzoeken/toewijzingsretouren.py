"""Allocations that did not arrive well at the aanbieder (JW302), for who must look at them."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response
from pydantic import Field, StringConstraints

from api.basis.afgeleid import shows
from api.basis.modellen import Bladzijdemodel, Lijstmodel, Model, Verzoek
from api.basis.problemen import Probleem
from api.basis.route import Router
from api.basis.velden import Agb, Pagina
from api.besluiten.besluitmodellen import STATUSSEN
from api.besluiten.prestaties import CONFLICT
from api.deur.toegang import Plaats, require
from berichten.beoordeling.besluit import MEEST_TEKENS
from berichten.inzage.berichten import retourlijst
from berichten.kern.houder import Sleutelhouder
from berichten.processen.berichten import rond_retour_af
from berichten.processen.berichten.rond_retour_af import settle_retour

router = Router(prefix="/retouren", tags=["berichten"])
_UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
Navrager = Annotated[Sleutelhouder, Depends(require("contractbeheer", "gemeente"))]


@shows(
    retourlijst.Openretour,
    bericht_id="Het JW301",
    stand=Field(
        description="afgekeurd: de aanbieder stuurde een JW302 met een retourcode; zonder_antwoord: er kwam geen JW302",
        examples=["afgekeurd"],
    ),
    identificatie="Identificatie van het JW301",
    toewijzingen=Field(
        description="De toewijzingen waarin de aanbieder een fout vond; noemt hij er geen, dan alle van het bericht",
        examples=[[484000123]],
    ),
    verstuurd_op="Wanneer het JW301 hier binnenkwam",
    retour_bericht_id="Het JW302 waarmee de aanbieder het afkeurde; leeg als er geen is",
    beantwoord_op="Wanneer dat JW302 binnenkwam; leeg als er geen is",
    retourcodes="Wat de aanbieder vond",
    retourcode_teksten="Wat die codes betekenen, per code.",
    melding=Field(
        description="Wat er aan de hand is en wat u kunt doen",
        examples=["De aanbieder keurde dit bericht op 3 juni 2026 af (JW302). Stuur een verbeterd JW301."],
    ),
)
class Openretour(Model):
    """Een JW301 dat niet goed bij de aanbieder aankwam."""


class Openretouren(Bladzijdemodel):
    """Een bladzijde daarvan, oudste eerst."""

    retouren: list[Openretour] = Field(description="JW301-berichten die niet goed aankwamen")
    volgende: str | None


@shows(
    retourlijst.Afgerond,
    bericht_id="Het JW301",
    identificatie="Identificatie van het JW301",
    toewijzingen=Field(description="De toewijzingen van het bericht", examples=[[484000123]]),
    toelichting="Wat eraan is gedaan",
    door="Wie het afrondde",
    afgerond_op="Wanneer",
)
class Afgerondretour(Model):
    """Een JW301 dat niet goed aankwam en dat een medewerker heeft afgerond."""


class Afgeronderetouren(Lijstmodel):
    """Wat het laatst is afgerond, nieuwste eerst."""

    retouren: list[Afgerondretour] = Field(description="Afgeronde JW301-berichten")


class Afronding(Verzoek):
    """Wat u hebt gedaan, en bij welk antwoord van de aanbieder."""

    toelichting: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MEEST_TEKENS)] = Field(
        description="Gewone tekst, zonder Bsn; alleen voor medewerkers", examples=["Gebeld: de aanbieder heeft de toewijzing."]
    )
    retour_bericht_id: Annotated[str, StringConstraints(pattern=_UUID)] | None = Field(
        description="Het JW302 dat u zag (retourBerichtId uit de lijst); null als er geen was",
        examples=["9f1c2d3e-0000-4000-8000-000000000000"],
    )


@router.get(
    "",
    response_model=Openretouren,
    summary="Toewijzingen die niet goed bij de aanbieder aankwamen",
    description="JW301-berichten die de aanbieder afkeurde (JW302 met een retourcode), en die waarop na drie werkdagen geen JW302"
    " kwam. Een JW301 verdwijnt uit de lijst zodra een later JW301 de afgekeurde toewijzing vervangt, een later JW302 het overneemt"
    " of een medewerker het afrondt. Op antwoorden wordt gelet vanaf het eerste JW302 dat hier binnenkwam, en zestig dagen lang.",
)
def get_retouren(
    werkplaats: Plaats,
    houder: Navrager,
    stand: Annotated[retourlijst.Retourstand | None, Query(description="afgekeurd of zonder_antwoord")] = None,
    agb: Annotated[Agb | None, Query()] = None,
    pagina_grootte: Pagina = 50,
    volgende: Annotated[str | None, Query(pattern="^[0-9]{1,18}$", description="Uit het vorige antwoord")] = None,
) -> Openretouren:
    """The oldest first."""
    zeef = retourlijst.Openretourfilter(stand, agb)
    gevonden = retourlijst.list_retouren(werkplaats.seen_by(houder), zeef, pagina_grootte, volgende)
    return Openretouren.of(gevonden)


@router.get(
    "/afgerond",
    response_model=Afgeronderetouren,
    summary="Wat er met toewijzingen is gedaan die niet goed aankwamen",
    description="De laatste die een medewerker afrondde, met de toelichting; nieuwste eerst.",
)
def get_afgeronde_retouren(
    werkplaats: Plaats, houder: Navrager, aantal: Annotated[int, Query(ge=1, le=200, description="Hoeveel")] = 50
) -> Afgeronderetouren:
    """For who must look at them."""
    return Afgeronderetouren.of(retourlijst.list_afgeronde(werkplaats.seen_by(houder), aantal))


@router.post(
    "/{berichtId}/afronding",
    status_code=204,
    summary="Rond een toewijzing af die niet goed aankwam",
    description="Het JW301 verdwijnt uit de lijst. Keurt de aanbieder het daarna nog eens af, dan komt het terug. Staat er een"
    " ander antwoord dan u zag, dan gebeurt er niets (409).",
    responses=CONFLICT,
)
def post_afronding(
    werkplaats: Plaats,
    houder: Navrager,
    berichtId: UUID,  # noqa: N803
    afronding: Afronding,
) -> Response:
    """404 for a JW301 that is not on the list, 409 when another answer stands than was seen."""
    gezien = None if afronding.retour_bericht_id is None else UUID(afronding.retour_bericht_id)
    geweigerd = settle_retour(werkplaats, houder, rond_retour_af.Afronding(berichtId, afronding.toelichting, gezien))
    if geweigerd is not None:
        raise Probleem(STATUSSEN[geweigerd.soort], geweigerd.melding)
    return Response(status_code=204)
