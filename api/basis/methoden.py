"""What the address of a request knows besides what was asked: every method of it in Allow (RFC 9110, 15.5.6)."""

import re

from fastapi import FastAPI

_VAST = {"/v1/openapi.json": {"GET", "HEAD"}}
"""Addresses that the description leaves out."""


def allowed(app: FastAPI, pad: str) -> list[str]:
    """Methods of an address, HEAD wherever GET is; empty for an address that there is not."""
    paden = app.openapi()["paths"]
    gevonden = set(_VAST.get(pad, ()))
    for sjabloon, acties in paden.items():
        # An address that is there by name is not one of those with a number in that place.
        if pad.removeprefix("/v1") in paden and pad != f"/v1{sjabloon}":
            continue
        if re.fullmatch(r"/v1" + re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(sjabloon)), pad):
            gevonden |= {methode.upper() for methode in acties}
    return sorted(gevonden | ({"HEAD"} if "GET" in gevonden else set()))
