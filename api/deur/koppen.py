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
