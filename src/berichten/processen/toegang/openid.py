"""Log in with the account of one's organisation: OpenID Connect, code flow with PKCE (S256), state and nonce.

Who somebody is, is told by issuer and subject and never by an e-mail address; what somebody may, by groups that the settings give a
meaning here. What the provider no longer says is taken away at the next log-in, and ends by itself the day after this one.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
import structlog
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from berichten.inzage.basis.vermelding import as_logregel
from berichten.kern.houder import Herkomst, Sleutelhouder
from berichten.kern.persoon import PERSOONSROLLEN, Roltoekenning
from berichten.klok import dutch_day
from berichten.opslag.toegang.inlogstaten import Inlogstaat, keep_inlogstaat, take_inlogstaat
from berichten.opslag.toegang.inzagelog import add_logregel
from berichten.opslag.toegang.personen import Persoonrij, Wie, find_linked, find_persoon_named, insert_persoon, link_persoon
from berichten.opslag.toegang.rollen import grant_rol, list_rollen_of, withdraw_rollen_of
from berichten.opslag.toegang.sessies import begin_sessie
from berichten.processen.basis.uitgever import Tokenfout, Uitgever, UitgeverFout, read_token
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.toegang.log_in import Inlogfout

LOG = structlog.get_logger("toegang")
TERUG = "/portaal/inloggen/terug"
"""Path to which the provider sends people back."""
_SOORT = ("jwt", "")
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


@dataclass(frozen=True, slots=True)
class _Wie:
    """Somebody, as the provider tells."""

    subject: str
    naam: str
    gemeente: str
    rollen: tuple[tuple[str, str | None], ...]


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
            redirect_uri=instellingen.portaal_adres + TERUG, scope="openid profile", state=staat, nonce=nonce,
            code_challenge=create_s256_code_challenge(verificatie), code_challenge_method="S256",
        )  # fmt: skip
    except UitgeverFout as fout:
        return _tell(uitgever, fout)
    with werkplaats.opslag.transaction() as verbinding:
        keep_inlogstaat(verbinding, staat, Inlogstaat(nonce, verificatie, naar), instellingen.nu())
    return Vertrek(str(adres), staat)


def arrive(werkplaats: Werkplaats, koekje: str, terug: Aankomst, herkomst: Herkomst) -> Ingelogd | Inlogfout:
    """Who came back, as a session; `koekje` is the state that this browser left with."""
    uitgever, nu = werkplaats.uitgever, werkplaats.instellingen.nu()
    if uitgever is None:
        return Inlogfout.UIT
    if not terug.staat or not hmac.compare_digest(koekje.encode(), terug.staat.encode()):
        return Inlogfout.OPENID
    with werkplaats.opslag.transaction() as verbinding:
        staat = take_inlogstaat(verbinding, terug.staat, nu)
    if staat is None or terug.issuer not in ("", uitgever.issuer):
        return Inlogfout.OPENID
    try:
        wie = _read_wie(werkplaats, _fetch_claims(werkplaats, uitgever, terug.code, staat))
    except (UitgeverFout, Tokenfout) as fout:
        return _tell(uitgever, fout)
    sessie = _enter(werkplaats, uitgever, wie, herkomst, nu)
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


def _fetch_claims(werkplaats: Werkplaats, uitgever: Uitgever, code: str, staat: Inlogstaat) -> dict[str, Any]:
    """What the ID token says that this code is worth. Raises UitgeverFout and Tokenfout."""
    instellingen = werkplaats.instellingen
    adres = uitgever.address_of("token_endpoint")
    vraag = prepare_token_request(
        "authorization_code", code=code, redirect_uri=instellingen.portaal_adres + TERUG, code_verifier=staat.verificatie
    )
    kop = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    bewijs = ClientAuth(instellingen.oidc_client_id, instellingen.oidc_client_geheim, "client_secret_basic")
    adres, kop, inhoud = bewijs.prepare("POST", adres, kop, vraag)
    try:
        antwoord = httpx.post(adres, content=inhoud, headers=kop, follow_redirects=False, timeout=10.0)
        id_token = antwoord.json()["id_token"]
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as fout:
        raise UitgeverFout("geen_id_token") from fout
    claims = read_token(uitgever, str(id_token), _SOORT, instellingen.oidc_client_id, instellingen.nu_buiten())
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), staat.nonce.encode()):
        raise Tokenfout("token_andere_nonce")
    if claims.get("azp", instellingen.oidc_client_id) != instellingen.oidc_client_id:
        raise Tokenfout("token_voor_een_ander")
    return claims


def _read_wie(werkplaats: Werkplaats, claims: dict[str, Any]) -> _Wie:
    """The person and the roles that the claims stand for. Raises Tokenfout for what cannot be a person here."""
    instellingen = werkplaats.instellingen
    waar = instellingen.oidc_claim_gemeente
    gemeente = str(claims.get(waar, "")) if waar else instellingen.oidc_gemeente
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject or not _is_digits(gemeente, 4):
        raise Tokenfout("token_zonder_persoon")
    groepen = _as_list(claims.get(instellingen.oidc_claim_rollen))
    agbs = [agb for agb in _as_list(claims.get(instellingen.oidc_claim_agb)) if _is_digits(agb, 8)]
    rollen = {instellingen.oidc_rollen[groep] for groep in groepen if groep in instellingen.oidc_rollen} & set(PERSOONSROLLEN)
    paren = [(rol, agb) for rol in sorted(rollen) for agb in (agbs if rol == "aanbieder" else [None])]
    return _Wie(subject, str(claims.get("name") or "").strip()[:200], gemeente, tuple(paren))


def _as_list(waarde: object) -> list[str]:
    return [item for item in (waarde if isinstance(waarde, list) else [waarde]) if isinstance(item, str)]


def _is_digits(tekst: str, lengte: int) -> bool:
    return len(tekst) == lengte and tekst.isascii() and tekst.isdigit()


def _enter(werkplaats: Werkplaats, uitgever: Uitgever, wie: _Wie, herkomst: Herkomst, nu: datetime) -> str | Inlogfout:
    vandaag, door = dutch_day(nu), Wie(f"uitgever:{uitgever.issuer}", nu)
    try:
        with werkplaats.opslag.transaction() as verbinding:
            persoon = _find_or_make(verbinding, uitgever.issuer, wie, door)
            if persoon.geblokkeerd_op is not None or (persoon.actief_tot or vandaag) < vandaag:
                return Inlogfout.GEEN_ROL
            rollen = _renew_rollen(verbinding, persoon, wie, door, vandaag)
            if not rollen:
                return Inlogfout.GEEN_ROL
            rol = rollen[0]
            houder = Sleutelhouder(rol.gemeente, persoon.persoon_id, rol.rol, rol.agb, persoon.naam, herkomst=herkomst)
            add_logregel(verbinding, rol.gemeente, as_logregel(houder, nu, "sessie", "", actie="C"), ())
            return begin_sessie(verbinding, rol, nu)
    except DatabaseError as fout:
        LOG.warning("openid_rollen_geweigerd", issuer=uitgever.issuer, fout=type(fout).__name__)
        return Inlogfout.BOTST


def _find_or_make(verbinding: Connection, issuer: str, wie: _Wie, door: Wie) -> Persoonrij:
    bekend = find_linked(verbinding, wie.gemeente, issuer, wie.subject)
    if bekend is not None:
        return bekend
    naam = wie.naam or f"Medewerker {wie.subject[:40]}"
    if find_persoon_named(verbinding, wie.gemeente, naam) is not None:
        # Somebody else bears it, or the same person by another way: an administrator tells, and joins them.
        LOG.warning("naam_is_al_van_iemand", gemeente=wie.gemeente, issuer=issuer)
        naam = f"{naam} ({wie.subject[:40]})"
    persoon_id = insert_persoon(verbinding, wie.gemeente, naam, door)
    link_persoon(verbinding, wie.gemeente, issuer, wie.subject, persoon_id, door.op)
    return Persoonrij(wie.gemeente, persoon_id, naam, None, None)


def _renew_rollen(verbinding: Connection, persoon: Persoonrij, wie: _Wie, door: Wie, vandaag: date) -> list[Roltoekenning]:
    """What the provider says now in place of what it said before; roles that were given here stay."""
    withdraw_rollen_of(verbinding, persoon.gemeente, persoon.persoon_id, door)
    for rol, agb in wie.rollen:
        grant_rol(verbinding, persoon.gemeente, persoon.persoon_id, rol, agb, vandaag, vandaag + timedelta(days=1), door)
    return list_rollen_of(verbinding, persoon.persoon_id, vandaag)
