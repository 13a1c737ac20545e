"""Allocations: as they stand, how they came to be so, whether delivery has started, and how much of them is used."""

from typing import Annotated

from fastapi import Depends, Path, Query
from pydantic import Field

from api.basis.modellen import Verzoek
from api.basis.problemen import Probleem, raise_unless_found
from api.basis.route import Router
from api.basis.velden import Agb, Bsn, Categorie, Datum, Pagina, Productcode
from api.berichten.toewijzingmodellen import Toewijzingdossier, Toewijzingen, Toewijzingsprestaties, Verplichtingregels
from api.deur.toegang import Bsnkijker, Clientkijker, Plaats, require
from berichten.inzage.berichten import toewijzingen as inzage
from berichten.inzage.berichten.verplichtingen import list_verplichtingen
from berichten.kern.houder import Sleutelhouder
from berichten.klok import dutch_day
from berichten.rapporten.boeken.periode import Vraagfout, read_peilmoment
from berichten.rapporten.sturen.kwartaalperiode import require_peildatum

ONBEKEND = "Deze toewijzing bestaat niet, of zij is niet van u. Controleer het nummer."
_WIJZER = "^[0-9]{1,9}$"
_GELDIG_OP = "Alleen wat op deze dag loopt, begin en eind meegerekend"

Contractbeheerder = Annotated[Sleutelhouder, Depends(require("contractbeheer"))]

router = Router(prefix="/toewijzingen", tags=["toewijzingen"])


class Toewijzingzoekopdracht(Verzoek):
    """Wie er wordt gezocht, en welke van zijn toewijzingen."""

    bsn: Bsn
    agb: Agb | None = None
    categorie: Categorie | None = None
    productcode: Productcode | None = None
    geldig_op: Datum | None = Field(None, description=_GELDIG_OP)
    pagina_grootte: int = Field(50, ge=1, le=500, description="Hoeveel op een bladzijde", examples=[50])
    volgende: str | None = Field(None, pattern=_WIJZER, description="Uit het vorige antwoord", examples=["484000050"])


@router.get(
    "",
    response_model=Toewijzingen,
    summary="Toewijzingen, op nummer",
    description="Een aanbieder ziet de eigen toewijzingen, een medewerker alle toewijzingen van de gemeente.",
)
def get_toewijzingen(
    werkplaats: Plaats,
    houder: Clientkijker,
    agb: Annotated[Agb | None, Query()] = None,
    categorie: Annotated[Categorie | None, Query()] = None,
    productcode: Annotated[Productcode | None, Query()] = None,
    geldig_op: Annotated[Datum | None, Query(alias="geldigOp", description=_GELDIG_OP)] = None,
    pagina_grootte: Pagina = 50,
    volgende: Annotated[str | None, Query(pattern=_WIJZER, description="Uit het vorige antwoord", examples=["484000050"])] = None,
) -> Toewijzingen:
    """As far as the caller may see them."""
    zeef = inzage.Toewijzingfilter(agb, categorie, productcode, geldig_op)
    return Toewijzingen.of(inzage.list_toewijzingen(werkplaats.seen_by(houder), zeef, pagina_grootte, volgende))


@router.post(
    "/zoekopdrachten",
    response_model=Toewijzingen,
    summary="Zoek de toewijzingen van een cliënt",
    description="Met het burgerservicenummer in de inhoud van het verzoek, omdat een adres wordt bewaard en doorgegeven. Een"
    " aanbieder vindt alleen de eigen toewijzingen.",
)
def post_zoekopdracht_toewijzingen(werkplaats: Plaats, houder: Bsnkijker, vraag: Toewijzingzoekopdracht) -> Toewijzingen:
    """Nothing of the question is kept or logged."""
    zeef = inzage.Toewijzingfilter(vraag.agb, vraag.categorie, vraag.productcode, vraag.geldig_op, vraag.bsn)
    return Toewijzingen.of(inzage.list_toewijzingen(werkplaats.seen_by(houder), zeef, vraag.pagina_grootte, vraag.volgende))


