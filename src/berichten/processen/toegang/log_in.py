"""Log in with a local account. Neither words nor time tell who guesses anything: not even which names there are."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from berichten.inzage.basis.vermelding import as_logregel
from berichten.kern.houder import Herkomst, Sleutelhouder
from berichten.klok import dutch_day
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.gebruikers import Account, find_account, note_ingelogd, note_poging
from berichten.opslag.toegang.inzagelog import add_logregel
from berichten.opslag.toegang.rollen import list_rollen_of
from berichten.opslag.toegang.sessies import begin_sessie
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.toegang.wachtwoord import fits_wachtwoord


class Inlogfout(Enum):
    """Why somebody is not let in. That an account has no role is told only to who has its password."""

    UIT = "uit"
    ONBEKEND = "onbekend"
    GEEN_ROL = "geen_rol"
    OPENID = "openid"
    """The way to the organisation's own log-in and back went wrong, or was somebody else's."""
    BOTST = "botst"
    """The provider gives roles that do not go together."""


@dataclass(frozen=True, slots=True)
class MoetWachten:
    """Too many wrong passwords for this name, whether there is such an account or not."""

    tot: datetime


def log_in(werkplaats: Werkplaats, inlognaam: str, wachtwoord: str, herkomst: Herkomst) -> str | Inlogfout | MoetWachten:
    """A session for who has this name and password: its text, for the browser's cookie."""
    if not werkplaats.instellingen.lokaal_inloggen:
        return Inlogfout.UIT
    nu, naam = werkplaats.instellingen.nu(), clean_inlognaam(inlognaam)
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        wachten = note_poging(verbinding, naam, nu)
        account = find_account(verbinding, naam, dutch_day(nu))
    if wachten is not None:
        return MoetWachten(wachten)
    goed = fits_wachtwoord(None if account is None else account.wachtwoord, wachtwoord)
    if account is None or not (goed and account.toegelaten):
        _log_refused(werkplaats, account, herkomst, nu)
        return Inlogfout.ONBEKEND
    return _enter(werkplaats, account, naam, herkomst, nu)


def clean_inlognaam(inlognaam: str) -> str:
    """A log-in name as it is kept: capitals and spaces around it do not matter."""
    return inlognaam.strip().lower().replace("\0", "")[:100]


def _enter(werkplaats: Werkplaats, account: Account, inlognaam: str, herkomst: Herkomst, nu: datetime) -> str | Inlogfout:
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        note_ingelogd(verbinding, inlognaam, nu)
        rollen = list_rollen_of(verbinding, account.persoon_id, dutch_day(nu), lokaal=True)
        if not rollen:
            return Inlogfout.GEEN_ROL
        rol = rollen[0]
        houder = Sleutelhouder(rol.gemeente, account.persoon_id, rol.rol, rol.agb, account.naam, herkomst=herkomst)
        add_logregel(verbinding, houder.gemeente, as_logregel(houder, nu, "sessie", "", actie="C"), ())
        return begin_sessie(verbinding, rol, nu)


def _log_refused(werkplaats: Werkplaats, account: Account | None, herkomst: Herkomst, nu: datetime) -> None:
    """In the access log of the gemeente whose account it is; of a name that is nobody's there is no gemeente to tell it to."""
    gemeente, wie = (account.gemeente, account.persoon_id) if account else ("", "")
    houder = Sleutelhouder(gemeente, wie, "", None, herkomst=herkomst)
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        add_logregel(verbinding, gemeente, as_logregel(houder, nu, "sessie", "", uitkomst="geweigerd", reden="wachtwoord"), ())
