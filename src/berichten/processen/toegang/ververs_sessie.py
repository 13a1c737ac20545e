"""Ask the OpenID provider once more who somebody is and what that person may, while a session lasts.

One request does it for all: another one at the same time goes on with what is known. A refresh token is used once; that the
provider refuses it, or says another person by it, ends the session. When it does not answer, the session goes on for an hour.
"""

from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import DatabaseError

from berichten.inzage.basis.vermelding import as_logregel
from berichten.kern.houder import Herkomst, Sleutelhouder
from berichten.kern.persoon import Sessie
from berichten.klok import dutch_day
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.openid.openidsessies import Openidsessie, load_openid, note_refreshed, take_refresh
from berichten.opslag.toegang.inzagelog import add_logregel
from berichten.opslag.toegang.personen import Wie, find_linked
from berichten.opslag.toegang.sessies import end_sessie
from berichten.processen.basis.uitgever import Tokenfout, Uitgever, UitgeverFout
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.toegang.openid_persoon import (
    Openidpersoon,
    name_giver,
    read_id_token,
    read_openidpersoon,
    renew_rollen,
)
from berichten.processen.toegang.tokenpunt import Tokens, UitgeverWeigert, ask_tokens, next_refresh, revoke_refresh_token

LOG = structlog.get_logger("toegang")
_OPNIEUW = timedelta(minutes=1)
"""After so long another request tries again, when this one did not come back."""
_ZONDER_ANTWOORD = timedelta(hours=1)
"""So long a session lasts whose provider does not answer."""


def refresh_sessie(werkplaats: Werkplaats, tekst: str, sessie: Sessie) -> bool:
    """Ask again if it is time, and give and take roles by the answer; False when the session is over by it."""
    uitgever, nu = werkplaats.uitgever, werkplaats.instellingen.nu()
    if sessie.verversen_op is None or sessie.verversen_op > nu:
        return True
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        stand = take_refresh(verbinding, tekst, nu, nu + _OPNIEUW)
    if stand is None:
        return True
    if uitgever is None or uitgever.issuer != stand.issuer:
        return _end(werkplaats, sessie, "andere_uitgever", nu)
    try:
        tokens = ask_tokens(werkplaats.instellingen, uitgever, "refresh_token", refresh_token=stand.token or "")
        wie = read_openidpersoon(werkplaats.instellingen, read_id_token(werkplaats.instellingen, uitgever, tokens.id_token))
        _keep(werkplaats, uitgever, tekst, stand, wie, tokens, nu)
    except (UitgeverWeigert, Tokenfout, DatabaseError) as fout:
        return _end(werkplaats, sessie, type(fout).__name__ if isinstance(fout, DatabaseError) else str(fout), nu)
    except UitgeverFout as fout:
        LOG.warning("verversen_mislukt", issuer=uitgever.issuer, reden=str(fout))
        return nu - stand.ververst_op <= _ZONDER_ANTWOORD or _end(werkplaats, sessie, "geen_antwoord", nu)
    return True


def forget_refresh(werkplaats: Werkplaats, tekst: str) -> None:
    """Somebody logs out: the provider is told that the refresh token is not used any more, as far as it listens."""
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        stand = load_openid(verbinding, tekst)
    if stand is None or not stand.token or werkplaats.uitgever is None or werkplaats.uitgever.issuer != stand.issuer:
        return
    try:
        revoke_refresh_token(werkplaats.instellingen, werkplaats.uitgever, stand.token)
    except UitgeverFout as fout:
        LOG.info("intrekken_mislukt", issuer=stand.issuer, reden=str(fout))


def _keep(
    werkplaats: Werkplaats, uitgever: Uitgever, tekst: str, stand: Openidsessie, wie: Openidpersoon, tokens: Tokens, nu: datetime
) -> None:
    """Roles as they are now, and the token for the next time. Raises Tokenfout when it is another person, DatabaseError for roles
    that do not go together."""
    vandaag = dutch_day(nu)
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        persoon = find_linked(verbinding, wie.gemeente, stand.issuer, wie.subject)
        if persoon is None or wie.subject != stand.subject:
            raise Tokenfout("token_andere_persoon")
        renew_rollen(verbinding, persoon, wie, Wie(name_giver(uitgever.issuer), nu), vandaag, vandaag)
        note_refreshed(verbinding, tekst, tokens.refresh_token or stand.token or "", nu, next_refresh(nu, tokens))


def _end(werkplaats: Werkplaats, sessie: Sessie, reden: str, nu: datetime) -> bool:
    LOG.info("sessie_beeindigd", reden=reden)
    houder = Sleutelhouder(sessie.gemeente, sessie.persoon_id, sessie.rol, sessie.agb, sessie.naam, herkomst=Herkomst("verversen"))
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        end_sessie(verbinding, sessie)
        add_logregel(verbinding, sessie.gemeente, as_logregel(houder, nu, "sessie", "", actie="D", reden="verversen"), ())
    return False
