"""Declarations line by line: what became of each, and why."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from pydantic import Field, computed_field

from api.basis.accept import Mediatype
from api.basis.bestanden import ALS_BESTAND, send_report, wants_file
from api.basis.modellen import Bevinding, Model, Verzoek
from api.basis.route import Router
from api.basis.velden import Bsn, GrotePagina, Productcode, Regelnaam, Retourcode, Toewijzingnummer, Uitkomst
from api.berichten.berichten import find_own
from api.besluiten.modellen import Creditverzoek, Genomenbesluit, names_for
from api.deur.toegang import Houder, Plaats, view_of
from berichten.beoordeling.niet_beoordeeld import Redenen, find_redenen
from berichten.kern.feit import tell_missing
from berichten.opslag.berichten.berichten import list_stoppers
from berichten.opslag.berichten.declaraties import Prestatierij
from berichten.opslag.berichten.prestaties import Besluitrij, count_opmerkingen, list_besluiten
from berichten.opslag.berichten.zoeken import Prestatiefilter, list_prestaties
from berichten.opslag.besluiten.werkvoorraad import find_creditverzoeken, load_regelbevindingen
from berichten.opslag.toegang.sleutels import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.rapporten.boeken.periode import Periode
from berichten.rapporten.boeken.prestatielijst import report_prestaties
from berichten.rapporten.uitvoer.tabel import file_name
from berichten.regels.register import untestable
from berichten.standaard.schema.retourcodes import tell_codes
from berichten.standaard.waarden.bsn import mask_bsn

_WIJZER = "^[0-9]{1,18}$"

router = Router(prefix="/declaraties", tags=["declaraties"])


class NietTeToetsen(Model):
    """Een eigen regel van de gemeente die niet kon worden getoetst, en waarom niet."""

    regel: str
    reden: str


class Prestatie(Model):
    """Eén gedeclareerde regel. Bedragen in hele eurocenten, credit negatief."""

    prestatie_id: int
    referentienummer: str
    vorig_referentienummer: str | None
    client: str
    toewijzingnummer: int | None
    categorie: str
    productcode: str
    begindatum: date
    einddatum: date
    volume: int
    eenheid: str
    tarief: int | None
    bedrag: int
    credit: bool
    uitkomst: str
    toegekend_bedrag: int
    """Wat van het bedrag in de boeken staat; een regel van een JW303 kan deels zijn toegekend."""
    retourcodes: list[str]
    bevindingen: list[Bevinding]
    niet_te_toetsen: list[NietTeToetsen] = Field(
        description="Regels van de gemeente waarvoor gegevens ontbraken; daarop is niet gelet"
    )
    niet_beoordeeld_omdat: str | None = Field(description="Welke fout van het bericht of van de cliënt deze regel tegenhield")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def retourcode_teksten(self) -> dict[str, str]:
        """Wat de retourcodes betekenen, per code."""
        return tell_codes(self.retourcodes)

    @classmethod
    def of(cls, rij: Prestatierij, bevindingen: list[Bevinding], redenen: Redenen) -> "Prestatie":
        """From what the database holds; of the Bsn only the last three digits."""
        eigen = {naam: getattr(rij, naam) for naam in cls.model_fields if hasattr(rij, naam)}
        anders: dict[str, Any] = {
            "client": mask_bsn(rij.bsn),
            "retourcodes": rij.retourcodes or [],
            "toegekend_bedrag": rij.toegekend,
            "niet_beoordeeld_omdat": redenen.find(rij.regelnummer) if rij.uitkomst == "niet_beoordeeld" else None,
        }
        gemist = [NietTeToetsen(regel=regel, reden=tell_missing(feiten)) for regel, feiten in untestable(rij.zonder_feiten).items()]
        return cls(**{**eigen, **anders, "bevindingen": bevindingen, "niet_te_toetsen": gemist})


class Declaratieregel(Prestatie):
    """Eén gedeclareerde regel, met wat erover is besloten."""

    besluit: Genomenbesluit | None = Field(description="Het besluit dat geldt, met de reden; leeg als er geen besluit nodig was")
    creditverzoek: Creditverzoek | None = Field(description="Het verzoek om de regel te crediteren, zolang het openstaat")
    aantal_opmerkingen: int


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


class Prestaties(Model):
    """Een bladzijde regels, in de volgorde van het bericht."""

    prestaties: list[Declaratieregel]
    volgende: str | None


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
    houder: Houder,
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
    zeef = Prestatiefilter(uitkomst, retourcode, regel, toewijzingnummer, productcode)
    if not wants_file(mediatype):
        return _list(werkplaats, houder, berichtId, zeef, pagina_grootte, volgende)
    with werkplaats.opslag.transaction(view_of(houder)) as verbinding:
        bericht = find_own(verbinding, houder, berichtId)
    maanden = Periode(bericht.declaratie_begindatum, bericht.declaratie_einddatum).bestandsdeel
    naam = file_name("prestaties", houder.gemeente, maanden, werkplaats.instellingen.vandaag())
    return send_report(
        werkplaats, view_of(houder), mediatype, naam, lambda verbinding: report_prestaties(verbinding, bericht, zeef)
    )


@router.post(
    "/{berichtId}/prestaties/zoekopdrachten",
    response_model=Prestaties,
    summary="Zoek de regels van een cliënt in een declaratie",
    description="Met het burgerservicenummer in de inhoud van het verzoek, omdat een adres wordt bewaard en doorgegeven.",
)
def post_zoekopdracht_prestaties(
    werkplaats: Plaats,
    houder: Houder,
    berichtId: UUID,  # noqa: N803
    vraag: Prestatiezoekopdracht,
) -> Prestaties:
    """Nothing of the question is kept or logged."""
    zeef = Prestatiefilter(vraag.uitkomst, vraag.retourcode, vraag.regel, vraag.toewijzingnummer, vraag.productcode, vraag.bsn)
    return _list(werkplaats, houder, berichtId, zeef, vraag.pagina_grootte, vraag.volgende)


def _list(
    werkplaats: Werkplaats,
    houder: Sleutelhouder,
    bericht_id: UUID,
    zeef: Prestatiefilter,
    pagina_grootte: int,
    volgende: str | None,
) -> Prestaties:
    gemeente = houder.gemeente
    with werkplaats.opslag.transaction(view_of(houder)) as verbinding:
        bericht = find_own(verbinding, houder, bericht_id)
        rijen = list_prestaties(verbinding, bericht, zeef, int(volgende or 0), pagina_grootte + 1)
        meer = len(rijen) > pagina_grootte
        rijen = rijen[:pagina_grootte]
        nummers = [rij.prestatie_id for rij in rijen]
        bevindingen = load_regelbevindingen(verbinding, gemeente, nummers)
        redenen = find_redenen(bericht.status, list_stoppers(verbinding, gemeente, bericht.bericht_id))
        besluiten = list_besluiten(verbinding, gemeente, nummers)
        verzoeken = find_creditverzoeken(verbinding, gemeente, nummers)
        opmerkingen = count_opmerkingen(verbinding, gemeente, nummers)
    namen = names_for(werkplaats, houder, [besluit.door for lijst in besluiten.values() for besluit in lijst])
    prestaties = []
    for rij in rijen:
        nummer, besluit = rij.prestatie_id, _last_final(besluiten.get(rij.prestatie_id, []))
        eigen = [Bevinding.of(item, bericht.soort) for item in bevindingen.get(nummer, [])]
        prestaties.append(
            Declaratieregel(
                **plain_fields(Prestatie.of(rij, eigen, redenen)),
                besluit=Genomenbesluit.of(besluit, namen) if besluit else None,
                creditverzoek=Creditverzoek.of(verzoeken[nummer]) if nummer in verzoeken else None,
                aantal_opmerkingen=opmerkingen.get(nummer, 0),
            )
        )
    return Prestaties(prestaties=prestaties, volgende=str(rijen[-1].prestatie_id) if meer else None)


def plain_fields(regel: Prestatie) -> dict[str, Any]:
    """Its fields, without what is computed from them."""
    return {naam: getattr(regel, naam) for naam in Prestatie.model_fields}


def _last_final(besluiten: list[Besluitrij]) -> Besluitrij | None:
    """The decision that counts; a proposal does not."""
    return next((besluit for besluit in reversed(besluiten) if besluit.definitief), None)
