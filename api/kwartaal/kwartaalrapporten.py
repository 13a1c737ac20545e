"""Quarterly reports: figures as they were known on a day, explained, with actions, and established; budget and calendar."""

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import Depends, Path, Request, Response
from pydantic import Field

from api.basis.accept import Mediatype
from api.basis.modellen import Model, Verzoek
from api.basis.problemen import NIET_NU, Probleem, raise_unless_done
from api.basis.route import Router
from api.basis.velden import Datum
from api.berichten.invoerbestand import ALS_TABEL
from api.deur.toegang import Plaats, require
from api.geld.controlejaren import BUITEN_DE_JAREN, require_open_period
from api.geld.monitor import write_bestand
from api.naslag.laden import Lading, load_tabel
from berichten.inzage.geld.kwartaalrapporten import (
    Actiestap,
    Kwartaalblad,
    NieuweActie,
    as_tabel,
    find_kwartaal,
    list_kwartalen,
)
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.kwartaal.laad_begroting import load_begroting, load_kalender
from berichten.processen.kwartaal.laad_jeugdigen import load_jeugdigen
from berichten.processen.kwartaal.werk_kwartaal import (
    ROLLEN,
    Rapporteur,
    Uitkomst,
    begin_actie,
    establish_kwartaal,
    make_concept,
    take_stap,
    write_tekst,
)
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal, read_kwartaal

router = Router(prefix="/kwartaalrapporten", tags=["kwartaalrapporten"])
Lezer = Annotated[Sleutelhouder, Depends(require(*ROLLEN))]
Accounthouder = Annotated[Sleutelhouder, Depends(require("contractbeheer", mens=True))]
Begroter = Annotated[Sleutelhouder, Depends(require("financien", "beheer"))]
Plannenmaker = Annotated[Sleutelhouder, Depends(require("contractbeheer", "financien", "beheer"))]
Periode = Annotated[str, Path(pattern="^[0-9]{4}-[QqTt][1-4]$", description="Een kwartaal of vier maanden", examples=["2026-Q1"])]
Cijferwaarde = int | float | str | bool | None
_ONBEKEND = "Over deze periode is er geen rapport. Maak eerst een concept."


class Kwartaalkop(Model):
    """Een rapport zonder zijn cijfers."""

    periode: str = Field(description="Kwartaal of vier maanden", examples=["2026-Q1"])
    versie: int = Field(description="Hoe vaak het concept is gemaakt", examples=[1])
    peildatum: date
    status: Literal["concept", "vastgesteld"] = Field(description="Wat is vastgesteld verandert niet meer", examples=["concept"])
    gemaakt_op: datetime
    vastgesteld_op: datetime | None = Field(description="Wanneer het is vastgesteld")


class Kwartaaldag(Model):
    """Wanneer over een periode wordt gerapporteerd."""

    periode: str = Field(description="Kwartaal of vier maanden", examples=["2026-Q2"])
    peildatum: date
    gereed_op: date = Field(description="Wanneer het rapport gereed moet zijn", examples=["2026-08-10"])


class Kwartaaloverzicht(Model):
    """Welke rapporten er zijn, van nieuw naar oud, en wat er volgens de kalender komt."""

    rapporten: list[Kwartaalkop] = Field(description="Rapporten die er zijn")
    kalender: list[Kwartaaldag] = Field(description="Perioden waarover nog geen rapport is")


class Rapportactie(Model):
    """Wat is afgesproken naar aanleiding van een rij."""

    nr: int = Field(description="Nummer van de actie", examples=[1])
    periode: str = Field(description="Het rapport waarin zij begon", examples=["2026-Q1"])
    rij: str = Field(description="De rij die de aanleiding was", examples=["kosten"])
    actie: str = Field(description="Wat er gebeurt", examples=["Overleg met het lokale team"])
    eigenaar: str = Field(description="Rol of functie die het doet", examples=["accounthouder"])
    gereed_op: date = Field(description="Wanneer het klaar moet zijn", examples=["2026-09-01"])
    stand: str = Field(description="plan, do, check, act of gesloten", examples=["plan"])
    te_laat: bool = Field(description="Of zij op de peildatum klaar had moeten zijn", examples=[False])
    effect_verwacht: int | None = Field(description="Verwacht effect in eurocenten", examples=[5000000])
    effect_gemeten: int | None = Field(description="Gemeten effect in eurocenten", examples=[None])
    resultaat: str = Field(description="Wat het opleverde", examples=[""])


