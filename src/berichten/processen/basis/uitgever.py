"""Who gives out tokens: an OpenID provider outside the house, what it says of itself, and the keys by which its tokens are known.

What it says is fetched seldom, whatever anybody sends: no more than once in five minutes, and never where it points us to next.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import httpx
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet

ALGORITMEN = ("PS256", "ES256", "RS256")
"""Signatures with a key of two halves, and no others: whoever knows how to check one cannot make one."""
VLOER = 300.0
"""Seconds between two times that the keys are fetched."""
NA_EEN_FOUT = 30.0
"""The same after a fetch that failed."""
SPELING = timedelta(seconds=30)
"""How far its clock may be from ours."""
_MEESTE = 200_000
_LANGST_TOKEN = 8_000


class Tokenfout(Exception):
    """A token that is not accepted; its text is a word of our own, for the log."""


class UitgeverFout(Exception):
    """The provider does not answer as one."""


def fetch_json(adres: str) -> dict[str, Any]:
    """What stands at this address. Raises UitgeverFout for whatever is no JSON object: a page, a redirect, nothing."""
    if urlsplit(adres).scheme != "https" and urlsplit(adres).hostname not in ("127.0.0.1", "localhost", "::1"):
        raise UitgeverFout("geen_https")
    try:
        antwoord = httpx.get(adres, follow_redirects=False, timeout=5.0)
        inhoud = antwoord.json() if antwoord.status_code == 200 and len(antwoord.content) <= _MEESTE else None
    except (httpx.HTTPError, ValueError) as fout:
        raise UitgeverFout("geen_antwoord") from fout
    if not isinstance(inhoud, dict):
        raise UitgeverFout("geen_antwoord")
    return inhoud


@dataclass(slots=True)
class _Opgehaald:
    """What was fetched, and when another fetch may be made."""

    inhoud: Any = None
    weer_vanaf: float = 0.0


class Uitgever:
    """One provider. Safe to use from several threads; `klok` is any steady clock in seconds."""

    def __init__(
        self, issuer: str, haal: Callable[[str], dict[str, Any]] = fetch_json, klok: Callable[[], float] = time.monotonic
    ) -> None:
        self.issuer = issuer
        self._haal, self._klok = haal, klok
        self._slot = Lock()
        self._over_zich, self._sleutels = _Opgehaald(), _Opgehaald()

    def address_of(self, wat: str) -> str:
        """An endpoint by its name in the discovery document, such as `token_endpoint`. Raises UitgeverFout."""
        with self._slot:
            return self._address_of(wat)

    def find_key(self, kid: str) -> Key:
        """The key that a token names. Raises Tokenfout when it has none of that name, and UitgeverFout when it has no keys."""
        with self._slot:
            gevonden = self._pick(kid)
            if gevonden is None and self._klok() >= self._sleutels.weer_vanaf:
                self._fetch_into(self._sleutels, lambda: KeySet.import_key_set(self._haal(self._address_of("jwks_uri"))))  # type: ignore[arg-type]
                gevonden = self._pick(kid)
            if self._sleutels.inhoud is None:
                raise UitgeverFout("geen_sleutels")
            if gevonden is None:
                raise Tokenfout("token_onbekende_sleutel")
            return gevonden

    def _pick(self, kid: str) -> Key | None:
        sleutels: KeySet | None = self._sleutels.inhoud
        return None if sleutels is None else next((item for item in sleutels.keys if item.kid == kid), None)

    def _address_of(self, wat: str) -> str:
        if self._over_zich.inhoud is None or self._klok() >= self._over_zich.weer_vanaf + 3600:
            if self._klok() < self._over_zich.weer_vanaf:
                raise UitgeverFout("geen_antwoord")
            self._fetch_into(self._over_zich, self._read_discovery)
        adres = (self._over_zich.inhoud or {}).get(wat)
        if not isinstance(adres, str):
            raise UitgeverFout(f"geen_{wat}")
        return adres

    def _read_discovery(self) -> dict[str, Any]:
        over_zich = self._haal(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if over_zich.get("issuer") != self.issuer:
            raise UitgeverFout("andere_uitgever")
        return over_zich

    def _fetch_into(self, plek: _Opgehaald, haal: Callable[[], Any]) -> None:
        """Anew; what was known stays known when that fails."""
        try:
            plek.inhoud = haal()
            plek.weer_vanaf = self._klok() + VLOER
        except (UitgeverFout, JoseError, ValueError, KeyError, TypeError) as fout:
            plek.weer_vanaf = self._klok() + NA_EEN_FOUT
            if plek.inhoud is None:
                raise UitgeverFout("geen_sleutels") from fout


def read_token(uitgever: Uitgever, token: str, soort: tuple[str, ...], publiek: str, nu: datetime) -> dict[str, Any]:
    """What a token says, once it is known to be of this provider, for us (`publiek`), of this kind (`typ`) and of now.

    Raises Tokenfout, and UitgeverFout when the provider cannot be asked for its keys.
    """
    kop = _read_head(token, soort)
    sleutel = uitgever.find_key(kop["kid"])
    if sleutel.alg not in (None, kop["alg"]) or sleutel.get("use", "sig") != "sig":
        raise Tokenfout("token_algoritme")
    try:
        gelezen = jwt.decode(token, sleutel, algorithms=[kop["alg"]])
    except (JoseError, ValueError, TypeError) as fout:
        raise Tokenfout("token_handtekening") from fout
    _check_claims(gelezen.claims, uitgever.issuer, publiek, nu)
    return dict(gelezen.claims)


def _read_head(token: str, soort: tuple[str, ...]) -> dict[str, Any]:
    if len(token) > _LANGST_TOKEN:
        raise Tokenfout("token_te_lang")
    try:
        kop = jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError, TypeError) as fout:
        raise Tokenfout("token_vorm") from fout
    if kop.get("alg") not in ALGORITMEN:
        raise Tokenfout("token_algoritme")
    if str(kop.get("typ", "")).lower().removeprefix("application/") not in soort:
        raise Tokenfout("token_soort")
    if not isinstance(kop.get("kid"), str):
        raise Tokenfout("token_onbekende_sleutel")
    return dict(kop)


def _check_claims(claims: dict[str, Any], issuer: str, publiek: str, nu: datetime) -> None:
    if claims.get("iss") != issuer:
        raise Tokenfout("token_andere_uitgever")
    voor = claims.get("aud")
    if publiek not in (voor if isinstance(voor, list) else [voor]):
        raise Tokenfout("token_voor_een_ander")
    einde, begin = _read_moment(claims, "exp"), _read_moment(claims, "nbf" if "nbf" in claims else "iat")
    if einde <= (nu - SPELING).timestamp():
        raise Tokenfout("token_verlopen")
    if begin > (nu + SPELING).timestamp():
        raise Tokenfout("token_nog_niet")


def _read_moment(claims: dict[str, Any], naam: str) -> float:
    waarde = claims.get(naam)
    if not isinstance(waarde, (int, float)) or isinstance(waarde, bool):
        raise Tokenfout("token_zonder_tijd")
    return waarde
