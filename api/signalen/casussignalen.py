"""What stands out in the care of families, for who has the regie over it."""

from typing import Annotated, Any, Literal

from fastapi import Depends, Path, Query
from fastapi.responses import Response
from pydantic import Field

from api.basis.accept import Mediatype
from api.basis.afgeleid import shows
from api.basis.modellen import Lijstmodel, Model, Verzoek
from api.basis.problemen import NIET_NU, raise_unless_done, raise_unless_found
from api.basis.route import Router
from api.deur.toegang import Plaats, require
from berichten.inzage.signalen import casussignalen as inzage
from berichten.kern.houder import Sleutelhouder
from berichten.processen.signalen.beantwoord_casus import answer_casussignaal
from berichten.rapporten.monitor.tabel import as_csv
from berichten.rapporten.uitvoer.als_csv import MEDIATYPE

router = Router(prefix="/casussignalen", tags=["signalen"])

Casuskijker = Annotated[Sleutelhouder, Depends(require("contractbeheer", "lokaal_team"))]
Casusregisseur = Annotated[Sleutelhouder, Depends(require("lokaal_team", "contractbeheer", mens=True))]
CasussignaalId = Annotated[int, Path(ge=1, le=2**63 - 1, description="Uit de lijst van signalen over gezinnen")]
Antwoord = Literal["passend", "evaluatie_gepland", "afgeschaald", "beeindigd", "geen_regie"]
_ALS_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIATYPE: {"schema": {"type": "string"}}}}}
_ONBEKEND = "Dit signaal is er niet, of u mag het niet zien. Kies het uit de lijst."


@shows(
    inzage.Casusregel,
    casussignaal_id=Field(description="Nummer van het signaal", examples=[484000012]),
    soort=Field(
        description="L1: traject op 80% van het kader of erover; L2: meer dan € 50.000 in twaalf maanden; L3: traject kostte meer"
        " dan twee keer het middelste van de zorgvorm; L4: herindicatie zonder evaluatie; L5: drie of meer aanbieders in een maand;"
        " L6: meer dan € 500.000 in een kalenderjaar",
        examples=["L5"],
    ),
    toewijzingen=Field(description="Toewijzingen waar het over gaat; voor een lokaal team alleen die van het team"),
    zin=Field(description="Wat er is, in een zin"),
    team=Field(description="Voor wie het is; leeg: contractbeheer, omdat niemand de regie heeft of niemand over alles"),
    eerste_dag=Field(description="Dag waarop het voor het eerst is gevonden"),
    uiterste_dag=Field(description="Laatste dag om te antwoorden"),
    antwoord=Field(description="Het laatste antwoord; leeg als er nog geen is", examples=["passend"]),
    gaat_af=Field(description="Of het bij de laatste keer rekenen nog zo was"),
    titel="Hoe het signaal heet",
)
class Casusregel(Model):
    """Een signaal over de hulp aan een gezin."""


class Casussignalen(Lijstmodel):
    """Signalen over de hulp aan gezinnen."""

    regels: list[Casusregel] = Field(description="De signalen")


@shows(
    inzage.Antwoordregel,
    antwoord=Field(description="Wat er is geantwoord", examples=["evaluatie_gepland"]),
    door=Field(description="Wie antwoordde; leeg voor het team zelf"),
    gegeven_op=Field(description="Wanneer"),
)
class Casusantwoord(Model):
    """Een antwoord op een signaal over een gezin."""


@shows(
    inzage.Casusdossier,
    signaal=Field(description="Het signaal"),
    antwoorden=Field(description="Wat er is geantwoord, oudste eerst"),
)
class Casusdossier(Model):
    """Een signaal over een gezin, met de antwoorden."""


class Casusantwoordverzoek(Verzoek):
    """Uw antwoord."""

    antwoord: Antwoord = Field(description="Wat u ervan vindt")
    toelichting: str = Field("", max_length=2000, description="Waarom, zonder burgerservicenummer; mag leeg")


@router.get(
    "",
    response_model=Casussignalen,
    summary="Signalen over de hulp aan gezinnen",
    description="Lange en dure hulp, veel aanbieders tegelijk, en herindicatie zonder gehouden evaluatie, op nummer van de"
    " toewijzing. Iemand van een lokaal team ziet wat vandaag van het team is, contractbeheer alles. Als JSON of als CSV volgens de"
    " header Accept. De nacht rekent ze uit. Elke keer kijken komt in het inzagelog.",
    responses=_ALS_CSV,
)
def get_casussignalen(
    werkplaats: Plaats,
    houder: Casuskijker,
    mediatype: Mediatype,
    ook_beantwoord: Annotated[bool, Query(alias="ookBeantwoord", description="Ook wat al is beantwoord")] = True,
) -> Response | Casussignalen:
    """As far as the caller may see them; who first must answer stands first."""
    als_bestand = mediatype == MEDIATYPE
    regels = inzage.list_casussignalen(werkplaats.seen_by(houder), als_bestand=als_bestand, ook_beantwoord=ook_beantwoord)
    if als_bestand:
        kop = {"Content-Disposition": 'attachment; filename="casussignalen.csv"'}
        return Response(as_csv(inzage.as_tabel(regels)), media_type=f"{MEDIATYPE}; charset=utf-8", headers=kop)
    return Casussignalen.of(regels)


@router.get(
    "/{casussignaalId}",
    response_model=Casusdossier,
    summary="Eén signaal over een gezin, met de antwoorden",
    description="Wie dit opvraagt, ziet iets van een cliënt; dat komt in het inzagelog.",
)
def get_casussignaal(werkplaats: Plaats, houder: Casuskijker, casussignaalId: CasussignaalId) -> Casusdossier:  # noqa: N803
    """404 also when it is another team's."""
    return _dossier(werkplaats, houder, casussignaalId)


@router.post(
    "/{casussignaalId}/antwoorden",
    status_code=201,
    response_model=Casusdossier,
    summary="Antwoord op een signaal over een gezin",
    description="Het team antwoordt op zijn signalen, contractbeheer op die van niemand. Een later antwoord komt ervoor in de"
    " plaats. Met 'geen_regie' gaat het signaal naar contractbeheer.",
    responses={404: {}, **NIET_NU},
)
def post_casusantwoord(
    werkplaats: Plaats,
    houder: Casusregisseur,
    casussignaalId: CasussignaalId,  # noqa: N803
    verzoek: Casusantwoordverzoek,
) -> Casusdossier:
    """409 when it is for another to answer."""
    gegeven = answer_casussignaal(
        werkplaats.asked_by(houder), houder, casussignaalId, verzoek.antwoord, verzoek.toelichting
    )  # fmt: skip
    raise_unless_done(gegeven, _ONBEKEND)
    return _dossier(werkplaats, houder, casussignaalId)


def _dossier(werkplaats: Plaats, houder: Sleutelhouder, casussignaal_id: int) -> Casusdossier:
    gevonden = inzage.find_casussignaal(werkplaats.seen_by(houder), casussignaal_id)
    return Casusdossier.of(raise_unless_found(gevonden, _ONBEKEND))
