"""Aanbieders by name, and one at a glance for who keeps the contract."""

from typing import Annotated

from fastapi import Depends, Path, Query
from pydantic import Field

from api.basis.afgeleid import shows
from api.basis.modellen import Lijstmodel, Model
from api.basis.problemen import Probleem, raise_unless_found
from api.basis.route import Router
from api.deur.toegang import Houder, Plaats, require
from api.geld.blokkades import Blokkade
from berichten.fouten import Invoerfout
from berichten.inzage.aanbieders import namen, overzicht
from berichten.kern.houder import Sleutelhouder
from berichten.rapporten.boeken.periode import Vraagfout, read_periode

router = Router(prefix="/aanbieders", tags=["aanbieders"])

Overzichtlezer = Annotated[Sleutelhouder, Depends(require("contractbeheer", "financien"))]
_ONBEKEND = "Deze aanbieder is bij uw gemeente niet bekend. Controleer de AGB-code."


@shows(namen.Aanbieder, naam=Field(description="Naam; leeg als de gemeente er geen heeft geladen", examples=["De Wilgen"]))
class Aanbieder(Model):
    """Een aanbieder."""


class Aanbieders(Lijstmodel):
    """De aanbieders die de gemeente kent, op naam."""

    aanbieders: list[Aanbieder] = Field(description="De aanbieders, op naam")


@shows(overzicht.Besteding)
class Besteding(Model):
    """Wat in een maand van zorg voor een categorie is gedeclareerd, in eurocenten; dezelfde cijfers als in de totalen."""


@shows(overzicht.Aandeel, procent="Afgewezen deel van het ingediende bedrag, op hele procenten; leeg als er niets is ingediend")
class Aandeel(Model):
    """Welk deel van het ingediende bedrag is afgewezen."""


@shows(
    overzicht.Niveaudeel,
    niveau=Field(description="Opleidingsniveau; leeg als tarief en catalogus er geen noemen", examples=["HBO"]),
    procent=Field(description="Deel van het toegekende bedrag van deze aanbieder, op hele procenten", examples=[60]),
    procent_anderen=Field(description="Hetzelfde bij alle andere aanbieders van de gemeente", examples=[45]),
)
class Niveaudeel(Model):
    """Wat op één opleidingsniveau is toegekend."""


@shows(
    overzicht.Afwijsreden,
    regel=Field(description="De regel die de doorslag gaf; leeg als de regels niet zijn beoordeeld"),
    titel=Field(description="De reden in één zin"),
)
class Afwijsreden(Model):
    """Waarom regels zijn afgewezen."""


@shows(
    overzicht.Ruimtestand,
    soort=Field(description="indicatief of plafond", examples=["plafond"]),
    gebruikt=Field(description="Toegekend of in beoordeling, in eurocenten", examples=[950000]),
    procent="Gebruikt deel, op hele procenten; boven de 100 als er meer is gebruikt",
)
class Ruimtestand(Model):
    """Hoeveel van de bestedingsruimte is gebruikt."""


@shows(
    overzicht.Tijdigheid,
    regels=Field(description="Gedeclareerde debetregels", examples=[410]),
    regels_op_tijd=Field(description="Gedeclareerd binnen de afgesproken maanden na de maand van zorg", examples=[400]),
    antwoorden=Field(description="Declaraties die de gemeente heeft beantwoord", examples=[12]),
    antwoorden_op_tijd=Field(description="Beantwoord binnen de termijn", examples=[12]),
)
class Tijdigheid(Model):
    """Wat op tijd kwam, van beide kanten."""


@shows(
    overzicht.Openstaandwerk,
    aangehouden=Field(description="Regels die op een besluit wachten", examples=[3]),
    aangehouden_bedrag=Field(description="Samen, in eurocenten", examples=[75600]),
    creditverzoeken=Field(description="Regels die de gemeente terugvraagt", examples=[1]),
    creditverzoeken_bedrag=Field(description="Samen, in eurocenten", examples=[7560]),
)
class Openstaandwerk(Model):
    """Wat er nu openstaat."""


@shows(
    overzicht.Aanbiederoverzicht,
    aanbieder=Field(description="Om wie het gaat"),
    van=Field(description="Eerste maand van zorg", examples=["2025-07"]),
    tot=Field(description="Laatste maand van zorg", examples=["2026-06"]),
    besteding=Field(description="Per maand en categorie"),
    niveaus_van=Field(description="Eerste maand waarvan de niveaus zijn geteld", examples=["2026-04"]),
    niveaus=Field(description="Per opleidingsniveau"),
    afgewezen=Field(description="Welk deel is afgewezen"),
    afgewezen_anderen=Field(description="Hetzelfde bij alle andere aanbieders van de gemeente"),
    vergeleken_op=Field(description="Wanneer de cijfers van alle anderen zijn berekend; hooguit een uur geleden"),
    redenen=Field(description="Waarom, het hoogste bedrag eerst"),
    tijdigheid=Field(description="Wat op tijd kwam"),
    openstaand=Field(description="Wat er nu openstaat"),
    ruimtes=Field(description="Bestedingsruimte van vandaag"),
)
class Aanbiederoverzicht(Model):
    """Een aanbieder in het kort. Bedragen in hele eurocenten."""

    blokkades: list[Blokkade] = Field(description="Betaalblokkades die nu gelden")


@router.get(
    "",
    response_model=Aanbieders,
    summary="De aanbieders die de gemeente kent",
    description="Met een naam of een toewijzing, op naam. Een aanbieder ziet alleen zichzelf.",
)
def get_aanbieders(werkplaats: Plaats, houder: Houder) -> Aanbieders:
    """As far as the caller may see them."""
    return Aanbieders.of(namen.list_aanbieders(werkplaats.seen_by(houder)))


@router.get(
    "/{agb}",
    response_model=Aanbiederoverzicht,
    summary="Een aanbieder in het kort",
    description="Besteding per maand en categorie, opleidingsniveaus naast die van anderen, wat is afgewezen en waarom, wat op tijd"
    " kwam, bestedingsruimte, blokkades en wat openstaat. Zonder periode de laatste twaalf maanden van zorg.",
)
def get_aanbieder(
    werkplaats: Plaats,
    houder: Overzichtlezer,
    agb: Annotated[str, Path(pattern="^[0-9]{8}$")],
    periode: Annotated[str | None, Query(description="2026-04, 2026-Q2, 2026-T2 (vier maanden) of 2026", max_length=20)] = None,
    van: Annotated[str | None, Query(description="Eerste maand, in plaats van 'periode'", max_length=20)] = None,
    tot: Annotated[str | None, Query(description="Laatste maand, in plaats van 'periode'", max_length=20)] = None,
) -> Aanbiederoverzicht:
    """404 for one that the gemeente does not know."""
    try:
        maanden = read_periode(periode, van, tot)
    except Vraagfout as fout:
        raise Probleem(400, str(fout), [Invoerfout("query", "VERZOEK", str(fout), None)]) from fout
    gevonden = overzicht.find_aanbieder(werkplaats.seen_by(houder), agb, maanden)
    return Aanbiederoverzicht.of(raise_unless_found(gevonden, _ONBEKEND))