@router.get(
    "/verplichtingen",
    response_model=Verplichtingregels,
    summary="Waar de gemeente per toewijzing nog aan vastzit",
    description="De werklijst achter /monitor/verplichtingen, op nummer: per toewijzing wat er is toegewezen, nog open staat en nog"
    " wordt verwacht, zoals het was aan het einde van de peildatum, met de som in woorden.",
)
def get_toewijzingverplichtingen(
    werkplaats: Plaats,
    houder: Contractbeheerder,
    agb: Annotated[Agb | None, Query()] = None,
    categorie: Annotated[Categorie | None, Query()] = None,
    productcode: Annotated[Productcode | None, Query()] = None,
    geldig_op: Annotated[Datum | None, Query(alias="geldigOp", description=_GELDIG_OP)] = None,
    jaar: Annotated[int | None, Query(ge=2015, le=2100, description="Kalenderjaar; leeg is dit jaar")] = None,
    peildatum: Annotated[str | None, Query(description="De stand aan het einde van deze dag; leeg is nu", max_length=40)] = None,
    pagina_grootte: Pagina = 50,
    volgende: Annotated[str | None, Query(pattern=_WIJZER, description="Uit het vorige antwoord", examples=["484000050"])] = None,
) -> Verplichtingregels:
    """For who keeps contracts; each page is a look at the clients in it."""
    zeef = inzage.Toewijzingfilter(agb, categorie, productcode, geldig_op)
    instellingen = werkplaats.instellingen
    try:
        moment = read_peilmoment(peildatum, instellingen.nu())
        require_peildatum(dutch_day(moment))
    except Vraagfout as fout:
        raise Probleem(400, str(fout)) from fout
    jaar = jaar or instellingen.vandaag().year
    return Verplichtingregels.of(list_verplichtingen(werkplaats.seen_by(houder), zeef, jaar, moment, pagina_grootte, volgende))


@router.get(
    "/{toewijzingnummer:int}",
    response_model=Toewijzingdossier,
    summary="Eén toewijzing, met geschiedenis, levering en benutting",
    description="De benutting telt toegekende en aangehouden regels, min wat is gecrediteerd: in totaal en per productcode, met een"
    " prognose tot de einddatum en, bij een budget per categorie, wat daarvoor gebruikelijk is.",
)
def get_toewijzing(
    werkplaats: Plaats, houder: Clientkijker, toewijzingnummer: Annotated[int, Path(ge=0, le=999_999_999)]
) -> Toewijzingdossier:
    """404 also when the allocation is another's."""
    gevonden = inzage.find_toewijzing(werkplaats.seen_by(houder), toewijzingnummer)
    return Toewijzingdossier.of(raise_unless_found(gevonden, ONBEKEND))


@router.get(
    "/{toewijzingnummer:int}/prestaties",
    response_model=Toewijzingsprestaties,
    summary="Elke regel die op een toewijzing is gedeclareerd",
    description="Laatst ingediend eerst, wat er ook van werd: toegekend, afgewezen, ter beoordeling of niet beoordeeld.",
)
def get_toewijzingsprestaties(
    werkplaats: Plaats,
    houder: Clientkijker,
    toewijzingnummer: Annotated[int, Path(ge=0, le=999_999_999)],
    pagina_grootte: Pagina = 50,
    volgende: Annotated[str | None, Query(pattern="^[0-9]{1,18}$", description="Uit het vorige antwoord")] = None,
) -> Toewijzingsprestaties:
    """404 also when the allocation is another's."""
    gevonden = inzage.list_prestaties_op(werkplaats.seen_by(houder), toewijzingnummer, pagina_grootte, volgende)
    return Toewijzingsprestaties.of(raise_unless_found(gevonden, ONBEKEND))
