"""Headers of every answer, whoever gives it: what a browser may do with it (nothing), and that nobody keeps it."""

VERSIE = "1.0.0"
"""Version of the API, not of the package."""
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
PORTAAL = "/portaal"
"""Under which path people find pages."""
_EIGEN = ("script-src", "style-src", "img-src", "font-src", "connect-src", "form-action")
_PAGINA_HEADERS = {
    **{naam: waarde for naam, waarde in VASTE_HEADERS.items() if naam != "API-Version"},
    # A page has files and forms of this service, and nothing inline.
    "Content-Security-Policy": "; ".join(
        ("default-src 'none'", *(f"{soort} 'self'" for soort in _EIGEN), "base-uri 'none'", "frame-ancestors 'none'")
    ),
}


def is_page(pad: str) -> bool:
    """Whether people look here with a browser."""
    return pad == PORTAAL or pad.startswith(PORTAAL + "/")


def headers_of(pad: str) -> dict[str, str]:
    """Headers of every answer at this path."""
    return _PAGINA_HEADERS if is_page(pad) else VASTE_HEADERS