class Kwartaalrapport(Model):
    """Een rapport. Aantallen en bedragen staan erin zoals ze worden getoond; bedragen in hele euro's."""

    rapport: Kwartaalkop = Field(description="Welk rapport het is")
    kop: dict[str, Cijferwaarde] = Field(description="Periode, peildatum, of het voorlopig is en hoeveel er binnen is")
    kerncijfers: list[dict[str, Cijferwaarde]] = Field(description="Per rij: deze periode, vorig jaar, begroot en het oordeel")
    segmenten: list[dict[str, Cijferwaarde]] = Field(description="Per segment: kosten, begroot, uitputting en prognose")
    indicatoren: list[dict[str, Cijferwaarde]] = Field(description="Indicatoren over de periode")
    verplichtingen: list[dict[str, Cijferwaarde]] = Field(description="Waar de gemeente nog aan vastzit, in hele euro's")
    signalen: list[dict[str, Cijferwaarde]] = Field(description="Per soort signaal: bij hoeveel aanbieders het openstaat")
    plafonds: list[dict[str, Cijferwaarde]] = Field(
        description="Per soort ruimte (plafond, bestedingsruimte): bij hoeveel aanbieders zij op is; geen rij zonder zulke ruimte"
    )
    voorbehoud: list[dict[str, Cijferwaarde]] = Field(
        description="Aanbieders die de maand ervoor declareerden en de laatste nog niet, en wat daarover wordt verwacht in euro"
    )
    wie: list[dict[str, Cijferwaarde]] = Field(
        description="Welke aanbieders er bij de signalen en de ruimte horen; leeg voor wie geen contracten beheert"
    )
    bijgesteld: list[dict[str, Cijferwaarde]] = Field(description="Wat van het vorige vastgestelde rapport nu anders is")
    instellingen: list[dict[str, Cijferwaarde]] = Field(description="Wat de gemeente op de peildatum had ingesteld")
    uitleggen: list[str] = Field(description="Rijen waarbij uitleg verplicht is", examples=[["kosten"]])
    missen: list[str] = Field(description="Rijen waarbij die uitleg nog ontbreekt", examples=[[]])
    verouderd: list[str] = Field(description="Rijen waarvan de uitleg ouder is dan de cijfers", examples=[[]])
    teksten: dict[str, str] = Field(description="Uitleg per rij", examples=[{"kosten": "Meer cliënten dan vorig jaar."}])
    acties: list[Rapportactie] = Field(description="Acties, tot zij met een resultaat zijn gesloten")
    toelichting: list[str]


class Rapportvraag(Verzoek):
    """Over welke periode, en zoals bekend aan het einde van welke dag."""

    periode: str = Field(pattern="^[0-9]{4}-[QqTt][1-4]$", description="Kwartaal of vier maanden", examples=["2026-Q1"])
    peildatum: Datum | None = Field(None, description="Leeg is vandaag")


class Rapporttekst(Verzoek):
    """Uitleg bij een rij; een lege tekst haalt haar weg."""

    rij: str = Field(max_length=60, description="Naam van de rij", examples=["kosten"])
    tekst: str = Field(max_length=2000, description="De uitleg, zonder gegevens van personen", examples=["Meer cliënten."])


class NieuweRapportactie(Verzoek):
    """Een actie naar aanleiding van een rij."""

    rij: str = Field(max_length=60, description="Naam van de rij", examples=["kosten"])
    actie: str = Field(max_length=500, description="Wat er gebeurt", examples=["Overleg met het lokale team"])
    eigenaar: str = Field(max_length=100, description="Rol of functie", examples=["accounthouder"])
    gereed_op: Datum = Field(description="Wanneer het klaar moet zijn", examples=["2026-09-01"])
    effect_verwacht: int | None = Field(None, ge=-(10**13), le=10**13, description="In eurocenten", examples=[5000000])


class Rapportstap(Verzoek):
    """Hoe een actie er nu voor staat."""

    stand: Literal["plan", "do", "check", "act", "gesloten"] = Field(description="Sluiten kan met een resultaat", examples=["do"])
    resultaat: str = Field("", max_length=1000, description="Leeg blijft wat er stond", examples=["Twee trajecten afgeschaald."])
    effect_gemeten: int | None = Field(None, ge=-(10**13), le=10**13, description="In eurocenten", examples=[4000000])


class Vaststelling(Verzoek):
    """Welke versie van het concept u vaststelt."""

    versie: int = Field(ge=1, le=2**31 - 1, description="De versie die u zag", examples=[1])


