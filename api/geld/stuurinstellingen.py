"""What the gemeente sets for its steering: thresholds, limits and choices, each from a day on."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request
from pydantic import Field

from api.basis.afgeleid import shows
from api.basis.modellen import Lijstmodel, Model
from api.basis.route import Router
from api.basis.velden import Datum
from api.berichten.invoerbestand import ALS_TABEL
from api.deur.toegang import Plaats, require
from api.naslag.laden import Lading, load_tabel
from berichten.inzage.geld import instellijst as inzage
from berichten.kern.houder import Sleutelhouder
from berichten.processen.kwartaal.laad_instellingen import ROLLEN, Insteller, load_instellingen
from berichten.rapporten.ingesteld.instelstand import Geldendewaarde

router = Router(prefix="/instellingen", tags=["instellingen"])
Lezer = Annotated[Sleutelhouder, Depends(require(*ROLLEN, "controle"))]
Schrijver = Annotated[Sleutelhouder, Depends(require(*ROLLEN))]


class Geldendeinstelling(Model):
    """Een instelling zoals zij gold."""

    naam: str = Field(description="Naam van de instelling", examples=["controle_fouten"])
    betekenis: str = Field(description="Waar zij over gaat", examples=["Verantwoording: grens voor fouten"])
    waarde: str = Field(description="Wat gold", examples=["1,0%"])
    vanaf: date | None = Field(description="Sinds welke dag de gemeente dit zo heeft; leeg is de standaard")

    @classmethod
    def told(cls, item: Geldendewaarde) -> "Geldendeinstelling":
        """As it held."""
        vanaf = None if item.rij is None else item.rij.vanaf
        return cls(naam=item.soort.naam, betekenis=item.soort.betekenis, waarde=item.tekst, vanaf=vanaf)


@shows(inzage.Komend, waarde=Field(description="Wat dan geldt", examples=["2,0%"]))
class Komend(Model):
    """Wat een instelling wordt."""


@shows(
    inzage.Instelregel,
    naam=Field(description="Zoals zij in een bestand heet", examples=["controle_fouten"]),
    betekenis=Field(description="Waar zij over gaat"),
    eenheid=Field(description="procent, eurocent, aantal, dagen of keuze", examples=["procent"]),
    keuzen=Field(description="Waar u uit kiest, bij een keuze"),
    waarde=Field(description="Wat geldt", examples=["1,0%"]),
    in_bestand=Field(description="Hetzelfde zoals het in een bestand staat", examples=["1,0"]),
    standaard=Field(description="Wat zonder keuze van de gemeente geldt", examples=["1,0%"]),
    bron=Field(description="Waar de standaard vandaan komt"),
    vanaf=Field(description="Sinds welke dag; leeg is de standaard"),
    besluit=Field(description="Waar de keuze op rust"),
    door=Field(description="Wie haar instelde"),
    komt=Field(description="Wat later ingaat"),
)
class Instelregel(Model):
    """Een instelling van de gemeente."""


class Instellijst(Lijstmodel):
    """Alles wat een gemeente kan instellen, zoals het op een dag gold."""

    instellingen: list[Instelregel] = Field(description="Elke instelling")


@router.get(
    "",
    response_model=Instellijst,
    summary="Wat de gemeente heeft ingesteld",
    description="Grenzen, drempels en keuzen, met wat er zonder keuze van de gemeente geldt. Zoals het op de peildatum gold, van"
    " wat toen was geladen; leeg is vandaag.",
)
def get_instellingen(werkplaats: Plaats, houder: Lezer, peildatum: Annotated[Datum | None, Query()] = None) -> Instellijst:
    """For who reads reports."""
    return Instellijst.of(inzage.list_instellingen(werkplaats.seen_by(houder), peildatum))


@router.post(
    "",
    response_model=Lading,
    summary="Stel iets in, vanaf een dag",
    description="CSV of XLSX met de kolommen gemeente;naam;waarde;vanaf;besluit. Percentages als 2,5, bedragen in eurocenten; een"
    " lege waarde is vanaf die dag weer de standaard. Een latere rij van dezelfde naam en dag telt; eerdere blijven bewaard."
    " Contractbeheer stelt drempels van signalen in, financiën de rest, beheer alles; waar de accountant naar kijkt alleen beheer."
    " De eerste dag is vandaag of later. Bij één foute regel wordt niets geladen.",
    openapi_extra=ALS_TABEL,
)
async def post_instellingen(request: Request, werkplaats: Plaats, houder: Schrijver) -> Lading:
    """Remembers who loaded it and when."""
    wie = Insteller(houder.sleutel_id, houder.gemeente, houder.rol)
    return await load_tabel(request, werkplaats, houder, lambda werk, inhoud, *_: load_instellingen(werk, inhoud, wie))
