"""Allocations: as they stand, how they came to be so, whether delivery has started, and how much of them is used."""

from dataclasses import asdict
from datetime import date, time
from typing import Annotated, Literal

from fastapi import Path, Query
from pydantic import Field, WithJsonSchema

from api.basis.modellen import Model, Verzoek
from api.basis.problemen import Probleem
from api.basis.route import Router
from api.basis.velden import Agb, Bsn, Categorie, Datum, Pagina, Productcode
from api.deur.toegang import Houder, Plaats, view_of
from berichten.dossier.buiten_toewijzing import find_outside
from berichten.dossier.dossier import StaandeRegel
from berichten.dossier.dossier import Toewijzing as Rij
from berichten.dossier.leveringen import Leveringen
from berichten.opslag.berichten.zoeken import Toewijzingfilter, list_toewijzingen
from berichten.opslag.dossiers.buiten_toewijzing import load_staand
from berichten.opslag.dossiers.leveringen import list_leveringen
from berichten.opslag.dossiers.toewijzingen import find_toewijzing, list_versies
from berichten.opslag.toegang.sleutels import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.rapporten.toewijzing.benutting import read_benutting
from berichten.standaard.waarden.bsn import mask_bsn

Tijd = Annotated[time, WithJsonSchema({"type": "string", "format": "time-local"})]
"""A time of the clock on the wall, without a time zone."""

_WIJZER = "^[0-9]{1,9}$"
_GELDIG_OP = "Alleen wat op deze dag loopt, begin en eind meegerekend"

router = Router(prefix="/toewijzingen", tags=["toewijzingen"])


class Toewijzing(Model):
    """Een toewijzing zoals zij nu is. Het Bsn staat er niet in, alleen de laatste drie cijfers."""

    toewijzingnummer: int
    agb: str
    client: str
    categorie: str | None
    productcode: str | None
    ingangsdatum: date
    einddatum: date | None
    reden_wijziging: str | None
    volume: int | None
    eenheid: str | None
    frequentie: str | None
    budget: int | None
    toewijzingsdatum: date
    toewijzingstijd: Tijd
    versie: int

    @classmethod
    def of(cls, rij: Rij) -> "Toewijzing":
        """From what the database holds."""
        return cls(**{**asdict(rij), "client": mask_bsn(rij.bsn)})


class Toewijzingen(Model):
    """Een bladzijde toewijzingen, op nummer."""

    toewijzingen: list[Toewijzing]
    volgende: str | None


class Toewijzingzoekopdracht(Verzoek):
    """Wie er wordt gezocht, en welke van zijn toewijzingen."""

    bsn: Bsn
    agb: Agb | None = None
    categorie: Categorie | None = None
    productcode: Productcode | None = None
    geldig_op: Datum | None = Field(None, description=_GELDIG_OP)
    pagina_grootte: int = Field(50, ge=1, le=500, description="Hoeveel op een bladzijde", examples=[50])
    volgende: str | None = Field(None, pattern=_WIJZER, description="Uit het vorige antwoord", examples=["484000050"])


class Versie(Model):
    """Een versie van een toewijzing: wat een toewijzingsbericht ervan zei."""

    versie: int
    einddatum: date | None
    reden_wijziging: str | None
    volume: int | None
    eenheid: str | None
    frequentie: str | None
    budget: int | None
    toewijzingsdatum: date
    toewijzingstijd: Tijd


class Levering(Model):
    """Een gemelde start, of een stop als er een einddatum is."""

    begindatum: date
    einddatum: date | None
    reden_beeindiging: str | None


class Productgebruik(Model):
    """Gebruik per productcode. Volumes in 'eenheid' (uren geteld in minuten), bedragen in eurocenten."""

    productcode: str
    eenheid: str
    toegekend_volume: int
    aangehouden_volume: int
    toegekend_bedrag: int
    aangehouden_bedrag: int


