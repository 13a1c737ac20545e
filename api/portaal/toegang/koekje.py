"""Cookies of log-in: for this host only, over an encrypted line (or on this machine itself), out of reach of scripts."""

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


STAAT = "__Host-inlogstaat"
"""With what a browser leaves for an OpenID provider, and must come back."""
_ONDERWEG = 600


def read_staat(request: Request) -> str:
    """What the browser left with; empty when it did not leave from here."""
    return request.cookies.get(STAAT, "")


def set_staat(antwoord: Response, staat: str) -> None:
    """Hand it to the browser, for ten minutes."""
    antwoord.set_cookie(STAAT, staat, max_age=_ONDERWEG, path="/", secure=True, httponly=True, samesite="lax")


def drop_staat(antwoord: Response) -> None:
    """Take it back: one comes back once."""
    antwoord.delete_cookie(STAAT, path="/", secure=True, httponly=True, samesite="lax")
