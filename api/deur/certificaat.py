"""The header with the certificate of a system, which only the proxy that ends TLS may set (`Client-Cert`, RFC 9440).

The proxy takes the header away from whatever comes in, sets it itself, and says a secret with it; it is believed from the addresses
that the settings name, with that secret, once. Anything else with such a header is refused, whatever key it has too.
"""

import hmac
from ipaddress import ip_address, ip_network

from fastapi import Request

from api.basis.problemen import Probleem
from api.basis.weigeringen import note_reason
from berichten.instellingen import Instellingen

VELD, GEHEIM = "client-cert", "client-cert-geheim"
_NIET = "Dit certificaat kwam niet door onze toegangspoort. Verbind rechtstreeks met het adres dat de gemeente u gaf."
_TWEE = "U stuurde een certificaat en een API-sleutel. Gebruik een van beide."


def read_certificaat(request: Request, instellingen: Instellingen, heeft_sleutel: bool) -> str | None:
    """What stands in the header; None without one, or where no certificates are taken. 401 when it is not the proxy's, or beside a
    key."""
    velden = request.headers.getlist(VELD)
    if not instellingen.certificaat_geheim or not (velden or request.headers.getlist(GEHEIM)):
        return None
    if not _is_of_proxy(request, instellingen) or len(velden) > 1:
        note_reason(request.state, "certificaat_buiten_proxy")
        raise Probleem(401, _NIET)
    if not velden:
        # The proxy says its secret with everything that it passes on.
        return None
    if heeft_sleutel:
        note_reason(request.state, "certificaat_en_sleutel")
        raise Probleem(401, _TWEE)
    return velden[0]


def _is_of_proxy(request: Request, instellingen: Instellingen) -> bool:
    geheimen = request.headers.getlist(GEHEIM)
    if len(geheimen) != 1 or request.client is None:
        return False
    goed = hmac.compare_digest(geheimen[0].encode(), instellingen.certificaat_geheim.encode())
    try:
        # Of the proxy itself, whomever it asks for.
        adres = ip_address(getattr(request.state, "naaste", request.client.host))
    except ValueError:
        return False
    return goed and any(adres in ip_network(netwerk) for netwerk in instellingen.certificaat_proxy)
