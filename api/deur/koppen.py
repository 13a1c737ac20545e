"""Headers of every answer, whoever gives it: what a browser may do with it, and whether anybody keeps it."""

VERSIE = "1.0.0"
"""Version of the API, not of the package."""
PORTAAL = "/portaal"
STATISCH = "/portaal/statisch/"
VASTE_HEADERS = {
    "API-Version": VERSIE,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=31536000",
    # An answer is data: opened in a browser it loads nothing, runs nothing, is framed nowhere and tells no other site where it was.
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_PAGINA = {
    **{naam: waarde for naam, waarde in VASTE_HEADERS.items() if naam != "API-Version"},
    # A page loads what it is made of from here and from nowhere else, and nothing that stands in the page itself.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    # With no-referrer a browser sends Origin: null with its own forms, by which the door could not tell them from those of others.
    "Referrer-Policy": "same-origin",
    # A page and a part of it that a script asks for have one address.
    "Vary": "HX-Request",
}
_BESTAND = {naam: waarde for naam, waarde in _PAGINA.items() if naam != "Vary"} | {
    # Its name changes with what is in it.
    "Cache-Control": "public, max-age=31536000, immutable"
}


def is_page(pad: str) -> bool:
    """Whether an address is a page's, for people, and no operation."""
    return pad == PORTAAL or pad.startswith(f"{PORTAAL}/")


def headers_of(pad: str, status: int = 200) -> dict[str, str]:
    """What an answer from this address carries, besides what it says itself."""
    if pad.startswith(STATISCH) and status == 200:
        return _BESTAND
    return _PAGINA if is_page(pad) else VASTE_HEADERS
