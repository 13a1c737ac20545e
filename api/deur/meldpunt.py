"""Where whoever finds a weakness can tell it: `/.well-known/security.txt` (RFC 9116)."""

from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from api.basis.problemen import Probleem

GELDIG_TOT = date(2027, 10, 31)
"""Day on which somebody must have looked at this page again: less than a year ahead, and put forward with a release."""
PAD = "/.well-known/security.txt"
_TEKST = """Contact: {meldpunt}
Expires: {tot}T00:00:00Z
Preferred-Languages: nl, en
"""
_GEEN = "Deze installatie heeft geen meldpunt ingesteld. Meld een zwakke plek bij de gemeente zelf."

router = APIRouter(include_in_schema=False)


@router.get(PAD)
def get_security_txt(request: Request) -> Response:
    """The contact of the settings; 404 where none was set, for a made-up one would let a report get lost."""
    meldpunt: str = request.app.state.meldpunt
    if not meldpunt:
        raise Probleem(404, _GEEN)
    return PlainTextResponse(_TEKST.format(meldpunt=meldpunt, tot=GELDIG_TOT))
