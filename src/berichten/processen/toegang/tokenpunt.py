"""The token endpoint of the OpenID provider: a code or a refresh token there, an ID token back; and how the portal proves itself.

With a secret (`client_secret_basic`), or with a key of its own (`private_key_jwt`), as the NL GOV profile for OAuth asks: then no
secret is known to two.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_token_request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, RSAKey, import_key

from berichten.instellingen import Instellingen
from berichten.processen.basis.uitgever import Uitgever, UitgeverFout

_KOP = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
_BEWIJSSOORT = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_BEWIJS_GELDIG = timedelta(minutes=1)
_ALGORITMEN = {"RSA": "PS256", "EC": "ES256"}
_VERVERS_NA, _NIET_VAKER = timedelta(minutes=15), timedelta(minutes=1)
_WACHT = 10.0
"""Seconds after which the provider did not answer."""


class UitgeverWeigert(UitgeverFout):
    """The provider answers, and does not give what was asked: asking again does not help."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the provider gave."""

    id_token: str
    refresh_token: str | None
    geldig: timedelta | None
    """How long its access token works, which we do not use; None when it does not say."""


def ask_tokens(instellingen: Instellingen, uitgever: Uitgever, soort: str, **vraag: str) -> Tokens:
    """What a grant of this kind (`authorization_code`, `refresh_token`) is worth.

    Raises UitgeverWeigert when the provider says no, and UitgeverFout when it does not answer as one.
    """
    antwoord = _send(instellingen, uitgever, "token_endpoint", prepare_token_request(soort, **vraag))
    try:
        inhoud = antwoord.json()
        duur = inhoud.get("expires_in")
        vers = inhoud.get("refresh_token")
        geldig = timedelta(seconds=duur) if isinstance(duur, int) and 0 < duur < 1_000_000 else None
        return Tokens(str(inhoud["id_token"]), vers if isinstance(vers, str) and vers else None, geldig)
    except (ValueError, KeyError, TypeError, AttributeError) as fout:
        raise UitgeverWeigert("geen_id_token") from fout


def next_refresh(nu: datetime, tokens: Tokens) -> datetime:
    """When the provider is asked again: as its access token ends, after a quarter of an hour at most and a minute at least."""
    return nu + max(_NIET_VAKER, min(_VERVERS_NA, tokens.geldig or _VERVERS_NA))


def revoke_refresh_token(instellingen: Instellingen, uitgever: Uitgever, token: str) -> None:
    """Tell the provider that this token is not used any more (RFC 7009). Raises UitgeverFout, also when it offers no such thing."""
    _send(instellingen, uitgever, "revocation_endpoint", urlencode({"token": token}))


def _send(instellingen: Instellingen, uitgever: Uitgever, waar: str, vraag: str) -> httpx.Response:
    adres = uitgever.address_of(waar)
    kop, inhoud = _prove(instellingen, uitgever, adres, vraag)
    try:
        antwoord = httpx.post(adres, content=inhoud, headers=kop, follow_redirects=False, timeout=_WACHT)
    except httpx.HTTPError as fout:
        raise UitgeverFout("geen_antwoord") from fout
    if 400 <= antwoord.status_code < 500 and antwoord.status_code not in (408, 429):
        raise UitgeverWeigert(_read_reason(antwoord))
    if antwoord.status_code != 200:
        raise UitgeverFout(f"status_{antwoord.status_code}")
    return antwoord


def _read_reason(antwoord: httpx.Response) -> str:
    """Its own word for it, such as `invalid_grant`, as far as it is one."""
    try:
        reden = str(antwoord.json()["error"])
    except (ValueError, KeyError, TypeError):
        return f"status_{antwoord.status_code}"
    return reden if reden.isascii() and reden.replace("_", "").isalnum() and len(reden) <= 40 else "onbekend"


def _prove(instellingen: Instellingen, uitgever: Uitgever, adres: str, vraag: str) -> tuple[dict[str, str], str]:
    client = instellingen.oidc_client_id
    if instellingen.oidc_client_sleutel is None:
        bewijs = ClientAuth(client, instellingen.oidc_client_geheim, "client_secret_basic")
        _, kop, inhoud = bewijs.prepare("POST", adres, dict(_KOP), vraag)
        return kop, inhoud
    sleutel = load_client_key(instellingen.oidc_client_sleutel)
    voor = uitgever.issuer if instellingen.oidc_bewijs_voor == "issuer" else uitgever.address_of("token_endpoint")
    verklaring = make_assertion(sleutel, client, voor, instellingen.nu_buiten())
    extra = {"client_id": client, "client_assertion_type": _BEWIJSSOORT, "client_assertion": verklaring}
    return _KOP, f"{vraag}&{urlencode(extra)}"


def make_assertion(sleutel: Key, client: str, voor: str, nu: datetime) -> str:
    """Who we are, signed, for this provider, for a minute, with a number of its own (RFC 7523)."""
    op = int(nu.timestamp())
    claims: dict[str, Any] = {
        "iss": client, "sub": client, "aud": voor, "iat": op, "exp": op + int(_BEWIJS_GELDIG.total_seconds()),
        "jti": secrets.token_urlsafe(24),
    }  # fmt: skip
    alg = str(sleutel.get("alg") or _ALGORITMEN[sleutel.key_type])
    return jwt.encode({"alg": alg, "typ": "JWT", "kid": sleutel.kid}, claims, sleutel, algorithms=["PS256", "RS256", "ES256"])


def load_client_key(pad: Path) -> Key:
    """The key in this file, PEM or a JWK, which the provider knows by its `kid` (without one: its thumbprint).

    Raises UitgeverFout for what is no private key of RSA or P-256. The file is read each time, so that another one works at once.
    """
    try:
        inhoud = pad.read_text()
        sleutel = import_key(json.loads(inhoud)) if inhoud.lstrip().startswith("{") else _import_pem(inhoud)
        geschikt = sleutel.is_private and sleutel.key_type in _ALGORITMEN
        sleutel.ensure_kid()
    except (OSError, JoseError, ValueError, KeyError, TypeError) as fout:
        raise UitgeverFout("geen_sleutel_van_het_portaal") from fout
    if not geschikt:
        raise UitgeverFout("geen_sleutel_van_het_portaal")
    return sleutel


def _import_pem(inhoud: str) -> Key:
    try:
        return RSAKey.import_key(inhoud)
    except (JoseError, ValueError, TypeError):
        return ECKey.import_key(inhoud)
