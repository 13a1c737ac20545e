"""Declarations line by line: what became of each, and why."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from pydantic import Field

from api.basis.accept import Mediatype
from api.basis.afgeleid import shows
from api.basis.bestanden import ALS_BESTAND, send_report, wants_file
from api.basis.modellen import Bladzijdemodel, Model, Verzoek
from api.basis.problemen import raise_unless_found
from api.basis.route import Router
from api.basis.velden import Bsn, GrotePagina, Productcode, Regelnaam, Retourcode, Toewijzingnummer, Uitkomst
from api.besluiten.besluitmodellen import UITLEG
from api.deur.toegang import Bsnkijker, Clientkijker, Plaats
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.berichten import declaraties as inzage_declaraties
from berichten.inzage.besluiten import prestaties as inzage

_ONBEKEND = "Dit bericht bestaat niet, of het is niet van u."
_WIJZER = "^[0-9]{1,18}$"

router = Router(prefix="/declaraties", tags=["declaraties"])


@shows(
    inzage.Declaratieprestatie,
    **UITLEG,
    besluit="Het besluit dat geldt, met de reden; leeg als er geen besluit nodig was",
    creditverzoek="Het verzoek om de regel te crediteren, zolang het openstaat",
)
class Declaratieprestatie(Model):
    """Eén gedeclareerde regel, met wat erover is besloten."""


class Prestatiezoekopdracht(Verzoek):
    """Wie er wordt gezocht, en welke van zijn regels."""

    bsn: Bsn
    uitkomst: Uitkomst | None = None
    retourcode: Retourcode | None = None
    regel: Regelnaam | None = None
    toewijzingnummer: Toewijzingnummer | None = None
    productcode: Productcode | None = None
    pagina_grootte: int = Field(200, ge=1, le=1000, description="Hoeveel op een bladzijde", examples=[200])
    volgende: str | None = Field(None, pattern=_WIJZER, description="Uit het vorige antwoord", examples=["5242881"])


class Prestaties(Bladzijdemodel):
    """Een bladzijde regels, in de volgorde van het bericht."""

    prestaties: list[Declaratieprestatie]
    volgende: str | None


@shows(inzage_declaraties.Uitkomsttelling, toegekend="Wat ervan in de boeken staat, in eurocenten")
class Uitkomsttelling(Model):
    """Hoeveel regels deze uitkomst hebben. Bedragen in hele eurocenten, credit negatief."""


@shows(
    inzage_declaraties.Redenregel,
    melding=Field(description="Wat er is gevonden, met de getallen en wat u kunt doen"),
    motivering=Field(description="Wat er bij het besluit is gezegd, als iemand heeft besloten"),
)
class Redenregel(Model):
    """Een regel onder de reden die de doorslag gaf."""


@shows(
    inzage_declaraties.Redengroep,
    regel=Field(description="De regel die de doorslag gaf; leeg als de regels niet zijn beoordeeld"),
    titel=Field(description="De reden in één zin"),
    besloten=Field(description="Of iemand dit heeft besloten; anders vond de dienst het zelf", examples=[False]),
    retourcode_tekst="Wat de retourcode betekent",
    regels=Field(description="De eerste regels met deze reden"),
)
class Redengroep(Model):
    """Regels die om dezelfde reden niet zijn toegekend. Bedrag in hele eurocenten."""


@shows(
    inzage_declaraties.Declaratieoverzicht,
    uitkomsten=Field(description="Hoeveel regels en bedrag per uitkomst; samen de hele declaratie"),
    redenen=Field(description="Wat niet is toegekend, per reden; de grootste groep eerst"),
)
class Declaratieoverzicht(Model):
    """Een declaratie in het kort: wat er van de regels werd, en waarom niet alles is toegekend."""


@router.get(
    "/{berichtId}",
    response_model=Declaratieoverzicht,
    summary="Een declaratie in het kort, met wat is afgewezen per reden",
    description="Elke regel telt één keer: bij de uitkomst, en als hij niet is toegekend bij de reden die de doorslag gaf. De"
    " aantallen en bedragen zijn samen die van de declaratie.",
)
def get_declaratie(werkplaats: Plaats, houder: Clientkijker, berichtId: UUID) -> Declaratieoverzicht:  # noqa: N803
    """404 also when the message is another's."""
    gevonden = inzage_declaraties.find_declaratie(werkplaats.seen_by(houder), berichtId)
    return Declaratieoverzicht.of(raise_unless_found(gevonden, _ONBEKEND))


@router.get(
    "/{berichtId}/prestaties",
    response_model=Prestaties,
    summary="Elke regel van een declaratie, met uitkomst en uitleg",
    description="Toegekend, afgewezen, ter beoordeling of niet beoordeeld; met alles wat bij de regel is gevonden. Als JSON per"
    " bladzijde; als CSV of XLSX (header Accept) alle regels die u vraagt, met uitkomst, code en uitleg.",
    responses=ALS_BESTAND,
)
def get_prestaties(
    werkplaats: Plaats,
    houder: Clientkijker,
    mediatype: Mediatype,
    berichtId: UUID,  # noqa: N803
    uitkomst: Annotated[Uitkomst | None, Query()] = None,
    retourcode: Annotated[Retourcode | None, Query()] = None,
    regel: Annotated[Regelnaam | None, Query(description="Een regel die bij de gedeclareerde regel is geraakt")] = None,
    toewijzingnummer: Annotated[Toewijzingnummer | None, Query()] = None,
    productcode: Annotated[Productcode | None, Query()] = None,
    pagina_grootte: GrotePagina = 200,
    volgende: Annotated[str | None, Query(pattern=_WIJZER, description="Uit het vorige antwoord", examples=["5242881"])] = None,
) -> Any:
    """As far as the caller may see them; 404 when the message is another's."""
    zeef, kijker = inzage.Prestatiefilter(uitkomst, retourcode, regel, toewijzingnummer, productcode), werkplaats.seen_by(houder)
    if not wants_file(mediatype):
        return _list(kijker, berichtId, zeef, pagina_grootte, volgende)
    naam, maak = raise_unless_found(inzage.export_prestaties(kijker, berichtId, zeef), _ONBEKEND)
    return send_report(kijker, mediatype, naam, maak)


@router.post(
    "/{berichtId}/prestaties/zoekopdrachten",
    response_model=Prestaties,
    summary="Zoek de regels van een cliënt in een declaratie",
    description="Met het burgerservicenummer in de inhoud van het verzoek, omdat een adres wordt bewaard en doorgegeven.",
)
def post_zoekopdracht_prestaties(
    werkplaats: Plaats,
    houder: Bsnkijker,
    berichtId: UUID,  # noqa: N803
    vraag: Prestatiezoekopdracht,
) -> Prestaties:
    """Nothing of the question is kept or logged."""
    zeef = inzage.Prestatiefilter(
        vraag.uitkomst, vraag.retourcode, vraag.regel, vraag.toewijzingnummer, vraag.productcode, vraag.bsn
    )
    return _list(werkplaats.seen_by(houder), berichtId, zeef, vraag.pagina_grootte, vraag.volgende)


def _list(kijker: Kijker, bericht_id: UUID, zeef: inzage.Prestatiefilter, pagina_grootte: int, volgende: str | None) -> Prestaties:
    gevonden = inzage.list_prestaties(kijker, bericht_id, zeef, pagina_grootte, volgende)
    return Prestaties.of(raise_unless_found(gevonden, _ONBEKEND))
