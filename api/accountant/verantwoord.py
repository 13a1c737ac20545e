"""How much of all awarded care is shown, uncertain or wrong, beside the limits; and the verklaring of every line."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from fastapi import Depends, Query
from fastapi.responses import Response, StreamingResponse
from pydantic import Field

from api.basis.accept import Mediatype
from api.basis.bestanden import ALS_BESTAND, send_report, wants_file
from api.basis.modellen import Model
from api.basis.problemen import Probleem
from api.basis.route import Router
from api.deur.toegang import Plaats, require
from api.geld.controlejaren import BUITEN_DE_JAREN, require_open_years
from api.geld.stuurinstellingen import Geldendeinstelling
from berichten.fouten import Invoerfout
from berichten.inzage.accountant.normverklaring import Normnaam
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.rapportage.boeken import VERANTWOORD, VERKLARINGEN, Boekrapport
from berichten.processen.rapportage.verantwoord import reckon_verantwoord
from berichten.rapporten.accountant.normen import Toetsnorm
from berichten.rapporten.accountant.verantwoord import Oordeel, Verantwoordsom, as_bereik, hold_against
from berichten.rapporten.boeken.boekvraag import Boekvraag, as_text, ask
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.uitvoer.als_json import write_json

router = Router(prefix="/financien", tags=["accountant"])

Lezer = Annotated[Sleutelhouder, Depends(require(*VERANTWOORD.rollen))]
Regellezer = Annotated[Sleutelhouder, Depends(require(*VERKLARINGEN.rollen))]
_PERIODE = "2026-04, 2026-Q2, 2026-T2 (vier maanden) of 2026; naar zorgmaand"


class Normsom(Model):
    """Wat er volgens één norm fout of onzeker is. Bedragen in hele eurocenten."""

    norm: Normnaam = Field(description="Welke van de vier normen", examples=["levering"])
    fout: int = Field(description="Fout volgens deze norm, in eurocenten", examples=[0])
    onzeker: int = Field(description="Onzeker volgens deze norm, in eurocenten", examples=[15610])


class Verantwoordsommodel(Model):
    """Eén groep. In 'fout' en 'onzeker' telt elke cent één keer; bij de normen kan een bedrag vaker staan."""

    groep: dict[str, str]
    aantal_regels: int
    verantwoord: int = Field(description="Toegekend, min gecrediteerd, in eurocenten", examples=[1250000])
    fout: int = Field(description="Wat nu bekend fout is, in eurocenten", examples=[0])
    fout_pct: Decimal | None = Field(
        description="Deel daarvan, in procenten; leeg als er niets te verantwoorden is", examples=["0.0"]
    )
    onzeker: int = Field(description="Wat van de rest niet is aangetoond, in eurocenten", examples=[15610])
    onzeker_pct: Decimal | None = Field(
        description="Deel daarvan, in procenten; leeg als er niets te verantwoorden is", examples=["1.2"]
    )
    normen: list[Normsom] = Field(description="Per norm")

    @classmethod
    def reckoned(cls, groep: dict[str, str], som: Verantwoordsom) -> "Verantwoordsommodel":
        """From the sums."""
        normen = [Normsom(norm=norm.value, fout=som.fout_norm[norm], onzeker=som.onzeker_norm[norm]) for norm in Toetsnorm]
        return cls(
            groep=groep, aantal_regels=som.aantal, verantwoord=som.verantwoord, fout=som.fout, fout_pct=som.fout_pct,
            onzeker=som.onzeker, onzeker_pct=som.onzeker_pct, normen=normen,
        )  # fmt: skip


class Verantwoordtotaal(Model):
    """Wat er van de toegekende hulp is aangetoond, onzeker of fout. De dienst geeft geen oordeel: hij zegt boven of onder."""

    peilmoment: datetime = Field(description="De stand op dit moment", examples=["2026-06-30T12:00:00+02:00"])
    groepen: list[Verantwoordsommodel]
    totaal: Verantwoordsommodel
    journaal: int = Field(
        description="Wat het journaal over hetzelfde zegt, in eurocenten: hetzelfde als verantwoord", examples=[1250000]
    )
    fout_grens: Decimal = Field(description="Grens voor fouten, in procenten", examples=["1.0"])
    fout_oordeel: Oordeel = Field(description="Of de fouten onder of boven de grens zijn", examples=["onder"])
    onzeker_grens: Decimal = Field(description="Grens voor onzekerheden, in procenten", examples=["3.0"])
    onzeker_oordeel: Oordeel = Field(description="Of de onzekerheden onder of boven de grens zijn", examples=["onder"])
    instellingen: list[Geldendeinstelling] = Field(description="Wat de gemeente had ingesteld op de dag van de stand")


def get_vraag(
    werkplaats: Plaats,
    houder: Lezer,
    periode: Annotated[str | None, Query(description=_PERIODE, max_length=20)] = None,
    van: Annotated[str | None, Query(description="Eerste maand, in plaats van 'periode'", max_length=20)] = None,
    tot: Annotated[str | None, Query(description="Laatste maand, in plaats van 'periode'", max_length=20)] = None,
    peildatum: Annotated[
        str | None, Query(description="De stand aan het eind van deze dag, of op dit moment; leeg is nu", max_length=40)
    ] = None,
    aanbieder: Annotated[str | None, Query(pattern="^[0-9]{8}$")] = None,
    categorie: Annotated[str | None, Query(max_length=20)] = None,
    groepeer: Annotated[str | None, Query(description="Bijvoorbeeld: aanbieder,categorie", max_length=200)] = None,
) -> Boekvraag:
    """What is asked; 400 when it cannot be asked."""
    filters = {"aanbieder": aanbieder, "categorie": categorie}
    try:
        vraag = ask(
            houder.gemeente, werkplaats.instellingen.nu(), periode=periode, van=van, tot=tot, peildatum=peildatum,
            groepeer=groepeer, filters=filters,
        )  # fmt: skip
        as_bereik(vraag)
    except Vraagfout as fout:
        raise Probleem(400, str(fout), [Invoerfout("query", "VERZOEK", str(fout), None)]) from fout
    return require_open_years(werkplaats, houder, vraag)


Vraag = Annotated[Boekvraag, Depends(get_vraag)]


def _require_period(vraag: Boekvraag) -> None:
    """400 without a period, since all years together are not reckoned while somebody waits."""
    if vraag.periode.van is None or vraag.periode.tot is None:
        melding = "Kies een periode: 'periode', of 'van' en 'tot'. Alle jaren samen rekent de dienst niet in een keer uit."
        raise Probleem(400, melding, [Invoerfout("query", "VERZOEK", melding, None)])


@router.get(
    "/verantwoord",
    response_model=Verantwoordtotaal,
    summary="Hoeveel is aangetoond, onzeker of fout",
    description="Alle toegekende hulp volgens de vier normen van het accountantsprotocol, naast de grenzen die zijn ingesteld."
    " Groepeer op een of meer van gemeente, aanbieder, zorgmaand, categorie en productcode. JSON, of CSV of XLSX volgens de"
    " header Accept.",
    responses={**ALS_BESTAND, **BUITEN_DE_JAREN},
)
def get_verantwoord(werkplaats: Plaats, houder: Lezer, vraag: Vraag, mediatype: Mediatype) -> Any:
    """Reckoned from the lines each time, of a period."""
    _require_period(vraag)
    if wants_file(mediatype):
        return _send(werkplaats, houder, mediatype, VERANTWOORD, vraag)
    with werkplaats.seen_by(houder).transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        gevonden = reckon_verantwoord(verbinding, vraag)
    grenzen, totaal = gevonden.grenzen, gevonden.totaal
    return Verantwoordtotaal(
        peilmoment=vraag.peilmoment,
        groepen=[
            Verantwoordsommodel.reckoned(dict(zip(vraag.groepeer, map(str, map(as_text, sleutel)), strict=True)), som)
            for sleutel, som in gevonden.groepen.items()
        ],
        totaal=Verantwoordsommodel.reckoned({}, totaal),
        journaal=gevonden.journaal,
        fout_grens=grenzen.fout,
        fout_oordeel=hold_against(totaal.fout, totaal.verantwoord, grenzen.fout),
        onzeker_grens=grenzen.onzeker,
        onzeker_oordeel=hold_against(totaal.onzeker, totaal.verantwoord, grenzen.onzeker),
        instellingen=[Geldendeinstelling.told(item) for item in gevonden.instellingen],
    )


@router.get(
    "/verklaringen",
    summary="De verklaring van elke toegekende regel",
    description="Per regel de vier normen, elk in een zin met de getallen. Voor wie alles nodig heeft: als JSON, CSV of XLSX"
    " (header Accept), regel voor regel geschreven.",
    responses=ALS_BESTAND,
)
def get_verklaringen(werkplaats: Plaats, houder: Regellezer, vraag: Vraag, mediatype: Mediatype) -> Response:
    """However many there are: made while it is sent."""
    if wants_file(mediatype):
        return _send(werkplaats, houder, mediatype, VERKLARINGEN, vraag)
    return StreamingResponse(_as_json(werkplaats, houder, vraag), media_type=mediatype)


def _as_json(werkplaats: Werkplaats, houder: Sleutelhouder, vraag: Boekvraag) -> Any:
    with werkplaats.seen_by(houder).transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        yield from write_json(VERKLARINGEN.make(verbinding, werkplaats, vraag))


def _send(werkplaats: Werkplaats, houder: Sleutelhouder, mediatype: str, rapport: Boekrapport, vraag: Boekvraag) -> Response:
    return send_report(
        werkplaats.seen_by(houder),
        mediatype,
        rapport.name_file(vraag),
        lambda verbinding: rapport.make(verbinding, werkplaats, vraag),
    )