class Prognose(Model):
    """Het gebruik als het gelijkmatig doorgaat. Bedragen in eurocenten; 'uitleg' zegt hoe is gerekend."""

    tot_en_met: date = Field(description="Laatste dag van de laatste productperiode die telt")
    dagen: int = Field(description="Aantal dagen van de ingangsdatum tot en met die dag")
    einddatum: date | None
    bedrag: int | None = Field(description="Gebruik op de einddatum; leeg zonder einddatum")
    budget_op: date | None = Field(description="Dag waarop het hele budget is gebruikt; leeg als dat niet gebeurt")
    uitleg: str


class Normbedrag(Model):
    """Waar de norm op uitkomt voor de looptijd van de toewijzing, in volume (uren geteld in minuten) en in eurocenten."""

    eenheid: str | None
    volume_van: int | None = Field(description="Leeg als de norm geen aantal uren of etmalen noemt")
    volume_tot: int | None
    bedrag_van: int | None = Field(description="Het minste volume met het laagste tarief in het contract; leeg zonder tarief")
    bedrag_tot: int | None = Field(description="Het meeste volume met het hoogste tarief in het contract; leeg zonder tarief")
    vergelijking: Literal["hoger", "binnen", "lager", "onbekend"] = Field(description="Het budget van de toewijzing, vergeleken")
    uitleg: str


class Advies(Model):
    """Wat gebruikelijk is voor een budget in deze categorie. Alleen een advies: er wordt niets op geweigerd."""

    categorie: str
    naam: str
    intensiteit: str
    budget_gebaseerd_op: str
    gebruikelijke_looptijd: str
    gebruikelijke_einddatum: date
    looptijd: Literal["langer", "gelijk", "korter", "open"] = Field(description="De looptijd van deze toewijzing, vergeleken")
    tekst: str
    normbedrag: Normbedrag


class Gebruik(Model):
    """Toegewezen, toegekend, aangehouden en over. Volumes in 'eenheid' (uren geteld in minuten), bedragen in eurocenten.

    Percentages tellen aangehouden regels mee en zijn naar beneden afgerond.
    """

    eenheid: str | None
    toegewezen_volume: int | None
    toegekend_volume: int
    aangehouden_volume: int
    resterend_volume: int | None
    percentage_volume: int | None
    budget: int | None
    toegekend_bedrag: int
    aangehouden_bedrag: int
    resterend_budget: int | None
    percentage_budget: int | None
    per_product: list[Productgebruik]
    prognose: Prognose | None = Field(description="Leeg zolang er nog niets is gedeclareerd dat telt")
    advies: Advies | None = Field(description="Alleen bij een toewijzing op categorie waarvoor de gemeente een norm heeft")


class BuitenRegel(Model):
    """Een toegekende regel die niet past in de toewijzing zoals zij nu is. Bedrag in eurocenten."""

    prestatie_id: int
    referentienummer: str
    begindatum: date
    einddatum: date
    bedrag: int
    regels: list[str] = Field(description="Regels van de standaard waarom de regel nu zou worden afgewezen", examples=[["TR308"]])


class Buiten(Model):
    """Wat is toegekend en buiten de toewijzing valt, omdat zij later is ingekort of verlaagd. Het blijft toegekend."""

    aantal: int
    bedrag: int = Field(description="In eurocenten")
    regels: list[BuitenRegel]


class Toewijzingdossier(Toewijzing):
    """Een toewijzing met haar geschiedenis, de stand van de levering en wat ervan gebruikt is."""

    versies: list[Versie]
    stand: str
    leveringen: list[Levering]
    benutting: Gebruik
    buiten_toewijzing: Buiten


@router.get(
    "",
    response_model=Toewijzingen,
    summary="Toewijzingen, op nummer",
    description="Een aanbieder ziet de eigen toewijzingen, een medewerker alle toewijzingen van de gemeente.",
)
def get_toewijzingen(
    werkplaats: Plaats,
    houder: Houder,
    agb: Annotated[Agb | None, Query()] = None,
    categorie: Annotated[Categorie | None, Query()] = None,
    productcode: Annotated[Productcode | None, Query()] = None,
    geldig_op: Annotated[Datum | None, Query(alias="geldigOp", description=_GELDIG_OP)] = None,
    pagina_grootte: Pagina = 50,
    volgende: Annotated[str | None, Query(pattern=_WIJZER, description="Uit het vorige antwoord", examples=["484000050"])] = None,
) -> Toewijzingen:
    """As far as the caller may see them."""
    return _search(werkplaats, houder, Toewijzingfilter(agb, categorie, productcode, geldig_op), pagina_grootte, volgende)


