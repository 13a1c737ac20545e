"""Reference data: what is in force, or was; and new files, tried or loaded, through the importer of the command line."""

from collections.abc import Awaitable, Callable
from typing import Annotated

import structlog
from fastapi import Depends, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import Field

from api.basis.afgeleid import shows
from api.basis.modellen import Model
from api.basis.problemen import ANDERE_WIJZER, Probleem
from api.basis.route import Router
from api.basis.velden import Datum
from api.berichten.invoerbestand import ALS_TABEL, read_tabel
from api.deur.toegang import Beller, Plaats, require
from berichten.inzage.basis.bladzijde import WijzerFout
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.naslag import referentie as inzage
from berichten.inzage.naslag.referentie import Waarde
from berichten.kern.houder import Sleutelhouder
from berichten.kern.taal import foutental, herstel
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.laad_referentie import SOORTEN, Inlezing, load_referentie
from berichten.processen.referentie.soorten import Bestandsoort

LOG = structlog.get_logger("referentie")

router = Router(prefix="/referentie", tags=["referentie"])
VAN_GEZINNEN = tuple(naam for naam, soort in SOORTEN.items() if soort.tabel.van_gezinnen)
"""Kinds that tell of families: for contract management alone, also where a trial would show what is loaded."""


def require_for(*rollen: str) -> Callable[[Request, Sleutelhouder, Werkplaats], Awaitable[Sleutelhouder]]:
    """A dependency that lets these roles through, and for what is about families contract management only; 403 for others."""
    gewoon, gezinnen = require(*rollen), require("contractbeheer")

    async def check(request: Request, houder: Beller, werkplaats: Plaats) -> Sleutelhouder:
        soort = request.path_params.get("soort")
        return await (gezinnen if soort in VAN_GEZINNEN else gewoon)(request, houder, werkplaats)

    return check


Lezer = Annotated[Sleutelhouder, Depends(require_for("gemeente", "contractbeheer", "financien", "beheer"))]
Schrijver = Annotated[Sleutelhouder, Depends(require_for("contractbeheer", "beheer"))]
Soort = Annotated[str, Path(description="Soort referentiebestand", json_schema_extra={"enum": list(SOORTEN)})]
_TE_GROOT = "Een referentiebestand mag hooguit 25 MB groot zijn. Verdeel de regels over meer bestanden."


class Referentierijen(Model):
    """Een bladzijde rijen, op sleutel. De velden heten als de kolommen van het bestand; null is leeg: elke, of open."""

    soort: str
    rijen: list[dict[str, Waarde]]
    volgende: str | None


@shows(inzage.Waardewijziging)
class Waardewijziging(Model):
    """Wat er in één kolom verandert."""


@shows(inzage.Rijwijziging)
class Rijwijziging(Model):
    """Een geladen rij die het bestand verandert: de regel van het bestand, de sleutel van de rij en wat er anders wordt."""


class Verschil(Model):
    """Wat het bestand verandert aan wat is geladen."""

    soort: str
    proef: bool = Field(description="Of het bij proberen bleef: dan is er niets bewaard")
    nieuw: int
    gewijzigd: int
    ongewijzigd: int
    wijzigingen: list[Rijwijziging] = Field(description="De eerste twintig gewijzigde rijen")


