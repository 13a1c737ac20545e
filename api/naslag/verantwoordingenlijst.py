"""Delivery records as they are kept, for who sent them and for who weighs them."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from pydantic import Field
from sqlalchemy.exc import DataError

from api.basis.modellen import Model
from api.basis.problemen import Probleem
from api.basis.route import Router
from api.basis.velden import Agb, GrotePagina, Maand, Toewijzingnummer
from api.deur.toegang import Plaats, require, view_of
from api.naslag.referentie import read_cursor, write_cursor
from berichten.opslag.referentie.referentie import cursor_of, list_rows
from berichten.opslag.toegang.sleutels import Sleutelhouder
from berichten.processen.besluiten.ontvang_verantwoording import SOORT
from berichten.processen.referentie.soorten import SOORTEN

router = Router(prefix="/verantwoordingen", tags=["verantwoordingen"])

Lezer = Annotated[Sleutelhouder, Depends(require("aanbieder", "contractbeheer", "financien", "beheer"))]
Soort = Literal["direct", "groep", "indirect", "niet_clientgebonden", "no_show", "afgezegd"]
_ANDERE_WIJZER = "Deze waarde van 'volgende' hoort niet bij deze lijst. Neem hem precies over uit het vorige antwoord."


class BewaardeVerantwoording(Model):
    """Verantwoorde minuten zoals zij zijn bewaard."""

    agb: str = Field(description="De aanbieder die verantwoordt")
    referentienummer: str | None = Field(description="Van de gedeclareerde regel; leeg bij toewijzing en maand")
    toewijzingnummer: int | None = Field(description="De toewijzing, als die is genoemd")
    maand: str | None = Field(description="De maand, als die is genoemd: jjjj-mm")
    datum: date | None = Field(description="De dag van de hulp, als die is genoemd")
    minuten: int = Field(description="Hoeveel minuten")
    soort: str = Field(description="Wat voor tijd het was")
    niveau: str | None = Field(description="Opleidingsniveau van wie de hulp gaf")
    registratie: str = Field(description="Beroepsregistratie van wie de hulp gaf")
    contactnummer: str | None = Field(description="Het nummer dat de aanbieder het contact gaf")

    @classmethod
    def of(cls, rij: dict[str, Any]) -> "BewaardeVerantwoording":
        """From a row of the table; an empty text is no value."""
        velden: dict[str, Any] = {naam: None if rij[naam] == "" else rij[naam] for naam in cls.model_fields}
        return cls(**{**velden, "maand": f"{rij['maand']:%Y-%m}" if rij["maand"] else None})


class BewaardeVerantwoordingen(Model):
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
    tabel = SOORTEN[SOORT].tabel
    na = None if volgende is None else read_cursor(tabel, volgende)
    gevraagd = {
        "agb": agb, "referentienummer": referentienummer, "toewijzingnummer": toewijzingnummer, "soort": soort,
        "maand": date.fromisoformat(f"{maand}-01") if maand else None,
    }  # fmt: skip
    gelijk = {naam: waarde for naam, waarde in gevraagd.items() if waarde is not None}
    try:
        with werkplaats.opslag.transaction(view_of(houder)) as verbinding:
            rijen = list_rows(verbinding, tabel, houder.gemeente, pagina_grootte + 1, na=na, gelijk=gelijk)
    except DataError as fout:
        raise Probleem(400, _ANDERE_WIJZER) from fout
    getoond = rijen[:pagina_grootte]
    return BewaardeVerantwoordingen(
        verantwoordingen=[BewaardeVerantwoording.of(rij) for rij in getoond],
        volgende=write_cursor(cursor_of(tabel, getoond[-1])) if len(rijen) > pagina_grootte else None,
    )
