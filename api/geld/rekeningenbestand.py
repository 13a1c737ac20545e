"""Bank accounts by file: every row is a proposal that another person still confirms."""

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from pydantic import Field

from api.basis.modellen import Model
from api.basis.problemen import Probleem
from api.basis.route import Router
from api.berichten.invoerbestand import ALS_TABEL, read_tabel
from api.deur.toegang import Plaats
from api.geld.betaalbasis import Betaler
from api.geld.rekeningen import Rekening
from berichten.inzage.geld.rekeningen import show_rekening
from berichten.kern.taal import foutental, herstel
from berichten.processen.financien.laad_rekeningen import BESTAND, load_rekeningen_bestand

router = Router(prefix="/financien/rekeningen", tags=["betalingen"])

_TE_GROOT = "Een bestand met rekeningen mag hooguit 25 MB groot zijn. Verdeel de regels over meer bestanden."
_GETOOND = 500


class Rekeningenlading(Model):
    """Wat het bestand voorstelt."""

    nieuw: int = Field(description="Voorstellen, die een collega nog bevestigt")
    ongewijzigd: int = Field(description="Regels die zeggen wat al geldt of al is voorgesteld")
    rekeningen: list[Rekening] = Field(description=f"De eerste {_GETOOND} voorstellen")


@router.post(
    "/bestand",
    response_model=Rekeningenlading,
    summary="Stel bankrekeningen voor met een bestand",
    description="Een CSV-bestand (UTF-8, puntkomma's) of een werkmap (XLSX, het eerste blad) met de kolommen"
    f" {';'.join(kolom.naam for kolom in BESTAND.kolommen)}. Zonder agb is het de rekening waarvan de gemeente betaalt. Elke regel"
    " die iets nieuws zegt wordt een voorstel, dat een collega bevestigt. Is er één regel fout, dan wordt niets voorgesteld en"
    " staat elke fout met regel en kolom in 'fouten' (400).",
    openapi_extra=ALS_TABEL,
)
async def post_rekeningenbestand(request: Request, werkplaats: Plaats, houder: Betaler) -> Rekeningenlading:
    """All or nothing; of the caller's own gemeente only."""
    inhoud = await read_tabel(request, _TE_GROOT)
    lading = await run_in_threadpool(
        load_rekeningen_bestand, werkplaats.asked_by(houder), houder.sleutel_id, inhoud, gemeente=houder.gemeente
    )
    if lading.totaal:
        detail = f"Er is niets voorgesteld: {foutental(lading.totaal)}. {herstel(lading.totaal)} en stuur het bestand opnieuw."
        raise Probleem(400, detail, lading.fouten, aantalFouten=lading.totaal)
    getoond = [Rekening.of(show_rekening(rij)) for rij in lading.voorstellen[:_GETOOND]]
    return Rekeningenlading(nieuw=len(lading.voorstellen), ongewijzigd=lading.ongewijzigd, rekeningen=getoond)
