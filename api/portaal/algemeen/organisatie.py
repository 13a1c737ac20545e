"""`/portaal/inloggen/openid` and `/portaal/inloggen/terug`: to the log-in of one's organisation, and back; and the end of it, by
the provider itself (`/portaal/inloggen/beeindigd`).

The way there is a link and not a form: `form-action 'self'` would hold a form that ends elsewhere.
"""

from typing import Annotated

from fastapi import Form, Query, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from api.basis.weigeringen import note_reason
from api.deur.toegang import Plaats, read_herkomst
from api.portaal.algemeen.inloggen import MELDINGEN, START, is_own, show_inloggen
from api.portaal.schil.bladzij import Melding
from api.portaal.schil.paginarouter import Paginarouter
from api.portaal.toegang.koekje import drop_staat, read_staat, set_koekje, set_staat
from berichten.processen.basis.uitgever import UitgeverFout
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.toegang.eind_elders import end_by_provider
from berichten.processen.toegang.log_in import Inlogfout
from berichten.processen.toegang.openid import Aankomst, arrive, leave

router = Paginarouter()
Kort = Annotated[str, Query(max_length=2000)]
Uitlogbericht = Annotated[str, Form(alias="logout_token", max_length=8000)]


@router.get("/inloggen/openid")
def get_openid(request: Request, werkplaats: Plaats, naar: Kort = "") -> Response:
    """To the provider, with the page that one was going to."""
    vertrek = leave(werkplaats, naar if is_own(naar) else START)
    if isinstance(vertrek, Inlogfout):
        return _refuse(request, werkplaats, vertrek)
    antwoord = RedirectResponse(vertrek.adres, 303)
    set_staat(antwoord, vertrek.staat)
    return antwoord


@router.get("/inloggen/terug")
def get_terug(request: Request, werkplaats: Plaats, state: Kort = "", code: Kort = "", iss: Kort = "") -> Response:
    """Back, in a session of one's own; 403 for who did not leave from here, was here already, or is nobody here."""
    uitkomst = arrive(werkplaats, read_staat(request), Aankomst(state, code, iss), read_herkomst(request))
    if isinstance(uitkomst, Inlogfout):
        antwoord = _refuse(request, werkplaats, uitkomst)
    else:
        antwoord = RedirectResponse(uitkomst.naar, 303)
        set_koekje(antwoord, uitkomst.sessie)
    drop_staat(antwoord)
    return antwoord


@router.post("/inloggen/beeindigd")
def post_beeindigd(request: Request, werkplaats: Plaats, bericht: Uitlogbericht = "") -> Response:
    """From the provider and not from a browser: a signature stands for who sends it. 400 for what is no word of the provider's."""
    try:
        gedaan = end_by_provider(werkplaats, bericht, read_herkomst(request))
    except UitgeverFout:
        return JSONResponse({"error": "temporarily_unavailable"}, 503)
    if gedaan:
        return Response(status_code=200)
    note_reason(request.state, "uitlogbericht")
    return JSONResponse({"error": "invalid_request"}, 400)


def _refuse(request: Request, werkplaats: Werkplaats, waarom: Inlogfout) -> Response:
    note_reason(request.state, f"inloggen_{waarom.value}")
    return show_inloggen(request, werkplaats, "", (Melding(MELDINGEN[waarom], "error"),), 403)
