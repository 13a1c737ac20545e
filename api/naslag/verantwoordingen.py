"""Delivery records: an aanbieder accounts for what it billed, with or after its declaration."""

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import Field

from api.basis.modellen import Model, Verzoek
from api.basis.problemen import Probleem
from api.basis.route import Router
from api.basis.velden import Datum
from api.berichten.invoerbestand import ALS_TABEL, read_tabel
from api.deur.toegang import Plaats, require
from berichten.fouten import Invoerfout
from berichten.kern.houder import Sleutelhouder
from berichten.kern.taal import foutental, herstel
from berichten.processen.besluiten.ontvang_verantwoording import SOORT, Ontvangst, accept_records, write_records
from berichten.processen.referentie.soorten import SOORTEN

router = Router(prefix="/verantwoordingen", tags=["verantwoordingen"])

Aanbieder = Annotated[Sleutelhouder, Depends(require("aanbieder"))]
_KOLOMMEN = [kolom.naam for kolom in SOORTEN[SOORT].kolommen]
_MEESTE = 10_000
_TE_GROOT = "Een bestand met verantwoordingen mag hooguit 25 MB groot zijn. Verdeel de regels over meer bestanden."


class Verantwoording(Verzoek):
    """Minuten van één soort, door mensen van één niveau en registratie, voor een regel of voor een toewijzing en maand."""

    referentienummer: str = Field("", max_length=20, description="Van de gedeclareerde regel; leeg bij toewijzing en maand")
    toewijzingnummer: int | None = Field(None, ge=1, le=999_999_999)
    maand: str | None = Field(None, pattern="^[0-9]{4}-(0[1-9]|1[0-2])$", description="Zonder referentienummer: jjjj-mm")
    datum: Datum | None = None
    minuten: int = Field(ge=0, le=31 * 24 * 60)
    soort: Literal["direct", "groep", "indirect", "niet_clientgebonden", "no_show", "afgezegd"]
    niveau: str = Field("", max_length=20, description="Opleidingsniveau van wie de hulp gaf, zoals HBO of WO+")
    registratie: Literal["SKJ", "BIG", "geen"] = "geen"
    contactnummer: str = Field("", max_length=50, description="Uw eigen nummer van dit contact; geen Bsn. Mag leeg blijven")
    ingetrokken: bool = Field(False, description="Trekt deze verantwoording in: die telt niet meer mee, maar blijft bewaard")


class Verantwoordingen(Verzoek):
    """Wat een aanbieder verantwoordt."""

    verantwoordingen: list[Verantwoording] = Field(min_length=1, max_length=_MEESTE)


class Hertoetst(Model):
    """Een aangehouden regel die door de verantwoording opnieuw is bekeken."""

    prestatie_id: int
    uitkomst: str


class Verantwoord(Model):
    """Wat er is bewaard, en wat er van de aangehouden regels werd."""

    nieuw: int
    gewijzigd: int
    ongewijzigd: int
    ingetrokken: int = Field(description="Eerdere verantwoordingen die niet meer meetellen zonder dat er iets voor kwam")
    hertoetst: list[Hertoetst]


@router.post(
    "",
    response_model=Verantwoord,
    summary="Verantwoord geleverde minuten",
    description="Bij een regel (met het referentienummer) of bij een toewijzing en een maand. Twee gelijke verantwoordingen zijn"
    " twee contacten. Wat u stuurt vervangt wat u eerder stuurde met hetzelfde contactnummer; zonder contactnummer vervangt het"
    " samen wat u eerder stuurde voor dezelfde regel, dag, soort, niveau en registratie. Hetzelfde opnieuw verandert dus niets."
    " Klopt er één niet, dan wordt niets bewaard. Aangehouden regels waarover dit gaat, worden meteen opnieuw bekeken. Zet er geen"
    " Bsn in.",
)
def post_verantwoordingen(werkplaats: Plaats, houder: Aanbieder, verzoek: Verantwoordingen) -> Verantwoord:
    """All or nothing; only of the caller itself."""
    agb = houder.agb or ""
    rijen = (
        rij.model_dump(exclude_none=True) | {"ingetrokken": "ja" if rij.ingetrokken else "nee"} for rij in verzoek.verantwoordingen
    )
    return _tell(accept_records(werkplaats.asked_by(houder), houder.gemeente, agb, write_records(houder.gemeente, agb, rijen)))


@router.post(
    "/bestand",
    response_model=Verantwoord,
    summary="Verantwoord geleverde minuten met een bestand",
    description="Een CSV-bestand (UTF-8, puntkomma's) of een werkmap (XLSX, het eerste blad) met de kolommen"
    f" {';'.join(_KOLOMMEN)}; contactnummer en ingetrokken mogen ontbreken. Verder als bij losse verantwoordingen.",
    openapi_extra=ALS_TABEL,
)
async def post_bestand(request: Request, werkplaats: Plaats, houder: Aanbieder) -> Verantwoord:
    """All or nothing; only of the caller itself. A fault names the line of the file."""
    inhoud = await read_tabel(request, _TE_GROOT)
    ontvangst = await run_in_threadpool(accept_records, werkplaats.asked_by(houder), houder.gemeente, houder.agb or "", inhoud)
    return _tell(ontvangst, uit_bestand=True)


def _tell(ontvangst: Ontvangst, *, uit_bestand: bool = False) -> Verantwoord:
    verschil = ontvangst.inlezing.verschil
    if verschil is None:
        fouten = [fout if uit_bestand else _as_field(fout) for fout in ontvangst.inlezing.fouten]
        totaal = ontvangst.inlezing.totaal
        raise Probleem(
            400,
            f"Er is niets bewaard: {foutental(totaal)}. {herstel(totaal)} en stuur alles opnieuw.",
            fouten,
            aantalFouten=totaal,
        )
    return Verantwoord(
        nieuw=verschil.nieuw,
        gewijzigd=verschil.gewijzigd,
        ongewijzigd=verschil.ongewijzigd,
        ingetrokken=verschil.ingetrokken,
        hertoetst=[Hertoetst(prestatie_id=nummer, uitkomst=uitkomst) for nummer, uitkomst in ontvangst.uitkomsten.items()],
    )


def _as_field(fout: Invoerfout) -> Invoerfout:
    """The place in the request: the first record stands on the second line of the file."""
    if fout.regelnummer is None:
        return fout
    return replace(fout, pad=f"verantwoordingen[{fout.regelnummer - 2}].{fout.pad}".rstrip("."), regelnummer=None)
