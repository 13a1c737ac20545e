"""Delivery records: an aanbieder accounts for what it billed, with or after its declaration."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import Depends
from pydantic import Field

from api.modellen import Model, Verzoek
from api.problemen import Probleem
from api.route import Router
from api.toegang import Plaats, require
from api.velden import Datum
from berichten.fouten import Invoerfout
from berichten.opslag.sleutels import Sleutelhouder
from berichten.processen.ontvang_verantwoording import SOORT, Ontvangst, accept_records
from berichten.processen.referentie_soorten import SOORTEN
from berichten.taal import foutental, herstel

router = Router(prefix="/verantwoordingen", tags=["verantwoordingen"])

Aanbieder = Annotated[Sleutelhouder, Depends(require("aanbieder"))]
_KOLOMMEN = [kolom.naam for kolom in SOORTEN[SOORT].kolommen]
_MEESTE = 10_000


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
    hertoetst: list[Hertoetst]


@router.post(
    "",
    response_model=Verantwoord,
    summary="Verantwoord geleverde minuten",
    description="Bij een regel (met het referentienummer) of bij een toewijzing en een maand. Dezelfde verantwoording opnieuw"
    " vervangt de eerdere. Klopt er één niet, dan wordt niets bewaard. Aangehouden regels waarover dit gaat, worden meteen opnieuw"
    " bekeken. Zet er geen Bsn in.",
)
def post_verantwoordingen(werkplaats: Plaats, houder: Aanbieder, verzoek: Verantwoordingen) -> Verantwoord:
    """All or nothing; only of the caller itself."""
    agb = houder.agb or ""
    ontvangst = accept_records(werkplaats, houder.gemeente, agb, _as_csv(houder.gemeente, agb, verzoek.verantwoordingen))
    return _tell(ontvangst)


def _as_csv(gemeente: str, agb: str, rijen: Sequence[Verantwoording]) -> bytes:
    """The same records as the reference file that the contract lays down."""
    tekst = io.StringIO()
    schrijver = csv.DictWriter(tekst, _KOLOMMEN, delimiter=";", lineterminator="\n")
    schrijver.writeheader()
    for rij in rijen:
        velden = rij.model_dump(exclude_none=True)
        schrijver.writerow(
            {naam: re.sub(r"[\r\n]", " ", str(waarde)) for naam, waarde in velden.items()} | {"gemeente": gemeente, "agb": agb}
        )
    return tekst.getvalue().encode()


def _tell(ontvangst: Ontvangst) -> Verantwoord:
    verschil = ontvangst.inlezing.verschil
    if verschil is None:
        fouten = [_as_field(fout) for fout in ontvangst.inlezing.fouten]
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
        hertoetst=[Hertoetst(prestatie_id=nummer, uitkomst=uitkomst) for nummer, uitkomst in ontvangst.uitkomsten.items()],
    )


def _as_field(fout: Invoerfout) -> Invoerfout:
    """The place in the request: the first record stands on the second line of the file."""
    if fout.regelnummer is None:
        return fout
    return replace(fout, pad=f"verantwoordingen[{fout.regelnummer - 2}].{fout.pad}".rstrip("."), regelnummer=None)
