"""The work list of who decides: what is held, the oldest deadline first; and decisions on many lines at once."""

from datetime import date, timedelta
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Query, Request
from pydantic import Field

from api.basis.modellen import Bevinding, Model, Periode, Verzoek
from api.basis.problemen import Probleem
from api.basis.route import Router
from api.basis.velden import Agb, Bsn, Categorie, Datum, Pagina, Productcode, Regelnaam, Retourcode, Toewijzingnummer
from api.besluiten.modellen import (
    Besluiten,
    Besluitenverzoek,
    Codevoorstel,
    Creditverzoek,
    Creditverzoeken,
    Uitgevoerd,
    Voorstel,
    names_for,
    raise_unless_decided,
)
from api.besluiten.prestaties import CONFLICT, Beslisser
from api.deur.toegang import Plaats, require, view_of
from berichten.beoordeling.besluit import Besluit
from berichten.beoordeling.termijn import last_warned, warn
from berichten.instellingen import Instellingen
from berichten.opslag.berichten.berichten import Bevindingrij
from berichten.opslag.besluiten.werkvoorraad import (
    Aangehouden,
    Filter,
    Wijzer,
    list_aangehouden,
    list_creditverzoeken,
    load_regelbevindingen,
)
from berichten.opslag.toegang.sleutels import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.beslis_prestatie import decide
from berichten.standaard.waarden.bsn import mask_bsn
from berichten.standaard.waarden.soorten import JW323

router = Router(prefix="/beoordelingen", tags=["beoordelingen"])

Medewerker = Annotated[Sleutelhouder, Depends(require("gemeente", "contractbeheer", "financien", "beheer"))]
Waarschuwing = Literal["bijna_verlopen", "verlopen"]
_WIJZER = "^[0-9]{8}-[0-9]{1,18}$"
_ANDERE_WIJZER = "Deze waarde van 'volgende' hoort niet bij deze lijst. Neem hem precies over uit het vorige antwoord."


class Beoordeling(Model):
    """Een regel die op een besluit wacht. Bedragen in hele eurocenten, credit negatief."""

    prestatie_id: int
    bericht_id: UUID
    agb: str
    aanbieder: str | None
    client: str
    referentienummer: str
    toewijzingnummer: int | None
    categorie: str
    productcode: str
    periode: Periode
    volume: int
    eenheid: str
    tarief: int | None
    bedrag: int
    regels: list[Bevinding] = Field(description="Wat er bij de regel is gevonden, met uitleg en de getallen die de doorslag gaven")
    voorgestelde_retourcodes: list[str] = Field(description="Hiermee wordt de regel afgewezen als u zelf geen retourcode kiest")
    codevoorstellen: list[Codevoorstel] = Field(description="Dezelfde retourcodes, met hun tekst en waarom zij worden voorgesteld")
    uiterlijk: date = Field(description="Uiterste dag voor het antwoord (JW325)")
    waarschuwing: str | None = Field(description="Hoe dringend het is, als de termijn bijna of helemaal om is")
    voorstel: Voorstel | None = Field(description="Besluit dat wacht op een tweede beoordelaar")

    @classmethod
    def of(
        cls, rij: Aangehouden, bevindingen: list[Bevindingrij], instellingen: Instellingen, namen: dict[str, str]
    ) -> "Beoordeling":
        """From what the database holds; of the Bsn only the last three digits."""
        eigen = {naam: getattr(rij, naam) for naam in cls.model_fields if hasattr(rij, naam) and naam != "voorstel"}
        voorstellen = Codevoorstel.of_held(bevindingen)
        return cls(
            **eigen,
            client=mask_bsn(rij.bsn),
            periode=Periode(begindatum=rij.begindatum, einddatum=rij.einddatum),
            regels=[Bevinding.of(item, JW323.naam) for item in bevindingen],
            voorgestelde_retourcodes=[item.retourcode for item in voorstellen],
            codevoorstellen=voorstellen,
            waarschuwing=warn(rij.uiterlijk, instellingen.vandaag(), instellingen.waarschuw_werkdagen),
            voorstel=_proposal(rij, namen),
        )


class Beoordelingzoekopdracht(Verzoek):
    """Wie er wordt gezocht."""

    bsn: Bsn
    agb: Agb | None = None
    pagina_grootte: int = Field(50, ge=1, le=500, description="Hoeveel op een bladzijde", examples=[50])
    volgende: str | None = Field(None, pattern=_WIJZER, description="Uit het vorige antwoord", examples=["20260430-5242881"])


class Beoordelingen(Model):
    """Een bladzijde van de werkvoorraad. Aantal en bedrag tellen alle regels die aan de vraag voldoen."""

    beoordelingen: list[Beoordeling]
    aantal: int
    bedrag: int
    volgende: str | None


