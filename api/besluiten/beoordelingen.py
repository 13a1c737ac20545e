"""The work list of who decides: what is held, the oldest deadline first; and decisions on many lines at once."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request
from pydantic import Field

from api.basis.afgeleid import shows
from api.basis.modellen import Bladzijdemodel, Model, Verzoek
from api.basis.problemen import ANDERE_WIJZER, Probleem
from api.basis.route import Router
from api.basis.velden import Agb, Bsn, Categorie, Datum, Pagina, Productcode, Regelnaam, Retourcode, Toewijzingnummer
from api.besluiten.besluitmodellen import (
    Besluiten,
    Besluitenverzoek,
    Creditverzoeken,
    Uitgevoerd,
    raise_unless_decided,
)
from api.besluiten.prestaties import CONFLICT, Beoordelaar, Beslisser
from api.deur.toegang import Plaats, require
from berichten.beoordeling.besluit import Besluit
from berichten.inzage.basis.bladzijde import WijzerFout
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.besluiten import werkvoorraad as inzage
from berichten.inzage.besluiten.besluiten import list_creditverzoeken
from berichten.inzage.besluiten.werkvoorraad import Filter, Volgorde, Waarschuwing
from berichten.kern.houder import Sleutelhouder
from berichten.processen.besluiten.beslis_prestatie import decide

router = Router(prefix="/beoordelingen", tags=["beoordelingen"])

Medewerker = Annotated[Sleutelhouder, Depends(require("gemeente", "contractbeheer", "financien"))]
_WIJZER = "^[0-9]{1,18}-[0-9]{1,18}$"


@shows(
    inzage.Beoordeling,
    regels="Wat er bij de regel is gevonden, met uitleg en de getallen die de doorslag gaven",
    voorgestelde_retourcodes="Hiermee wordt de regel afgewezen als u zelf geen retourcode kiest",
    codevoorstellen="Dezelfde retourcodes, met hun tekst en waarom zij worden voorgesteld",
    in_geding="Wat er niet wordt betaald als alles klopt wat is gevonden, in eurocenten; anders het hele bedrag",
    uiterlijk="Uiterste dag voor het antwoord (JW325)",
    waarschuwing="Hoe dringend het is, als de termijn bijna of helemaal om is",
    voorstel="Besluit dat wacht op een tweede beoordelaar",
)
class Beoordeling(Model):
    """Een regel die op een besluit wacht. Bedragen in hele eurocenten, credit negatief."""


class Beoordelingzoekopdracht(Verzoek):
    """Wie er wordt gezocht."""

    bsn: Bsn
    agb: Agb | None = None
    pagina_grootte: int = Field(50, ge=1, le=500, description="Hoeveel op een bladzijde", examples=[50])
    volgende: str | None = Field(None, pattern=_WIJZER, description="Uit het vorige antwoord", examples=["20260430-5242881"])


class Beoordelingen(Bladzijdemodel):
    """Een bladzijde van de werkvoorraad. Aantal en bedrag tellen alle regels die aan de vraag voldoen."""

    beoordelingen: list[Beoordeling]
    aantal: int
    bedrag: int
    volgende: str | None


@router.get(
    "",
    response_model=Beoordelingen,
    summary="Regels die op een besluit wachten, oudste termijn eerst of zoals u kiest",
    description="De werkvoorraad van contractbeheer: elke aangehouden regel met de reden, de getallen, de termijn en een voorstel"
    " voor de retourcode. Bedragen in eurocenten.",
)
def get_beoordelingen(
    werkplaats: Plaats,
    houder: Beoordelaar,
    agb: Annotated[Agb | None, Query()] = None,
    regel: Annotated[Regelnaam | None, Query(description="Een regel waardoor de gedeclareerde regel wacht")] = None,
    retourcode: Annotated[Retourcode | None, Query(description="Voorgesteld, of van een bevinding")] = None,
    productcode: Annotated[Productcode | None, Query()] = None,
    categorie: Annotated[Categorie | None, Query()] = None,
    toewijzingnummer: Annotated[Toewijzingnummer | None, Query()] = None,
    uiterlijk_vanaf: Annotated[Datum | None, Query(alias="uiterlijkVanaf", description="Termijn op of na deze dag")] = None,
    uiterlijk_tot: Annotated[Datum | None, Query(alias="uiterlijkTot", description="Termijn op of voor deze dag")] = None,
    bericht_id: Annotated[UUID | None, Query(alias="berichtId")] = None,
    min_bedrag: Annotated[int | None, Query(alias="minBedrag", ge=0, le=10**15)] = None,
    waarschuwing: Annotated[Waarschuwing | None, Query()] = None,
    volgorde: Annotated[
        Volgorde,
        Query(description="Wat vooraan staat: oudste termijn, hoogste bedrag, oudste zorg, laagste AGB-code of eerst ingediend"),
    ] = "termijn",
    pagina_grootte: Pagina = 50,
    volgende: Annotated[str | None, Query(pattern=_WIJZER)] = None,
) -> Beoordelingen:
    """A fixed number of queries, however many lines are held."""
    zeef = Filter(
        agb, regel, bericht_id, min_bedrag, uiterlijk_vanaf, uiterlijk_tot, retourcode, productcode, categorie, toewijzingnummer
    )
    return _search(werkplaats.seen_by(houder), zeef, waarschuwing, pagina_grootte, volgende, volgorde)


@router.post(
    "/zoekopdrachten",
    response_model=Beoordelingen,
    summary="Zoek de wachtende regels van een cliënt",
    description="Met het burgerservicenummer in de inhoud van het verzoek, omdat een adres wordt bewaard en doorgegeven.",
)
def post_zoekopdracht_beoordelingen(werkplaats: Plaats, houder: Beoordelaar, vraag: Beoordelingzoekopdracht) -> Beoordelingen:
    """Nothing of the question is kept or logged."""
    zeef = Filter(agb=vraag.agb, bsn=vraag.bsn)
    return _search(werkplaats.seen_by(houder), zeef, None, vraag.pagina_grootte, vraag.volgende)


def _search(
    kijker: Kijker,
    zeef: Filter,
    waarschuwing: Waarschuwing | None,
    pagina_grootte: int,
    volgende: str | None,
    volgorde: Volgorde = "termijn",
) -> Beoordelingen:
    try:
        gevonden = inzage.list_beoordelingen(kijker, zeef, waarschuwing, pagina_grootte, volgende, volgorde)
    except WijzerFout as fout:
        raise Probleem(400, ANDERE_WIJZER) from fout
    return Beoordelingen.of(gevonden.bladzijde, aantal=gevonden.aantal, bedrag=gevonden.bedrag)


@router.post(
    "",
    status_code=201,
    response_model=Besluiten,
    summary="Hetzelfde besluit over meer regels",
    description="Over allemaal of over geen enkele: kan het bij één regel niet, dan wordt er niets besloten en staat bij 'fouten'"
    " per regel waarom. Het pad van een fout is het prestatieId. Ten hoogste duizend regels.",
    responses={404: {}, **CONFLICT},
)
def post_beoordelingen(request: Request, werkplaats: Plaats, houder: Beslisser, verzoek: Besluitenverzoek) -> Besluiten:
    """One transaction for all of them."""
    besluiten = [
        Besluit(nummer, verzoek.besluit, verzoek.motivering, verzoek.retourcode, verzoek.terugvragen)
        for nummer in verzoek.prestatie_ids
    ]
    genomen = raise_unless_decided(decide(werkplaats.asked_by(houder), houder.gemeente, houder.sleutel_id, besluiten))
    for agb in dict.fromkeys(item.agb for item in genomen):
        request.app.state.bel.ring(houder.gemeente, agb)
    return Besluiten(
        besluiten=[Uitgevoerd.of(item) for item in genomen], aantal=len(genomen), bedrag=sum(item.bedrag for item in genomen)
    )


@router.get(
    "/creditverzoeken",
    response_model=Creditverzoeken,
    summary="Regels die zijn toegekend en worden teruggevraagd",
    description="Open verzoeken aan aanbieders om een toegekende regel te crediteren, oudste eerst. Een verzoek sluit vanzelf als"
    " de creditregel is toegekend.",
)
def get_creditverzoeken(
    werkplaats: Plaats,
    houder: Medewerker,
    pagina_grootte: Annotated[int, Query(alias="paginaGrootte", ge=1, le=500)] = 50,
    volgende: Annotated[str | None, Query(pattern="^[0-9]{1,18}$")] = None,
) -> Creditverzoeken:
    """Requests of which the credit line has not come yet."""
    return Creditverzoeken.of(list_creditverzoeken(werkplaats.seen_by(houder), pagina_grootte, volgende))