@router.post(
    "/zoekopdrachten",
    response_model=Toewijzingen,
    summary="Zoek de toewijzingen van een cliënt",
    description="Met het burgerservicenummer in de inhoud van het verzoek, omdat een adres wordt bewaard en doorgegeven. Een"
    " aanbieder vindt alleen de eigen toewijzingen.",
)
def post_zoekopdracht_toewijzingen(werkplaats: Plaats, houder: Houder, vraag: Toewijzingzoekopdracht) -> Toewijzingen:
    """Nothing of the question is kept or logged."""
    zeef = Toewijzingfilter(vraag.agb, vraag.categorie, vraag.productcode, vraag.geldig_op, vraag.bsn)
    return _search(werkplaats, houder, zeef, vraag.pagina_grootte, vraag.volgende)


def _search(
    werkplaats: Werkplaats, houder: Sleutelhouder, zeef: Toewijzingfilter, pagina_grootte: int, volgende: str | None
) -> Toewijzingen:
    with werkplaats.opslag.transaction(view_of(houder)) as verbinding:
        rijen = list_toewijzingen(verbinding, houder.gemeente, zeef, int(volgende or -1), pagina_grootte + 1)
    meer = len(rijen) > pagina_grootte
    rijen = rijen[:pagina_grootte]
    return Toewijzingen(
        toewijzingen=[Toewijzing.of(rij) for rij in rijen], volgende=str(rijen[-1].toewijzingnummer) if meer else None
    )


@router.get(
    "/{toewijzingnummer:int}",
    response_model=Toewijzingdossier,
    summary="Eén toewijzing, met geschiedenis, levering en benutting",
    description="De benutting telt toegekende en aangehouden regels, min wat is gecrediteerd: in totaal en per productcode, met een"
    " prognose tot de einddatum en, bij een budget per categorie, wat daarvoor gebruikelijk is.",
)
def get_toewijzing(
    werkplaats: Plaats, houder: Houder, toewijzingnummer: Annotated[int, Path(ge=0, le=999_999_999)]
) -> Toewijzingdossier:
    """404 also when the allocation is another's."""
    with werkplaats.opslag.transaction(view_of(houder)) as verbinding:
        rij = find_toewijzing(verbinding, houder.gemeente, toewijzingnummer)
        if rij is None:
            raise Probleem(404, "Deze toewijzing bestaat niet, of zij is niet van u. Controleer het nummer.")
        versies = list_versies(verbinding, houder.gemeente, toewijzingnummer)
        gemeld = [
            item
            for item in list_leveringen(verbinding, houder.gemeente, rij.agb, rij.bsn)
            if item.toewijzingnummer == toewijzingnummer
        ]
        benutting = read_benutting(verbinding, houder.gemeente, rij, werkplaats.instellingen.vandaag())
        staand = load_staand(verbinding, houder.gemeente, (toewijzingnummer,)).get(toewijzingnummer, [])
    return Toewijzingdossier(
        **Toewijzing.of(rij).model_dump(),
        versies=[Versie(**{naam: versie[naam] for naam in Versie.model_fields}) for versie in versies],
        stand=Leveringen(gemeld).stand(toewijzingnummer),
        leveringen=[Levering(**{naam: getattr(item, naam) for naam in Levering.model_fields}) for item in gemeld],
        benutting=Gebruik(**asdict(benutting)),
        buiten_toewijzing=_outside(rij, staand),
    )


def _outside(rij: Rij, staand: list[StaandeRegel]) -> Buiten:
    buiten = find_outside(rij, staand)
    velden = ("prestatie_id", "referentienummer", "begindatum", "einddatum", "bedrag")
    regels = [BuitenRegel(**{naam: getattr(item.regel, naam) for naam in velden}, regels=list(item.regels)) for item in buiten]
    return Buiten(aantal=len(regels), bedrag=sum(item.bedrag for item in regels), regels=regels)
