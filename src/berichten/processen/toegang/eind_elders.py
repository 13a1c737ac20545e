"""The OpenID provider says that somebody logged out there (OpenID Connect Back-Channel Logout 1.0): it is over here at once."""

from datetime import timedelta
from typing import Any

import structlog

from berichten.inzage.basis.vermelding import as_logregel
from berichten.kern.houder import Herkomst, Sleutelhouder
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.openid.uitlogberichten import end_openid, note_uitlogbericht
from berichten.opslag.toegang.inzagelog import add_logregel
from berichten.processen.basis.uitgever import Tokenfout, UitgeverFout, read_token
from berichten.processen.basis.werkplaats import Werkplaats

LOG = structlog.get_logger("toegang")
_SOORT = ("logout+jwt", "jwt", "")
_GEBEURTENIS = "http://schemas.openid.net/event/backchannel-logout"
_HOOGUIT_OUD = timedelta(minutes=10)


def end_by_provider(werkplaats: Werkplaats, logout_token: str, herkomst: Herkomst) -> bool:
    """End the sessions that a logout token is about; False when it is none of the provider's, for us, of now and new.

    Raises UitgeverFout when the provider cannot be asked for its keys: it sends it again.
    """
    uitgever, nu = werkplaats.uitgever, werkplaats.instellingen.nu()
    if uitgever is None or not werkplaats.instellingen.oidc_client_id:
        return False
    try:
        claims = _read(werkplaats, logout_token)
    except Tokenfout as fout:
        LOG.warning("uitlogbericht_geweigerd", issuer=uitgever.issuer, reden=str(fout))
        return False
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        if not note_uitlogbericht(verbinding, claims["jti"], nu):
            LOG.warning("uitlogbericht_geweigerd", issuer=uitgever.issuer, reden="token_kwam_al")
            return False
        weg = end_openid(verbinding, uitgever.issuer, claims.get("sub", ""), claims.get("sid", ""))
        for sessie in weg:
            houder = Sleutelhouder(sessie.gemeente, sessie.persoon_id, sessie.rol, sessie.agb, sessie.naam, herkomst=herkomst)
            add_logregel(verbinding, sessie.gemeente, as_logregel(houder, nu, "sessie", "", actie="D", reden="uitgever"), ())
    LOG.info("uitgelogd_bij_uitgever", issuer=uitgever.issuer, sessies=len(weg))
    return True


def _read(werkplaats: Werkplaats, logout_token: str) -> dict[str, Any]:
    """Its claims, as section 2.6 of the standard asks. Raises Tokenfout and UitgeverFout."""
    instellingen = werkplaats.instellingen
    if werkplaats.uitgever is None:
        raise UitgeverFout("geen_uitgever")
    claims = read_token(werkplaats.uitgever, logout_token, _SOORT, instellingen.oidc_client_id, instellingen.nu_buiten())
    gebeurtenissen = claims.get("events")
    if not isinstance(gebeurtenissen, dict) or not isinstance(gebeurtenissen.get(_GEBEURTENIS), dict) or "nonce" in claims:
        # An ID token is signed by the same key, for us too.
        raise Tokenfout("token_soort")
    wie = [claims[naam] for naam in ("sub", "sid") if naam in claims]
    if not wie or not all(isinstance(item, str) and item for item in wie):
        raise Tokenfout("token_zonder_persoon")
    op, nummer = claims.get("iat"), claims.get("jti")
    if not isinstance(nummer, str) or not nummer:
        raise Tokenfout("token_onvolledig")
    if not isinstance(op, (int, float)) or op < (instellingen.nu_buiten() - _HOOGUIT_OUD).timestamp():
        raise Tokenfout("token_verlopen")
    return claims
