"""What can be shown of one awarded line: recht, omvang, declaratie and levering, each in a sentence with its numbers."""

from typing import Annotated

from fastapi import Depends, Path, Query
from pydantic import Field

from api.basis.afgeleid import shows
from api.basis.modellen import Model
from api.basis.problemen import Probleem, raise_unless_found
from api.basis.route import Router
from api.deur.toegang import Plaats, require
from berichten.fouten import Invoerfout
from berichten.inzage.accountant import normverklaring as inzage
from berichten.inzage.accountant.verklaringen import NietsToegekend, find_verklaring
from berichten.kern.houder import Sleutelhouder
from berichten.rapporten.accountant.zinnen import Getoetst
from berichten.rapporten.boeken.periode import Vraagfout, read_peilmoment

router = Router(tags=["accountant"])

Lezer = Annotated[Sleutelhouder, Depends(require("contractbeheer", "financien", "controle"))]
Nummer = Annotated[int, Path(ge=1, le=(1 << 63) - 1)]
ONBEKEND = "Deze regel bestaat niet, of hij is niet van u. Controleer het nummer."
NIETS = "Van deze regel is niets toegekend, dus er is niets te verantwoorden. Kies een toegekende regel of een andere peildatum."
_MAG = "Wat er is gevonden: aangetoond, aangetoond door een besluit, onzeker of fout"


@shows(
    Getoetst,
    regel=Field(description="Nummer van de regel", examples=["TR307"]),
    titel="De regel in één zin",
    uitkomst=Field(description="Voldaan, overtreden, of niet te toetsen omdat een feit ontbreekt"),
)
class Getoetsteregel(Model):
    """Een regel waaraan de gedeclareerde regel is getoetst."""


@shows(
    inzage.Normverklaring,
    norm=Field(description="Welke van de vier normen", examples=["levering"]),
    waarde=Field(description=_MAG, examples=["aangetoond"]),
    zin=Field(description="De verklaring in één zin, met de getallen", examples=["Recht is aangetoond: …"]),
    fout_bedrag="Wat volgens deze norm fout is, in eurocenten",
    onzeker_bedrag="Wat volgens deze norm onzeker is, in eurocenten",
    regels=Field(description="De regels die bij deze norm horen, overtreden regels eerst"),
)
class Normverklaring(Model):
    """Eén norm. Bedragen in hele eurocenten."""


@shows(
    inzage.Feitmoment,
    wat=Field(description="Welk feit", examples=["geboekt"]),
    op=Field(description="Sinds wanneer dat bekend is", examples=["2026-05-01T10:15:04+02:00"]),
)
class Feitmoment(Model):
    """Wanneer een feit bekend werd."""


@shows(
    inzage.Boekzegel,
    dag=Field(description="De dag waarop de regel is geboekt", examples=["2026-05-01"]),
    zegel=Field(description="Zegel over alle boekingen van die dag, hexadecimaal; leeg zolang die dag niet is verzegeld"),
)
class Boekzegel(Model):
    """Het zegel over de boeking."""


@shows(
    inzage.Verklaring,
    bedrag="Toegekend, min wat is gecrediteerd en gecorrigeerd, in eurocenten",
    waarde=Field(description="De slechtste van de vier normen", examples=["aangetoond"]),
    fout_bedrag="Wat er van de regel fout is, elke cent één keer",
    onzeker_bedrag="Wat er van de rest onzeker is, elke cent één keer",
    normen=Field(description="De vier normen"),
    feiten=Field(description="Waar de verklaring op rust, met het moment"),
    zegel=Field(description="Het zegel over de boeking"),
)
class Verklaring(Model):
    """Wat er van een toegekende regel is aan te tonen. Bedragen in hele eurocenten."""


@router.get(
    "/prestaties/{prestatieId}/verklaring",
    response_model=Verklaring,
    summary="Wat er van een regel is aan te tonen",
    description="Recht, omvang, declaratie en levering volgens het accountantsprotocol: per norm een zin met de getallen, de regels"
    " waaraan is voldaan en die zijn overtreden, en wat fout of onzeker is. De rol controle"
    " ziet alleen regels die in een steekproef zijn getrokken.",
    responses={409: {"description": "Van deze regel is niets toegekend"}},
)
def get_verklaring(
    werkplaats: Plaats,
    houder: Lezer,
    prestatieId: Nummer,  # noqa: N803
    peildatum: Annotated[
        str | None, Query(description="De stand aan het eind van deze dag, of op dit moment; leeg is nu", max_length=40)
    ] = None,
) -> Verklaring:
    """404 also when the line is another's."""
    try:
        moment = read_peilmoment(peildatum, werkplaats.instellingen.nu())
        gevonden = find_verklaring(werkplaats.seen_by(houder), prestatieId, moment)
    except Vraagfout as fout:
        raise Probleem(400, str(fout), [Invoerfout("query", "VERZOEK", str(fout), None)]) from fout
    except NietsToegekend as fout:
        raise Probleem(409, NIETS) from fout
    return Verklaring.of(raise_unless_found(gevonden, ONBEKEND))
