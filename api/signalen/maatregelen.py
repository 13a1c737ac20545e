"""Measures: what the gemeente does about an aanbieder, registered by a person and from step 4 confirmed by a second."""

from typing import Annotated, Literal

from fastapi import Depends, Path
from pydantic import Field

from api.basis.afgeleid import shows
from api.basis.modellen import Bladzijdemodel, Model, Verzoek
from api.basis.problemen import NIET_NU, raise_unless_done, raise_unless_found
from api.basis.route import Router
from api.basis.velden import Datum
from api.deur.toegang import Plaats, require
from api.geld.betaalbasis import Agb, Grootte, Nummer
from berichten.inzage.signalen import maatregellijst
from berichten.kern.houder import Sleutelhouder
from berichten.processen.signalen.leg_maatregel_vast import NieuweMaatregel, register_maatregel, step_maatregel

router = Router(prefix="/maatregelen", tags=["signalen"])

Maatregellezer = Annotated[Sleutelhouder, Depends(require("contractbeheer", "aanbieder"))]
Dossierlezer = Annotated[Sleutelhouder, Depends(require("contractbeheer"))]
Maatregelnemer = Annotated[Sleutelhouder, Depends(require("contractbeheer", mens=True))]
MaatregelId = Annotated[int, Path(ge=1, le=2**63 - 1, description="Uit de lijst van maatregelen")]
_ONBEKEND = "Deze {} is bij uw gemeente niet bekend. Controleer het nummer."
_SOORTEN = Literal[
    "informatie", "bestuursgesprek", "herstelaanbod", "verbeterplan", "verscherpt_toezicht", "waarschuwing",
    "overleg_en_overreding", "last_onder_bestuursdwang", "last_onder_dwangsom", "clientenstop", "ontbinding", "invordering",
]  # fmt: skip


@shows(
    maatregellijst.Maatregel,
    maatregel_id=Field(description="Nummer van de maatregel", examples=[1290000001]),
    trede=Field(description="1 advies, 2 correctie, 3 waarschuwing, 4 bestuursrechtelijk, 5 privaatrechtelijk", examples=[2]),
    soort=Field(description="Welke maatregel", examples=["verbeterplan"]),
    grond=Field(description="kwaliteit, samenwerking, declaratie of anders", examples=["declaratie"]),
    toelichting=Field(description="Waarom deze maatregel"),
    besluitdatum=Field(description="Dag van het besluit"),
    van=Field(description="Eerste dag"),
    tot=Field(description="Laatste dag; leeg is open"),
    hersteltermijn=Field(description="Laatste dag om te herstellen"),
    zaaknummer=Field(description="Nummer in het zaaksysteem", examples=["Z-2026-118"]),
    dwangsom=Field(description="Bedrag van een dwangsom, in eurocenten; alleen genoteerd"),
    categorie=Field(description="Van een cliëntenstop: alleen deze productcategorie", examples=["45"]),
    segment=Field(description="Van een cliëntenstop: alleen dit segment", examples=["4"]),
    geldig_op=Field(description="Sinds wanneer zij geldt; leeg als een collega haar nog moet bevestigen"),
    herstel_op=Field(description="Dag waarop het is hersteld"),
    einde=Field(description="Dag waarop zij is beëindigd of teruggenomen"),
    gedeeld_op=Field(description="Sinds wanneer de aanbieder haar ziet"),
    naam="Hoe de maatregel heet",
)
class Maatregel(Model):
    """Een maatregel bij een aanbieder. Er is geen volgorde: een lichte hoeft niet eerst."""


class Maatregelen(Bladzijdemodel):
    """Een bladzijde maatregelen, nieuwste eerst."""

    maatregelen: list[Maatregel] = Field(description="De maatregelen")
    volgende: str | None


@shows(
    maatregellijst.Maatregelgebeurtenis,
    soort=Field(description="bevestigd, teruggenomen, hersteld, beeindigd of gedeeld", examples=["bevestigd"]),
    dag=Field(description="Dag waarop het was"),
    gezet_op=Field(description="Wanneer het is vastgelegd"),
)
class Maatregelgebeurtenis(Model):
    """Wat er met de maatregel gebeurde."""


@shows(
    maatregellijst.Maatregeldossier,
    maatregel=Field(description="De maatregel"),
    signalen=Field(description="Signalen waarop zij rust"),
    zienswijze_op=Field(description="Dag van de zienswijze van de aanbieder"),
    geen_zienswijze=Field(description="Waarom er geen zienswijze is gevraagd"),
    ingebrekestelling_op=Field(description="Dag van de ingebrekestelling"),
    geregistreerd_op=Field(description="Wanneer zij is vastgelegd"),
    gebeurtenissen=Field(description="Wat er daarna gebeurde"),
)
class Maatregeldossier(Model):
    """Een maatregel met alles wat erbij hoort."""


