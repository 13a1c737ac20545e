"""The cookie of a session: for this host only, over an encrypted line (or on this machine itself), out of reach of scripts."""

from fastapi import Request
from starlette.responses import Response

NAAM = "__Host-sessie"


def read_koekje(request: Request) -> str:
    """The text of the session that the browser has; empty without one."""
    return request.cookies.get(NAAM, "")


def set_koekje(antwoord: Response, tekst: str) -> None:
    """Hand a session to the browser, until that closes."""
    antwoord.set_cookie(NAAM, tekst, path="/", secure=True, httponly=True, samesite="lax")


def drop_koekje(antwoord: Response) -> None:
    """Take it back."""
    antwoord.delete_cookie(NAAM, path="/", secure=True, httponly=True, samesite="lax")