@router.get(
    "",
    response_model=Beoordelingen,
    summary="Regels die op een besluit wachten, oudste termijn eerst",
    description="De werkvoorraad van contractbeheer: elke aangehouden regel met de reden, de getallen, de termijn en een voorstel"
    " voor de retourcode. Bedragen in eurocenten.",
)
def get_beoordelingen(
    werkplaats: Plaats,
    houder: Beslisser,
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
    pagina_grootte: Pagina = 50,
    volgende: Annotated[str | None, Query(pattern=_WIJZER)] = None,
) -> Beoordelingen:
    """A fixed number of queries, however many lines are held."""
    van, tot = _deadlines(waarschuwing, werkplaats.instellingen, uiterlijk_vanaf, uiterlijk_tot)
    zeef = Filter(agb, regel, bericht_id, min_bedrag, van, tot, retourcode, productcode, categorie, toewijzingnummer)
    return _search(werkplaats, houder, zeef, pagina_grootte, volgende)


@router.post(
    "/zoekopdrachten",
    response_model=Beoordelingen,
    summary="Zoek de wachtende regels van een cliënt",
    description="Met het burgerservicenummer in de inhoud van het verzoek, omdat een adres wordt bewaard en doorgegeven.",
)
def post_zoekopdracht_beoordelingen(werkplaats: Plaats, houder: Beslisser, vraag: Beoordelingzoekopdracht) -> Beoordelingen:
    """Nothing of the question is kept or logged."""
    return _search(werkplaats, houder, Filter(agb=vraag.agb, bsn=vraag.bsn), vraag.pagina_grootte, vraag.volgende)


def _search(
    werkplaats: Werkplaats, houder: Sleutelhouder, zeef: Filter, pagina_grootte: int, volgende: str | None
) -> Beoordelingen:
    instellingen, na = werkplaats.instellingen, _read_cursor(volgende)
    with werkplaats.opslag.transaction(view_of(houder)) as verbinding:
        bladzijde = list_aangehouden(verbinding, houder.gemeente, zeef, na, pagina_grootte + 1)
        meer, rijen = len(bladzijde.regels) > pagina_grootte, bladzijde.regels[:pagina_grootte]
        gevonden = load_regelbevindingen(verbinding, houder.gemeente, [rij.prestatie_id for rij in rijen])
    namen = names_for(werkplaats, houder, [rij.voorstel_door for rij in rijen if rij.voorstel_door])
    return Beoordelingen(
        beoordelingen=[Beoordeling.of(rij, gevonden.get(rij.prestatie_id, []), instellingen, namen) for rij in rijen],
        aantal=bladzijde.aantal,
        bedrag=bladzijde.bedrag,
        volgende=_write_cursor(rijen[-1].wijzer) if meer else None,
    )


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
    genomen = raise_unless_decided(decide(werkplaats, houder.gemeente, houder.sleutel_id, besluiten))
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
    with werkplaats.opslag.transaction(view_of(houder)) as verbinding:
        verzoeken = list_creditverzoeken(verbinding, houder.gemeente, int(volgende or 0), pagina_grootte + 1)
    meer = len(verzoeken) > pagina_grootte
    verzoeken = verzoeken[:pagina_grootte]
    return Creditverzoeken(
        creditverzoeken=[Creditverzoek.of(item) for item in verzoeken], volgende=str(verzoeken[-1].besluit_id) if meer else None
    )


def _proposal(rij: Aangehouden, namen: dict[str, str]) -> Voorstel | None:
    if rij.voorstel_id is None or rij.voorstel is None or rij.voorstel_op is None:
        return None
    return Voorstel(
        besluit_id=rij.voorstel_id,
        besluit="toekennen" if rij.voorstel == "toekennen" else "afwijzen",
        terugvragen=bool(rij.voorstel_terugvragen),
        retourcode=rij.voorstel_retourcode,
        motivering=rij.voorstel_motivering or "",
        door=namen.get(rij.voorstel_door or ""),
        genomen_op=rij.voorstel_op,
    )


def _deadlines(
    waarschuwing: Waarschuwing | None, instellingen: Instellingen, van: date | None, tot: date | None
) -> tuple[date | None, date | None]:
    """First and last deadline that is asked for and about which is warned in this way."""
    eerste, laatste = _warned(waarschuwing, instellingen)
    return max(filter(None, (eerste, van)), default=None), min(filter(None, (laatste, tot)), default=None)


def _warned(waarschuwing: Waarschuwing | None, instellingen: Instellingen) -> tuple[date | None, date | None]:
    vandaag = instellingen.vandaag()
    if waarschuwing == "verlopen":
        return None, vandaag - timedelta(days=1)
    if waarschuwing == "bijna_verlopen":
        return vandaag, last_warned(vandaag, instellingen.waarschuw_werkdagen)
    return None, None


def _read_cursor(volgende: str | None) -> Wijzer | None:
    if volgende is None:
        return None
    dag, _, nummer = volgende.partition("-")
    try:
        return date.fromisoformat(dag), int(nummer)
    except ValueError:
        raise Probleem(400, _ANDERE_WIJZER) from None


def _write_cursor(wijzer: Wijzer) -> str:
    return f"{wijzer[0]:%Y%m%d}-{wijzer[1]}"