@router.get(
    "",
    response_model=Kwartaaloverzicht,
    summary="Welke kwartaalrapporten er zijn",
    description="Van nieuw naar oud, met de perioden die volgens de kalender komen.",
)
def get_kwartaalrapporten(werkplaats: Plaats, houder: Lezer) -> Kwartaaloverzicht:
    """Every report of the gemeente."""
    lijst = list_kwartalen(werkplaats.seen_by(houder))
    return Kwartaaloverzicht(
        rapporten=[Kwartaalkop.of(kop) for kop in lijst.rapporten], kalender=[Kwartaaldag.of(dag) for dag in lijst.kalender]
    )


@router.post(
    "",
    response_model=Kwartaalrapport,
    summary="Maak een kwartaalrapport, of maak het concept opnieuw",
    description="Zoals bekend aan het einde van de peildatum. Een gemeente rapporteert een jaar per kwartaal of per vier maanden:"
    " het andere wordt geweigerd (409), want beide naast elkaar zouden kleine aantallen verraden.",
    responses=NIET_NU,
)
def post_kwartaalrapport(werkplaats: Plaats, houder: Accounthouder, vraag: Rapportvraag) -> Kwartaalrapport:
    """409 for a period that is not over, was established, or is of another rhythm."""
    periode = _read_periode(vraag.periode)
    return _answer(werkplaats, houder, make_concept(*_acting(werkplaats, houder), periode, vraag.peildatum), periode.naam)


@router.post(
    "/begroting",
    response_model=Lading,
    summary="Laad de begroting en haar wijzigingen",
    description="CSV of XLSX met de kolommen gemeente;jaar;segment;maand;bedrag;soort;vastgesteld_op;besluit, in eurocenten."
    " Wat geladen is blijft bewaard; een latere rij met dezelfde sleutel telt vanaf dan. Bij één foute regel wordt niets geladen.",
    openapi_extra=ALS_TABEL,
)
async def post_begroting(request: Request, werkplaats: Plaats, houder: Begroter) -> Lading:
    """Remembers who loaded it and when."""
    return await load_tabel(request, werkplaats, houder, load_begroting)


@router.post(
    "/kalender",
    response_model=Lading,
    summary="Laad wanneer over welke periode wordt gerapporteerd",
    description="CSV of XLSX met de kolommen gemeente;document;periode;peildatum;gereed_op. Na de peildatum maakt de dienst zelf"
    " een concept. Bij één foute regel wordt niets geladen.",
    openapi_extra=ALS_TABEL,
)
async def post_kalender(request: Request, werkplaats: Plaats, houder: Plannenmaker) -> Lading:
    """Remembers who loaded it and when."""
    return await load_tabel(request, werkplaats, houder, load_kalender)


@router.post(
    "/jeugdigen",
    response_model=Lading,
    summary="Laad hoeveel jeugdigen er in de gemeente wonen",
    description="CSV of XLSX met de kolommen gemeente;jaar;leeftijd_van;leeftijd_tot;aantal;peildatum;bron, op 1 januari,"
    " met leeftijden tot en met. Zo kan het rapport laten zien welk deel van de jeugdigen hulp kreeg. Bij één foute regel wordt"
    " niets geladen.",
    openapi_extra=ALS_TABEL,
)
async def post_jeugdigen(request: Request, werkplaats: Plaats, houder: Plannenmaker) -> Lading:
    """Remembers who loaded it and when."""
    return await load_tabel(request, werkplaats, houder, load_jeugdigen)


@router.get(
    "/{periode}",
    response_model=Kwartaalrapport,
    summary="Een kwartaalrapport",
    description="Met cijfers, uitleg en acties. Als JSON, of als CSV of XLSX volgens de header Accept.",
    responses=BUITEN_DE_JAREN,
)
def get_kwartaalrapport(werkplaats: Plaats, houder: Lezer, periode: Periode, mediatype: Mediatype) -> Response | Kwartaalrapport:
    """404 when none was made."""
    gelezen = _read_periode(periode)
    blad = _find(werkplaats, houder, gelezen)
    bestand = write_bestand(as_tabel(blad), gelezen.bereik(houder.gemeente), mediatype, blad.kop.peildatum)
    return bestand or _show(blad)


@router.post(
    "/{periode}/teksten",
    response_model=Kwartaalrapport,
    summary="Leg een rij van een concept uit",
    description="De laatste tekst telt; eerdere blijven bewaard.",
    responses=NIET_NU,
)
def post_rapporttekst(werkplaats: Plaats, houder: Accounthouder, periode: Periode, tekst: Rapporttekst) -> Kwartaalrapport:
    """409 for a row that is not there, or a report that was established."""
    naam = _read_periode(periode).naam
    return _answer(werkplaats, houder, write_tekst(*_acting(werkplaats, houder), naam, tekst.rij, tekst.tekst), naam)


