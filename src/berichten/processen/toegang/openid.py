"""Log in with the account of one's organisation: OpenID Connect, code flow with PKCE (S256), state and nonce.

Who somebody is, is told by issuer and subject and never by an e-mail address; what somebody may, by groups that the settings give a
meaning here. What the provider no longer says is taken away when it is asked again (`ververs_sessie.py`) or at the next log-in, and
ends by itself the day after this one.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import structlog
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from sqlalchemy.exc import DatabaseError

from berichten.inzage.basis.vermelding import as_logregel
from berichten.kern.houder import Herkomst, Sleutelhouder
from berichten.klok import dutch_day
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.openid.openidsessies import Openidsessie, keep_openid
from berichten.opslag.toegang.inlogstaten import Inlogstaat, keep_inlogstaat, take_inlogstaat
from berichten.opslag.toegang.inzagelog import add_logregel
from berichten.opslag.toegang.personen import Wie
from berichten.opslag.toegang.sessies import begin_sessie
from berichten.processen.basis.uitgever import Tokenfout, Uitgever, UitgeverFout
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.toegang.log_in import Inlogfout
from berichten.processen.toegang.openid_persoon import (
    Openidpersoon,
    find_or_make_persoon,
    name_giver,
    read_id_token,
    read_openidpersoon,
    renew_rollen,
)
from berichten.processen.toegang.tokenpunt import Tokens, ask_tokens, next_refresh

LOG = structlog.get_logger("toegang")
TERUG = "/portaal/inloggen/terug"
"""Path to which the provider sends people back."""
_EIND = "end_session_endpoint"


@dataclass(frozen=True, slots=True)
class Vertrek:
    """Where the browser goes, and what it must have with it when it comes back."""

    adres: str
    staat: str


@dataclass(frozen=True, slots=True)
class Aankomst:
    """What came back in the address."""

    staat: str
    code: str
    issuer: str
    """Empty when the provider does not name itself (RFC 9207)."""


@dataclass(frozen=True, slots=True)
class Ingelogd:
    """A session, and the page that was asked for."""

    sessie: str
    naar: str


def has_openid(werkplaats: Werkplaats) -> bool:
    """Whether people can log in at a provider."""
    return werkplaats.uitgever is not None and werkplaats.instellingen.oidc_client_id != ""


def leave(werkplaats: Werkplaats, naar: str) -> Vertrek | Inlogfout:
    """The way to the provider, with a page to come back to."""
    uitgever, instellingen = werkplaats.uitgever, werkplaats.instellingen
    if uitgever is None or not instellingen.oidc_client_id:
        return Inlogfout.UIT
    staat, nonce, verificatie = (secrets.token_urlsafe(32) for _ in range(3))
    try:
        adres = prepare_grant_uri(
            uitgever.address_of("authorization_endpoint"), instellingen.oidc_client_id, "code",
            redirect_uri=instellingen.portaal_adres + TERUG, scope=instellingen.oidc_scope, state=staat, nonce=nonce,
            code_challenge=create_s256_code_challenge(verificatie), code_challenge_method="S256",
        )  # fmt: skip
    except UitgeverFout as fout:
        return _tell(uitgever, fout)
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        keep_inlogstaat(verbinding, staat, Inlogstaat(nonce, verificatie, naar), instellingen.nu())
    return Vertrek(str(adres), staat)


def arrive(werkplaats: Werkplaats, koekje: str, terug: Aankomst, herkomst: Herkomst) -> Ingelogd | Inlogfout:
    """Who came back, as a session; `koekje` is the state that this browser left with."""
    uitgever, nu = werkplaats.uitgever, werkplaats.instellingen.nu()
    if uitgever is None:
        return Inlogfout.UIT
    if not terug.staat or not hmac.compare_digest(koekje.encode(), terug.staat.encode()):
        return Inlogfout.OPENID
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        staat = take_inlogstaat(verbinding, terug.staat, nu)
    if staat is None or terug.issuer not in ("", uitgever.issuer):
        return Inlogfout.OPENID
    try:
        claims, tokens = _fetch_claims(werkplaats, uitgever, terug.code, staat)
        wie = read_openidpersoon(werkplaats.instellingen, claims)
    except (UitgeverFout, Tokenfout) as fout:
        return _tell(uitgever, fout)
    sessie = _enter(werkplaats, uitgever, wie, tokens, herkomst, nu)
    return sessie if isinstance(sessie, Inlogfout) else Ingelogd(sessie, staat.naar)


def tell_end(werkplaats: Werkplaats) -> str | None:
    """Where one logs out at the provider too; None when that cannot be."""
    if werkplaats.uitgever is None or not has_openid(werkplaats):
        return None
    instellingen = werkplaats.instellingen
    naar = f"{instellingen.portaal_adres}/portaal/inloggen?uit=1"
    terug = {"client_id": instellingen.oidc_client_id, "post_logout_redirect_uri": naar}
    try:
        return f"{werkplaats.uitgever.address_of(_EIND)}?{urlencode(terug)}"
    except UitgeverFout:
        return None


def _tell(uitgever: Uitgever, fout: Exception) -> Inlogfout:
    LOG.warning("openid_mislukt", issuer=uitgever.issuer, reden=str(fout))
    return Inlogfout.OPENID


def _fetch_claims(werkplaats: Werkplaats, uitgever: Uitgever, code: str, staat: Inlogstaat) -> tuple[dict[str, Any], Tokens]:
    """What the ID token says that this code is worth, and what came with it. Raises UitgeverFout and Tokenfout."""
    instellingen = werkplaats.instellingen
    tokens = ask_tokens(
        instellingen, uitgever, "authorization_code", code=code, redirect_uri=instellingen.portaal_adres + TERUG,
        code_verifier=staat.verificatie,
    )  # fmt: skip
    claims = read_id_token(instellingen, uitgever, tokens.id_token)
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), staat.nonce.encode()):
        raise Tokenfout("token_andere_nonce")
    return claims, tokens


def _enter(
    werkplaats: Werkplaats, uitgever: Uitgever, wie: Openidpersoon, tokens: Tokens, herkomst: Herkomst, nu: datetime
) -> str | Inlogfout:
    vandaag, door = dutch_day(nu), Wie(name_giver(uitgever.issuer), nu)
    try:
        with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            persoon = find_or_make_persoon(verbinding, uitgever.issuer, wie, door)
            if persoon.geblokkeerd_op is not None or (persoon.actief_tot or vandaag) < vandaag:
                return Inlogfout.GEEN_ROL
            rollen = renew_rollen(verbinding, persoon, wie, door, vandaag, vandaag + timedelta(days=1))
            if not rollen:
                return Inlogfout.GEEN_ROL
            rol = rollen[0]
            houder = Sleutelhouder(rol.gemeente, persoon.persoon_id, rol.rol, rol.agb, persoon.naam, herkomst=herkomst)
            add_logregel(verbinding, rol.gemeente, as_logregel(houder, nu, "sessie", "", actie="C"), ())
            tekst = begin_sessie(verbinding, rol, nu)
            verversen_op = None if tokens.refresh_token is None else next_refresh(nu, tokens)
            keep_openid(
                verbinding, tekst, Openidsessie(uitgever.issuer, wie.subject, wie.sid, nu, tokens.refresh_token, verversen_op)
            )
            return tekst
    except DatabaseError as fout:
        LOG.warning("openid_rollen_geweigerd", issuer=uitgever.issuer, fout=type(fout).__name__)
        return Inlogfout.BOTST
