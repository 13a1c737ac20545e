"""Samples for an accountant: for which years they are open, drawing one, its lines, and the chain of a drawn line."""

from typing import Annotated, Any

from fastapi import Depends, Path, Query
from pydantic import Field

from api.accountant.verklaringen import ONBEKEND, Nummer
from api.basis.accept import Mediatype
from api.basis.afgeleid import shows
from api.basis.bestanden import ALS_BESTAND, send_report, wants_file
from api.basis.modellen import Bladzijdemodel, Model, Verzoek
from api.basis.problemen import Probleem, raise_unless_found
from api.basis.route import Router
from api.basis.velden import Datum, Pagina
from api.deur.toegang import Plaats, require
from berichten.inzage.accountant import steekproeven as inzage
from berichten.kern.houder import Sleutelhouder
from berichten.processen.accountant.trek_steekproef import (
    GeenMandaat,
    OngeldigeTekst,
    Steekproefwens,
    TeGroot,
    draw_steekproef,
    give_mandaat,
    judge_mandaat,
)
from berichten.rapporten.accountant.trekking import MEESTE_GETROKKEN, Methode

router = Router(tags=["accountant"])

Beheerder = Annotated[Sleutelhouder, Depends(require("beheer", mens=True))]
Controleur = Annotated[Sleutelhouder, Depends(require("controle", mens=True))]
Lezer = Annotated[Sleutelhouder, Depends(require("controle", "contractbeheer", "financien", "beheer"))]
Regellezer = Annotated[Sleutelhouder, Depends(require("controle", "contractbeheer", "financien"))]
_GEEN = "Er is nog geen controle vastgelegd. Vraag beheer om de jaren van de controle vast te leggen, en tot wanneer zij duurt."
_NIET = "Deze steekproef bestaat niet. Controleer het nummer."
_JAAR = Field(ge=2015, le=2100)


@shows(
    inzage.Controlemandaat,
    jaar_van=Field(description="Eerste jaar van hulp", examples=[2026]),
    jaar_tot=Field(description="Laatste jaar van hulp, meegerekend", examples=[2026]),
    tot=Field(description="Laatste dag waarop getrokken regels te zien zijn, meegerekend", examples=["2027-06-30"]),
    gegeven_op=Field(description="Wanneer dit is vastgelegd", examples=["2027-01-05T10:00:00+01:00"]),
)
class Controlemandaat(Model):
    """Over welke jaren de rol controle steekproeven trekt, en tot en met welke dag zij de regels ziet."""


class Mandaatverzoek(Verzoek):
    """Leg vast over welke jaren de accountant controleert, en tot wanneer."""

    jaar_van: Annotated[int, _JAAR] = Field(description="Eerste jaar van hulp", examples=[2026])
    jaar_tot: Annotated[int, _JAAR] = Field(description="Laatste jaar van hulp, meegerekend", examples=[2026])
    tot: Datum = Field(description="Laatste dag waarop getrokken regels te zien zijn", examples=["2027-06-30"])
    reden: str = Field(min_length=1, max_length=500, examples=["Controle van de jaarrekening 2026"])


class Steekproefverzoek(Verzoek):
    """Een steekproef: hetzelfde zaad, dezelfde regels en hetzelfde aantal geven dezelfde steekproef."""

    zaad: str = Field(
        min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]*$", description="Een tekst naar keuze", examples=["2027-A"]
    )
    methode: Methode = Field(
        description="Elke cent even veel kans (geldeenheden), of elke regel (posten)", examples=["geldeenheden"]
    )
    aantal: Annotated[int, Field(ge=1, le=MEESTE_GETROKKEN)] = Field(description="Hoeveel geldeenheden of regels", examples=[60])
    jaar: Annotated[int, _JAAR] = Field(description="Jaar waarin de hulp is gegeven", examples=[2026])
    reden: str = Field(min_length=1, max_length=500, examples=["Controle van de jaarrekening 2026"])
    agb: str | None = Field(default=None, pattern="^[0-9]{8}$")
    categorie: str | None = Field(default=None, max_length=2, pattern="^[0-9A-Z]*$")


@shows(
    inzage.Steekproef,
    steekproef_id=Field(description="Nummer van de steekproef", examples=[1000000031]),
    zaad=Field(description="Waarmee is getrokken", examples=["2027-A"]),
    methode=Field(description="geldeenheden of posten", examples=["geldeenheden"]),
    jaar=Field(description="Jaar waarin de hulp is gegeven", examples=[2026]),
    peilmoment=Field(description="De stand waaruit is getrokken", examples=["2027-01-05T10:00:00+01:00"]),
    gevraagd_op=Field(description="Wanneer erom is gevraagd, voor het trekken", examples=["2027-01-05T10:00:00+01:00"]),
    populatie_regels=Field(description="Regels waaruit is getrokken; leeg als er niet is getrokken", examples=[12000]),
    populatie_bedrag=Field(description="Wat die samen zijn (N), in eurocenten", examples=[250000000]),
    interval=Field(description="Interval (I), in eurocenten, bij geldeenheden", examples=[4166666]),
    start=Field(description="Eerste geldeenheid (s), bij geldeenheden", examples=[31415]),
)
class Steekproef(Model):
    """Een steekproef."""


