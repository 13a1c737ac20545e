"""What stands out in the care of families, for who does the casework."""

from datetime import date
from typing import Annotated, Any

from fastapi import Depends
from fastapi.responses import Response
from pydantic import Field

from api.basis.accept import Mediatype
from api.basis.afgeleid import shows
from api.basis.modellen import Model
from api.basis.route import Router
from api.deur.toegang import Plaats, require
from berichten.inzage.signalen import casussignalen as inzage
from berichten.kern.houder import Sleutelhouder
from berichten.rapporten.monitor.tabel import as_csv
from berichten.rapporten.uitvoer.als_csv import MEDIATYPE

router = Router(prefix="/casussignalen", tags=["signalen"])

Casuskijker = Annotated[Sleutelhouder, Depends(require("contractbeheer"))]
_ALS_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIATYPE: {"schema": {"type": "string"}}}}}


@shows(
    inzage.Casusregel,
    soort=Field(
        description="L2: dure hulp in twaalf maanden; L4: herindicatie zonder evaluatie; L5: drie of meer aanbieders in een"
        " maand; L6: zeer dure hulp in een kalenderjaar",
        examples=["L5"],
    ),
    toewijzingen=Field(description="Toewijzingen waar het over gaat"),
    zin=Field(description="Wat er is, in een zin"),
)
class Casusregel(Model):
    """Een signaal over de hulp aan een gezin."""


class Casussignalen(Model):
    """Signalen over de hulp aan gezinnen."""

    regels: list[Casusregel] = Field(description="De signalen")
    antwoord_voor: date = Field(description="Tot en met welke dag het lokale team antwoordt", examples=["2026-07-28"])


@router.get(
    "",
    response_model=Casussignalen,
    summary="Signalen over de hulp aan gezinnen, voor het lokale team",
    description="Dure hulp, veel aanbieders tegelijk, en herindicatie zonder gehouden evaluatie, op nummer van de toewijzing. Als"
    " JSON of als CSV volgens de header Accept. Elke keer kijken komt in het inzagelog.",
    responses=_ALS_CSV,
)
def get_casussignalen(werkplaats: Plaats, houder: Casuskijker, mediatype: Mediatype) -> Response | Casussignalen:
    """For contract management, which hands it to the team; a role of the team itself is not there yet."""
    lijst = inzage.list_casussignalen(werkplaats.seen_by(houder), als_bestand=mediatype == MEDIATYPE)
    if mediatype == MEDIATYPE:
        kop = {"Content-Disposition": 'attachment; filename="casussignalen.csv"'}
        return Response(as_csv(inzage.as_tabel(lijst)), media_type=f"{MEDIATYPE}; charset=utf-8", headers=kop)
    return Casussignalen(regels=[Casusregel.of(regel) for regel in lijst.regels], antwoord_voor=lijst.antwoord_voor)