@router.get(
    "/{soort}",
    response_model=Referentierijen,
    summary="Referentiegegevens van één soort, op sleutel",
    description="De rijen die op 'peildatum' gelden, of zonder peildatum alle rijen, ook die van vroeger. Rijen zonder periode"
    " gelden altijd. Wat over gezinnen gaat ziet en laadt alleen contractbeheer: beschikkingen, evaluaties,"
    " casusregie en teamleden. Een beschikkingnummer dat een burgerservicenummer kan zijn staat er afgedekt."
    " Met 'agb' de rijen die voor die aanbieder gelden: de eigen rijen en die voor iedereen. Bedragen in hele"
    " eurocenten.",
)
def get_referentie(
    werkplaats: Plaats,
    houder: Lezer,
    soort: Soort,
    peildatum: Annotated[Datum | None, Query()] = None,
    agb: Annotated[str | None, Query(pattern="^[0-9]{8}$")] = None,
    pagina_grootte: Annotated[int, Query(alias="paginaGrootte", ge=1, le=1000)] = 200,
    volgende: Annotated[str | None, Query(max_length=2000)] = None,
) -> Referentierijen:
    """For all staff of the gemeente."""
    tabel = find_soort(soort).tabel
    if agb is not None and "agb" not in tabel.kolommen:
        raise Probleem(400, f"De soort {soort} heeft geen kolom agb. Laat 'agb' weg uit uw vraag.")
    try:
        bladzijde = inzage.list_rijen(werkplaats.seen_by(houder), tabel, peildatum, agb, pagina_grootte, volgende)
    except WijzerFout as fout:
        raise Probleem(400, ANDERE_WIJZER) from fout
    return Referentierijen(soort=soort, rijen=bladzijde.regels, volgende=bladzijde.volgende)


@router.post(
    "/{soort}",
    response_model=Verschil,
    summary="Laad een referentiebestand, of probeer het",
    description="Een CSV-bestand (UTF-8, puntkomma's) of een werkmap (XLSX, het eerste blad), met een kopregel en de kolommen van"
    " die soort. Klopt alles, dan is het geladen en staat in het antwoord wat er verandert; met 'proef=true' wordt er niets"
    " bewaard. Is er één regel fout, dan wordt niets geladen en staat elke foute regel met zijn kolom in 'fouten' (400). U"
    " laadt alleen rijen van uw eigen gemeente.",
    openapi_extra=ALS_TABEL,
)
async def post_referentie(request: Request, werkplaats: Plaats, houder: Schrijver, soort: Soort, proef: bool = False) -> Verschil:
    """All or nothing."""
    find_soort(soort)
    inhoud = await read_tabel(request, _TE_GROOT)
    inlezing = await run_in_threadpool(
        load_referentie, werkplaats.asked_by(houder), soort, inhoud, gemeente=houder.gemeente, proef=proef
    )
    if inlezing.verschil is not None and not proef:
        aantallen = {naam: getattr(inlezing.verschil, naam) for naam in ("nieuw", "gewijzigd")}
        LOG.info(
            "referentie_geladen",
            soort=soort,
            gemeente=houder.gemeente,
            door=houder.sleutel_id,
            eigenaar=houder.eigenaar,
            **aantallen,
        )
    return await run_in_threadpool(_tell, werkplaats.seen_by(houder), soort, inlezing, proef)


def find_soort(soort: str) -> Bestandsoort:
    """A kind by name; 404 that names them all for any other."""
    if soort not in SOORTEN:
        raise Probleem(404, f"Deze soort referentiegegevens bestaat niet. Kies uit: {', '.join(SOORTEN)}.")
    return SOORTEN[soort]


def _tell(kijker: Kijker, soort: str, inlezing: Inlezing, proef: bool) -> Verschil:
    verschil = inlezing.verschil
    if verschil is None:
        getoond = len(inlezing.fouten)
        meer = "" if inlezing.totaal <= getoond else f" De eerste {getoond} staan hieronder."
        detail = (
            f"Er is niets geladen: {foutental(inlezing.totaal)}.{meer} {herstel(inlezing.totaal)} en stuur het bestand opnieuw."
        )
        raise Probleem(400, detail, inlezing.fouten, aantalFouten=inlezing.totaal)
    return Verschil(
        soort=soort,
        proef=proef,
        nieuw=verschil.nieuw,
        gewijzigd=verschil.gewijzigd,
        ongewijzigd=verschil.ongewijzigd,
        wijzigingen=[Rijwijziging.of(item) for item in inzage.show_wijzigingen(kijker, SOORTEN[soort].tabel, verschil.wijzigingen)],
    )