@router.post(
    "/{periode}/acties",
    response_model=Kwartaalrapport,
    summary="Spreek een actie af naar aanleiding van een rij",
    description="Zij staat in elk volgend rapport, tot zij met een resultaat is gesloten.",
    responses=NIET_NU,
)
def post_rapportactie(werkplaats: Plaats, houder: Accounthouder, periode: Periode, actie: NieuweRapportactie) -> Kwartaalrapport:
    """Begins as a plan."""
    naam = _read_periode(periode).naam
    nieuw = NieuweActie(actie.rij, actie.actie, actie.eigenaar, actie.gereed_op, actie.effect_verwacht)
    return _answer(werkplaats, houder, begin_actie(*_acting(werkplaats, houder), naam, nieuw), naam)


@router.post(
    "/{periode}/acties/{nr}/stappen",
    response_model=Kwartaalrapport,
    summary="Zet een actie een stap verder",
    description="In het concept waarin zij staat.",
    responses=NIET_NU,
)
def post_rapportstap(
    werkplaats: Plaats,
    houder: Accounthouder,
    periode: Periode,
    nr: Annotated[int, Path(ge=1, le=2**31 - 1, description="Nummer van de actie", examples=[1])],
    stap: Rapportstap,
) -> Kwartaalrapport:
    """409 for closing without a result."""
    naam = _read_periode(periode).naam
    nieuw = Actiestap(stap.stand, stap.resultaat, stap.effect_gemeten)
    return _answer(werkplaats, houder, take_stap(*_acting(werkplaats, houder), naam, nr, nieuw), naam)


@router.post(
    "/{periode}/vaststelling",
    response_model=Kwartaalrapport,
    summary="Stel een kwartaalrapport vast",
    description="De cijfers blijven daarna zoals ze zijn getoond. Is het concept intussen opnieuw gemaakt, ontbreekt er verplichte"
    " uitleg of is die ouder dan de cijfers, dan kan het niet (409).",
    responses=NIET_NU,
)
def post_vaststelling(werkplaats: Plaats, houder: Accounthouder, periode: Periode, wat: Vaststelling) -> Kwartaalrapport:
    """409 with the rows that must be explained."""
    naam = _read_periode(periode).naam
    return _answer(werkplaats, houder, establish_kwartaal(*_acting(werkplaats, houder), naam, wat.versie), naam)


def _acting(werkplaats: Werkplaats, houder: Sleutelhouder) -> tuple[Werkplaats, Rapporteur]:
    return werkplaats.asked_by(houder), Rapporteur(houder.gemeente, houder.sleutel_id)


def _read_periode(tekst: str) -> Kwartaal:
    try:
        return read_kwartaal(tekst)
    except Vraagfout as fout:
        raise Probleem(400, str(fout)) from fout


def _answer(werkplaats: Werkplaats, houder: Sleutelhouder, uitkomst: Uitkomst, periode: str) -> Kwartaalrapport:
    raise_unless_done(uitkomst, _ONBEKEND)
    return _show(_find(werkplaats, houder, _read_periode(periode)))


def _find(werkplaats: Werkplaats, houder: Sleutelhouder, periode: Kwartaal) -> Kwartaalblad:
    kijker = werkplaats.seen_by(houder)
    require_open_period(kijker, periode.van, periode.tot)
    blad = find_kwartaal(kijker, periode.naam)
    if blad is None:
        raise Probleem(404, _ONBEKEND)
    return blad


def _show(blad: Kwartaalblad) -> Kwartaalrapport:
    cijfers = blad.cijfers
    return Kwartaalrapport(
        rapport=Kwartaalkop.of(blad.kop), kop=cijfers["kop"], kerncijfers=cijfers["kerncijfers"], segmenten=cijfers["segmenten"],
        indicatoren=cijfers["indicatoren"], verplichtingen=cijfers["verplichtingen"], signalen=cijfers.get("signalen", []),
        plafonds=cijfers.get("plafonds", []), voorbehoud=cijfers.get("voorbehoud", []), wie=cijfers.get("wie", []),
        bijgesteld=cijfers.get("bijgesteld", []),
        instellingen=cijfers.get("instellingen", []),
        uitleggen=cijfers["uitleggen"], missen=blad.missen, verouderd=blad.verouderd,
        teksten={rij: item.tekst for rij, item in blad.teksten.items()},
        acties=[Rapportactie.model_validate({**_fields(item.actie), "te_laat": item.te_laat}) for item in blad.acties],
        toelichting=cijfers["toelichting"],
    )  # fmt: skip


def _fields(actie: object) -> dict[str, object]:
    return {naam: getattr(actie, naam) for naam in Rapportactie.model_fields if naam != "te_laat"}