class Steekproeven(Bladzijdemodel):
    """Een bladzijde van de steekproeven, nieuwste eerst."""

    steekproeven: list[Steekproef] = Field(description="De steekproeven")
    volgende: str | None


@shows(
    inzage.Getrokkenregel,
    volgnummer=Field(description="Plaats in de steekproef, vanaf 1", examples=[1]),
    bedrag="Bedrag bij het trekken, in eurocenten",
    cumulatief=Field(description="Som van de populatie tot en met deze regel, in eurocenten", examples=[7805]),
    treffers=Field(description="Hoeveel geldeenheden in deze regel vielen", examples=[1]),
)
class Getrokkenregel(Model):
    """Een getrokken regel."""


@shows(
    inzage.Steekproefdossier,
    regels=Field(description="De getrokken regels, in de volgorde van de populatie"),
    populatie_regels=Field(description="Regels waaruit is getrokken; leeg als er niet is getrokken", examples=[12000]),
    populatie_bedrag=Field(description="Wat die samen zijn (N), in eurocenten", examples=[250000000]),
    interval=Field(description="Interval (I), in eurocenten, bij geldeenheden", examples=[4166666]),
    start=Field(description="Eerste geldeenheid (s), bij geldeenheden", examples=[31415]),
    zaad=Field(description="Waarmee is getrokken", examples=["2027-A"]),
    methode=Field(description="geldeenheden of posten", examples=["geldeenheden"]),
    jaar=Field(description="Jaar waarin de hulp is gegeven", examples=[2026]),
    steekproef_id=Field(description="Nummer van de steekproef", examples=[1000000031]),
    peilmoment=Field(description="De stand waaruit is getrokken", examples=["2027-01-05T10:00:00+01:00"]),
    gevraagd_op=Field(description="Wanneer erom is gevraagd, voor het trekken", examples=["2027-01-05T10:00:00+01:00"]),
)
class Steekproefdossier(Model):
    """Een steekproef met haar regels."""


@shows(inzage.Ketenbericht, sha256=Field(description="SHA-256 van het bericht, hexadecimaal"))
class Ketenbericht(Model):
    """Het bericht waarin de regel kwam. Het bericht zelf is niet te zien: er staan regels van anderen in."""


@shows(inzage.Ketenregel, retourcodes=Field(description="Retourcodes van de regel", examples=[["0001"]]))
class Ketenregel(Model):
    """De regel zoals hij is gedeclareerd, zonder de cliënt."""


@shows(inzage.Ketenlevering)
class Ketenlevering(Model):
    """Minuten die de aanbieder verantwoordde: van de regel zelf, of anders van alle regels van de toewijzing en de maand samen."""


@shows(inzage.Ketenversie, versie=Field(description="De hoeveelste versie", examples=[1]))
class Ketenversie(Model):
    """Een versie van de toewijzing."""


@shows(inzage.Ketenbevinding, melding=Field(description="Wat er is gevonden"))
class Ketenbevinding(Model):
    """Wat een regel vond."""


@shows(inzage.Ketenbesluit, door=Field(description="Wie besloot"))
class Ketenbesluit(Model):
    """Een besluit over de regel."""


@shows(inzage.Ketenboeking)
class Ketenboeking(Model):
    """Een boeking."""


@shows(inzage.Ketenbetaling)
class Ketenbetaling(Model):
    """Een betaling waarin de regel zit."""


@shows(
    inzage.Keten,
    regel=Field(description="De regel zoals hij is gedeclareerd"),
    geleverd=Field(description="Minuten die de aanbieder verantwoordde"),
    bericht=Field(description="Het bericht waarin de regel kwam"),
    versies=Field(description="De versies van de toewijzing, oud naar nieuw"),
    betalingen=Field(description="De betalingen waarin de regel zit"),
    gecrediteerd_door=Field(description="Referentienummers van regels die hem crediteerden"),
    verklaring=Field(description="Wat er nu van is aan te tonen; leeg als er niets meer van is toegekend"),
)
class Keten(Model):
    """Alles waar een regel op rust. Bedragen in hele eurocenten."""


@router.get(
    "/controlemandaat",
    response_model=Controlemandaat,
    summary="Over welke jaren de accountant controleert, en tot wanneer",
    description="Alleen regels die in een steekproef over die jaren zijn getrokken zijn voor de rol controle te zien.",
    responses={404: {}},
)
def get_controlemandaat(werkplaats: Plaats, houder: Lezer) -> Controlemandaat:
    """404 until it was given."""
    return Controlemandaat.of(raise_unless_found(inzage.find_controlemandaat(werkplaats.seen_by(houder)), _GEEN))


