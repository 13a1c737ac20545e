"""The access log for who keeps watch over it. Asking is a look itself."""

from typing import Annotated

from fastapi import Depends, Query

from api.basis.route import Router
from api.basis.velden import MomentTot, MomentVanaf, Pagina
from api.deur.toegang import Plaats, require
from api.inzage.inzagemodellen import (
    WIJZER,
    WIJZER_VOORBEELD,
    Door,
    Inzageregels,
    Inzagezoekopdracht,
    ObjectId,
    Objectsoort,
    Rol,
    Uitkomst,
)
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.toegang.inzagelog import Logfilter, list_inzagen
from berichten.kern.houder import Sleutelhouder

router = Router(prefix="/inzagelog", tags=["inzagelog"])

Toezichthouder = Annotated[Sleutelhouder, Depends(require("beheer", "privacy"))]


@router.get(
    "",
    response_model=Inzageregels,
    summary="Wie wat heeft gezien of gevraagd, nieuwste eerst",
    description="Elke keer dat iemand gegevens van cliënten zag, en elke keer dat iets is geweigerd of niet gevonden. Ook deze"
    " vraag komt in het log. Wie er te zien waren staat er niet in: zoek daarvoor op een cliënt.",
)
def get_inzagelog(
    werkplaats: Plaats,
    houder: Toezichthouder,
    vanaf: Annotated[MomentVanaf | None, Query(description="Vanaf deze dag of dit moment")] = None,
    tot: Annotated[MomentTot | None, Query(description="Tot en met deze dag of dit moment")] = None,
    door: Annotated[Door | None, Query()] = None,
    rol: Annotated[Rol | None, Query()] = None,
    uitkomst: Annotated[Uitkomst | None, Query(description="Of er iets is getoond", examples=["geweigerd"])] = None,
    object_soort: Annotated[Objectsoort | None, Query(alias="objectSoort")] = None,
    object_id: Annotated[ObjectId | None, Query(alias="objectId")] = None,
    pagina_grootte: Pagina = 50,
    volgende: Annotated[
        str | None, Query(pattern=WIJZER, description="Uit het vorige antwoord", examples=[WIJZER_VOORBEELD])
    ] = None,
) -> Inzageregels:
    """Looks of the caller's own gemeente."""
    zeef = Logfilter(vanaf, tot, door, rol, uitkomst, object_soort, object_id)
    return _search(werkplaats.seen_by(houder), zeef, pagina_grootte, volgende)


@router.post(
    "/zoekopdrachten",
    response_model=Inzageregels,
    summary="Wie de gegevens van een cliënt heeft gezien",
    description="Met het burgerservicenummer in de inhoud van het verzoek, omdat een adres wordt bewaard en doorgegeven. Het"
    " overzicht voor de cliënt zelf maakt u met 'berichten inzage'.",
)
def post_zoekopdracht_inzagelog(werkplaats: Plaats, houder: Toezichthouder, vraag: Inzagezoekopdracht) -> Inzageregels:
    """Nothing of the question is kept but that this client was asked about."""
    zeef = Logfilter(vraag.vanaf, vraag.tot)
    return _search(werkplaats.seen_by(houder), zeef, vraag.pagina_grootte, vraag.volgende, vraag.bsn)


def _search(kijker: Kijker, zeef: Logfilter, pagina_grootte: int, volgende: str | None, bsn: str | None = None) -> Inzageregels:
    return Inzageregels.of(list_inzagen(kijker, zeef, pagina_grootte, volgende, bsn=bsn))
