"""Delivery records as they are kept, for who sent them and for who weighs them."""

from datetime import date
from typing import Annotated, Literal

from fastapi import Depends, Query
from pydantic import Field

from api.basis.afgeleid import shows
from api.basis.modellen import Bladzijdemodel, Model
from api.basis.problemen import ANDERE_WIJZER, Probleem
from api.basis.route import Router
from api.basis.velden import Agb, GrotePagina, Maand, Toewijzingnummer
from api.deur.toegang import Plaats, require
from berichten.inzage.basis.bladzijde import WijzerFout
from berichten.inzage.naslag import verantwoordingen as inzage
from berichten.kern.houder import Sleutelhouder
from berichten.processen.besluiten.ontvang_verantwoording import SOORT
from berichten.processen.referentie.soorten import SOORTEN

router = Router(prefix="/verantwoordingen", tags=["verantwoordingen"])

Lezer = Annotated[Sleutelhouder, Depends(require("aanbieder", "contractbeheer", "financien"))]
Soort = Literal["direct", "groep", "indirect", "niet_clientgebonden", "no_show", "afgezegd"]


@shows(
    inzage.BewaardeVerantwoording,
    agb="De aanbieder die verantwoordt",
    referentienummer="Van de gedeclareerde regel; leeg bij toewijzing en maand",
    toewijzingnummer="De toewijzing, als die is genoemd",
    maand="De maand, als die is genoemd: jjjj-mm",
    datum="De dag van de hulp, als die is genoemd",
    minuten="Hoeveel minuten",
    soort="Wat voor tijd het was",
    niveau="Opleidingsniveau van wie de hulp gaf",
    registratie="Beroepsregistratie van wie de hulp gaf",
    contactnummer="Het nummer dat de aanbieder het contact gaf",
)
class BewaardeVerantwoording(Model):
    """Verantwoorde minuten zoals zij zijn bewaard."""


class BewaardeVerantwoordingen(Bladzijdemodel):
    """Een bladzijde verantwoordingen, op aanbieder en referentienummer."""

    verantwoordingen: list[BewaardeVerantwoording]
    volgende: str | None = Field(description="Wijzer naar de volgende bladzijde; leeg op de laatste")


@router.get(
    "",
    response_model=BewaardeVerantwoordingen,
    summary="Verantwoorde minuten",
    description="Een aanbieder ziet de eigen verantwoordingen, een medewerker die van de gemeente.",
)
def get_verantwoordingen(
    werkplaats: Plaats,
    houder: Lezer,
    agb: Annotated[Agb | None, Query()] = None,
    referentienummer: Annotated[
        str | None, Query(min_length=1, max_length=20, description="Van de gedeclareerde regel", examples=["R0001"])
    ] = None,
    toewijzingnummer: Annotated[Toewijzingnummer | None, Query()] = None,
    maand: Annotated[Maand | None, Query()] = None,
    soort: Annotated[Soort | None, Query(description="Wat voor tijd het was", examples=["direct"])] = None,
    pagina_grootte: GrotePagina = 200,
    volgende: Annotated[str | None, Query(max_length=2000, description="Uit het vorige antwoord", examples=["WyI0Il0"])] = None,
) -> BewaardeVerantwoordingen:
    """As far as the caller may see them."""
    gevraagd = {
        "agb": agb, "referentienummer": referentienummer, "toewijzingnummer": toewijzingnummer, "soort": soort,
        "maand": date.fromisoformat(f"{maand}-01") if maand else None,
    }  # fmt: skip
    gelijk = {naam: waarde for naam, waarde in gevraagd.items() if waarde is not None}
    try:
        bladzijde = inzage.list_verantwoordingen(werkplaats.seen_by(houder), SOORTEN[SOORT].tabel, gelijk, pagina_grootte, volgende)
    except WijzerFout as fout:
        raise Probleem(400, ANDERE_WIJZER) from fout
    return BewaardeVerantwoordingen.of(bladzijde)
