"""One signal on the care of a family: what it is, what was answered, what came of it, and a form to answer."""

from typing import Annotated

from fastapi import Form, Path
from fastapi.responses import Response

from api.basis.problemen import raise_unless_found
from api.portaal.schil.bladzij import Bladzij, Casuskijker, Melding
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.signalen.casusgevolg import find_gevolg
from berichten.inzage.signalen.casussignalen import ANTWOORDEN, find_casussignaal
from berichten.kern.nietnu import NietNu
from berichten.processen.signalen.beantwoord_casus import answer_casussignaal

router = Paginarouter()
CasussignaalId = Annotated[int, Path(ge=1, le=2**63 - 1)]
_ONBEKEND = "Dit signaal is er niet, of het is niet van uw gemeente of team. Kies het uit de lijst."


@router.get("/casussignalen/{casussignaal_id}")
def get_casuspagina(bladzij: Casuskijker, casussignaal_id: CasussignaalId) -> Response:
    """404 also when it is another team's."""
    return _show(bladzij, casussignaal_id)


@router.post("/casussignalen/{casussignaal_id}/antwoorden")
def post_casusantwoord(
    bladzij: Casuskijker,
    casussignaal_id: CasussignaalId,
    antwoord: Annotated[str, Form()] = "",
    toelichting: Annotated[str, Form()] = "",
) -> Response:
    """A later answer takes the place of this one; nothing typed is lost."""
    if antwoord not in ANTWOORDEN:
        return _show(bladzij, casussignaal_id, {"antwoord": "Kies uw antwoord."}, antwoord, toelichting)
    uitkomst = answer_casussignaal(
        bladzij.handelend, bladzij.bezoeker.houder, casussignaal_id, antwoord, toelichting.strip()
    )  # fmt: skip
    if isinstance(uitkomst, NietNu):
        return _show(bladzij, casussignaal_id, {"toelichting": uitkomst.melding}, antwoord, toelichting)
    raise_unless_found(uitkomst, _ONBEKEND)
    return bladzij.go("/portaal/casussignalen", Melding("Uw antwoord is bewaard."))


def _show(
    bladzij: Bladzij, casussignaal_id: int, fouten: dict[str, str] | None = None, antwoord: str = "", toelichting: str = ""
) -> Response:
    dossier = raise_unless_found(find_casussignaal(bladzij.kijker, casussignaal_id), _ONBEKEND)
    is_team = bladzij.bezoeker.rol == "lokaal_team"
    return bladzij.show(
        "casus/casuspagina.html",
        status=400 if fouten else 200,
        titel=dossier.signaal.titel,
        dossier=dossier,
        signaal=dossier.signaal,
        gevolg=find_gevolg(bladzij.kijker, casussignaal_id) if dossier.antwoorden else None,
        woorden=ANTWOORDEN,
        is_team=is_team,
        mag=is_team or not dossier.signaal.team,
        fouten=fouten or {},
        antwoord=antwoord,
        toelichting=toelichting,
        waarschuw=bladzij.werkplaats.instellingen.waarschuw_werkdagen,
    )
