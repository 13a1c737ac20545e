"""The code lists that the service itself runs on: those of its schemas, and its own."""

from typing import Annotated

from fastapi import Path
from pydantic import Field

from api.basis.modellen import Model
from api.basis.problemen import Probleem
from api.basis.route import Router
from api.deur.toegang import Beller, Plaats
from berichten.processen.referentie.codelijsten import list_lijsten
from berichten.regels.catalogus import Catalogusregel
from berichten.regels.voorstel import AFWIJSCODES

router = Router(prefix="/codelijsten", tags=["regels"])


class Lijstnaam(Model):
    """Eén codelijst, zonder haar codes."""

    naam: str
    omschrijving: str
    aantal: int


class Codelijsten(Model):
    """Alle codelijsten, op naam."""

    codelijsten: list[Lijstnaam]


class Regelverwijzing(Model):
    """Een regel van de catalogus die de code gebruikt."""

    regel: str
    titel: str
    berichten: list[str]


class Code(Model):
    """Eén code met haar betekenis. Bij een retourcode staan de regels die haar geven."""

    code: str
    omschrijving: str
    bij_afwijzen: bool | None = Field(
        description="Bij een retourcode: of die past als een beoordelaar één gedeclareerde regel afwijst. Leeg bij andere lijsten"
    )
    regels: list[Regelverwijzing]


class Codelijst(Model):
    """Een codelijst met al haar codes."""

    naam: str
    omschrijving: str
    codes: list[Code]


@router.get(
    "",
    response_model=Codelijsten,
    summary="Alle codelijsten",
    description="De lijsten waar de dienst zelf op draait: die van de standaard, zoals de schema's ze kennen, en eigen lijsten.",
)
def get_codelijsten(werkplaats: Plaats, houder: Beller) -> Codelijsten:
    """The same for everyone."""
    lijsten = list_lijsten(werkplaats.instellingen).values()
    return Codelijsten(
        codelijsten=[Lijstnaam(naam=item.naam, omschrijving=item.omschrijving, aantal=len(item.codes)) for item in lijsten]
    )


@router.get(
    "/{naam}",
    response_model=Codelijst,
    summary="Eén codelijst",
    description="Elke code met haar betekenis in gewone taal. Bij de lijst 'retourcode' staan ook de regels die de code geven.",
)
def get_codelijst(werkplaats: Plaats, houder: Beller, naam: Annotated[str, Path(max_length=100)]) -> Codelijst:
    """404 that names every list for an unknown one."""
    lijsten = list_lijsten(werkplaats.instellingen)
    naam = "retourcode" if naam.upper() == "WJ001" else naam
    if naam not in lijsten:
        raise Probleem(404, f"Deze codelijst bestaat niet. Kies uit: {', '.join(lijsten)}.")
    lijst = lijsten[naam]
    return Codelijst(
        naam=naam,
        omschrijving=lijst.omschrijving,
        codes=[
            Code(
                code=code,
                omschrijving=betekenis,
                bij_afwijzen=code in AFWIJSCODES if naam == "retourcode" else None,
                regels=[_as_verwijzing(item) for item in lijst.regels.get(code, ())],
            )
            for code, betekenis in lijst.codes.items()
        ],
    )


def _as_verwijzing(item: Catalogusregel) -> Regelverwijzing:
    return Regelverwijzing(regel=item.regel, titel=item.titel, berichten=list(item.berichten))