class Maatregelverzoek(Verzoek):
    """Een nieuwe maatregel."""

    agb: str = Field(pattern="^[0-9]{8}$", description="De aanbieder")
    trede: int = Field(ge=1, le=5, description="Trede van de maatregel")
    soort: _SOORTEN = Field(description="Welke maatregel; past bij de trede")
    grond: Literal["kwaliteit", "samenwerking", "declaratie", "anders"] = Field(description="Waarom")
    toelichting: str = Field(description="Waarom, zonder burgerservicenummer; de aanbieder ziet dit als u de maatregel deelt")
    besluitdatum: Datum = Field(description="Dag van het besluit")
    van: Datum = Field(description="Eerste dag")
    tot: Datum | None = Field(None, description="Laatste dag; leeg is open")
    hersteltermijn: Datum | None = Field(None, description="Laatste dag om te herstellen")
    signalen: list[int] = Field([], max_length=100, description="Signalen waarop zij rust")
    zaaknummer: str = Field("", max_length=100, description="Nummer in het zaaksysteem")
    zienswijze_op: Datum | None = Field(None, description="Trede 4 en 5: dag van de zienswijze (Awb 4:8)")
    geen_zienswijze: str = Field("", max_length=2000, description="Trede 4 en 5: of waarom er geen zienswijze is")
    ingebrekestelling_op: Datum | None = Field(None, description="Trede 5: dag van de ingebrekestelling")
    dwangsom: int | None = Field(None, ge=0, le=10**12, description="Bedrag, in eurocenten; wordt genoteerd en niet geboekt")
    categorie: str = Field("", max_length=2, pattern="^[0-9A-Z]*$", description="Cliëntenstop: alleen deze productcategorie")
    segment: str = Field("", max_length=20, pattern="^[0-9A-Za-z ]*$", description="Cliëntenstop: alleen dit segment")


class Maatregelstapverzoek(Verzoek):
    """Wat er met de maatregel gebeurt."""

    soort: Literal["bevestigd", "teruggenomen", "hersteld", "beeindigd", "gedeeld"] = Field(description="Wat er gebeurt")
    dag: Datum | None = Field(None, description="Wanneer; leeg is vandaag")
    reden: str = Field("", max_length=2000, description="Waarom; nodig bij terugnemen en beëindigen")


@router.get(
    "",
    response_model=Maatregelen,
    summary="Maatregelen, nieuwste eerst",
    description="Een aanbieder ziet zijn eigen maatregelen vanaf het moment dat de gemeente ze deelt.",
)
def get_maatregelen(
    werkplaats: Plaats, houder: Maatregellezer, agb: Agb = None, pagina_grootte: Grootte = 50, volgende: Nummer = None
) -> Maatregelen:
    """As far as the caller may see them."""
    return Maatregelen.of(maatregellijst.list_maatregelen(werkplaats.seen_by(houder), agb, pagina_grootte, volgende))


@router.post(
    "",
    status_code=201,
    response_model=Maatregeldossier,
    summary="Leg een maatregel vast",
    description="Trede 1 tot en met 3 geldt meteen. Trede 4 en 5 geldt als een collega haar bevestigt, en vraagt een zienswijze of"
    " waarom die er niet is; trede 5 ook een ingebrekestelling. Uit een maatregel volgt geen boeking en geen blokkade.",
    responses={404: {}, **NIET_NU},
)
def post_maatregel(werkplaats: Plaats, houder: Maatregelnemer, verzoek: Maatregelverzoek) -> Maatregeldossier:
    """409 for one that lacks what its step asks."""
    velden = {**verzoek.model_dump(), "signalen": tuple(verzoek.signalen)}
    gemaakt = register_maatregel(werkplaats.asked_by(houder), houder.gemeente, houder.sleutel_id, NieuweMaatregel(**velden))
    return _dossier(werkplaats, houder, raise_unless_done(gemaakt, _ONBEKEND.format("aanbieder")).maatregel_id)


@router.get(
    "/{maatregelId}",
    response_model=Maatregeldossier,
    summary="Eén maatregel, met wat er gebeurde",
    description="Met signalen, zienswijze en elke stap. Alleen voor contractbeheer.",
)
def get_maatregel(werkplaats: Plaats, houder: Dossierlezer, maatregelId: MaatregelId) -> Maatregeldossier:  # noqa: N803
    """404 also when it is another's."""
    return _dossier(werkplaats, houder, maatregelId)


@router.post(
    "/{maatregelId}/stappen",
    status_code=201,
    response_model=Maatregeldossier,
    summary="Bevestig een maatregel, of leg vast wat ermee gebeurt",
    description="Een collega bevestigt trede 4 en 5. Daarna: hersteld, beëindigd, of gedeeld met de aanbieder.",
    responses={404: {}, **NIET_NU},
)
def post_maatregelstap(
    werkplaats: Plaats,
    houder: Maatregelnemer,
    maatregelId: MaatregelId,  # noqa: N803
    verzoek: Maatregelstapverzoek,
) -> Maatregeldossier:
    """409 when it cannot follow, or when the same person registered it."""
    gezet = step_maatregel(
        werkplaats.asked_by(houder), houder.gemeente, houder.sleutel_id, maatregelId, verzoek.soort, verzoek.dag, verzoek.reden
    )
    raise_unless_done(gezet, _ONBEKEND.format("maatregel"))
    return _dossier(werkplaats, houder, maatregelId)


def _dossier(werkplaats: Plaats, houder: Sleutelhouder, maatregel_id: int) -> Maatregeldossier:
    gevonden = maatregellijst.find_maatregeldossier(werkplaats.seen_by(houder), maatregel_id)
    return Maatregeldossier.of(raise_unless_found(gevonden, _ONBEKEND.format("maatregel")))
