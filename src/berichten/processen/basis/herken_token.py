"""Which system sends this access token (RFC 9068), and in which role: that of its registration, not one that a token asks for."""

from datetime import timedelta

import structlog

from berichten.instellingen import Instellingen
from berichten.kern.houder import Sleutelfout, Sleutelhouder
from berichten.opslag.basis.verbinding import Login, Opslag
from berichten.opslag.toegang.systemen import find_client
from berichten.processen.basis.uitgever import Tokenfout, Uitgever, UitgeverFout, read_token

LOG = structlog.get_logger("toegang")
LANGST = timedelta(hours=1)
"""A token that works longer is refused (NL GOV profile for OAuth)."""
_SOORT = ("at+jwt",)


def is_token(bewijs: str) -> bool:
    """Whether this is a token and no API key: those begin with a gemeentecode."""
    return bewijs.startswith("eyJ")


def recognise_token(instellingen: Instellingen, opslag: Opslag, uitgever: Uitgever, token: str) -> Sleutelhouder | Sleutelfout:
    """The system that a token is of, or why it does not work; more precisely why stands in the log."""
    try:
        client = _read_client(instellingen, uitgever, token)
        with opslag.transaction(Login.PORTIER) as verbinding:
            houder = find_client(verbinding, uitgever.issuer, client)
        if houder is None:
            raise Tokenfout("token_onbekend_systeem")
    except Tokenfout as fout:
        LOG.info("token_geweigerd", reden=str(fout))
        return Sleutelfout.JWT
    except UitgeverFout as fout:
        LOG.error("uitgever_onbereikbaar", issuer=uitgever.issuer, reden=str(fout))
        return Sleutelfout.UITGEVER
    return houder


def _read_client(instellingen: Instellingen, uitgever: Uitgever, token: str) -> str:
    claims = read_token(uitgever, token, _SOORT, instellingen.token_audience, instellingen.nu_buiten())
    client = claims.get("client_id")
    if not isinstance(client, str) or not client or not isinstance(claims.get("jti"), str):
        raise Tokenfout("token_onvolledig")
    if claims.get("sub", client) != client:
        # A person's token: a person logs in at the portal, and a system acts in no person's name.
        raise Tokenfout("token_van_een_persoon")
    if claims["exp"] - claims.get("iat", claims["exp"]) > LANGST.total_seconds():
        raise Tokenfout("token_te_lang_geldig")
    return client