@router.post(
    "/controlemandaat",
    status_code=201,
    response_model=Controlemandaat,
    summary="Leg vast over welke jaren de accountant controleert, en tot wanneer",
    description="Wat eerder was vastgelegd geldt dan niet meer; het blijft bewaard.",
)
def post_controlemandaat(werkplaats: Plaats, houder: Beheerder, verzoek: Mandaatverzoek) -> Controlemandaat:
    """As it was kept."""
    bezwaar = judge_mandaat(werkplaats.instellingen.vandaag(), (verzoek.jaar_van, verzoek.jaar_tot), verzoek.tot)
    if bezwaar:
        raise Probleem(400, bezwaar)
    try:
        give_mandaat(werkplaats, houder, (verzoek.jaar_van, verzoek.jaar_tot), verzoek.tot, verzoek.reden)
    except OngeldigeTekst as fout:
        raise Probleem(400, str(fout)) from fout
    return Controlemandaat.of(raise_unless_found(inzage.find_controlemandaat(werkplaats.seen_by(houder)), _GEEN))


@router.get(
    "/steekproeven",
    response_model=Steekproeven,
    summary="Welke steekproeven zijn getrokken",
    description="Ook wat is gevraagd en niet kon worden getrokken staat erbij.",
)
def get_steekproeven(
    werkplaats: Plaats,
    houder: Lezer,
    pagina_grootte: Pagina = 50,
    volgende: Annotated[str | None, Query(pattern="^[0-9]{1,18}$", description="Uit het vorige antwoord")] = None,
) -> Steekproeven:
    """Newest first."""
    return Steekproeven.of(inzage.page_steekproeven(werkplaats.seen_by(houder), pagina_grootte, volgende))


@router.post(
    "/steekproeven",
    status_code=201,
    response_model=Steekproefdossier,
    summary="Trek een steekproef",
    description="Uit alle toegekende regels van een jaar. Wat u vraagt wordt vastgelegd voordat er wordt getrokken. Nog eens"
    " trekken geeft een nieuwe steekproef; met hetzelfde zaad uit dezelfde regels zijn het dezelfde regels.",
    responses={409: {"description": "Er is geen controle open over dat jaar"}},
)
def post_steekproef(werkplaats: Plaats, houder: Controleur, verzoek: Steekproefverzoek) -> Steekproefdossier:
    """With its lines."""
    wens = Steekproefwens(
        verzoek.zaad, verzoek.methode, verzoek.aantal, verzoek.jaar, verzoek.reden, verzoek.agb, verzoek.categorie or None
    )
    try:
        nummer = draw_steekproef(werkplaats, houder, wens)
    except GeenMandaat as fout:
        raise Probleem(409, str(fout)) from fout
    except (TeGroot, OngeldigeTekst) as fout:
        raise Probleem(400, str(fout)) from fout
    return Steekproefdossier.of(raise_unless_found(inzage.find_steekproef(werkplaats.seen_by(houder), nummer), _NIET))


@router.get(
    "/steekproeven/{steekproefId}",
    response_model=Steekproefdossier,
    summary="Een steekproef met haar regels",
    description="JSON, of CSV of XLSX (header Accept) met bedrag, cumulatief bedrag en treffers: om zelf mee verder te rekenen.",
    responses=ALS_BESTAND,
)
def get_steekproef(
    werkplaats: Plaats,
    houder: Lezer,
    steekproefId: Annotated[int, Path(ge=1, le=(1 << 63) - 1, description="Nummer van de steekproef")],  # noqa: N803
    mediatype: Mediatype,
) -> Any:
    """404 for a number that is none."""
    kijker = werkplaats.seen_by(houder)
    dossier = raise_unless_found(inzage.find_steekproef(kijker, steekproefId), _NIET)
    if wants_file(mediatype):
        naam, rapport = inzage.report_steekproef(dossier, houder.gemeente)
        return send_report(kijker, mediatype, naam, lambda _: rapport)
    return Steekproefdossier.of(dossier)


@router.get(
    "/prestaties/{prestatieId}/keten",
    response_model=Keten,
    summary="Alles waar een regel op rust",
    description="Bericht, toewijzing, bevindingen, besluiten, boekingen, betalingen en verklaring van één regel. De rol controle"
    " ziet alleen regels die in een steekproef zijn getrokken.",
)
def get_keten(werkplaats: Plaats, houder: Regellezer, prestatieId: Nummer) -> Keten:  # noqa: N803
    """404 also for a line that was not drawn, or is another's."""
    return Keten.of(raise_unless_found(inzage.find_keten(werkplaats.seen_by(houder), prestatieId), ONBEKEND))
