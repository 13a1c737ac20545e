"""Sessions: whose is it, in which roles may that person be, and the end of it."""

from berichten.inzage.basis.vermelding import as_logregel
from berichten.kern.houder import Herkomst, Sleutelhouder
from berichten.kern.persoon import Roltoekenning, Sessie
from berichten.klok import dutch_day
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.openid.openidsessies import keep_openid, load_openid
from berichten.opslag.toegang.inzagelog import add_logregel
from berichten.opslag.toegang.rollen import list_rollen_of
from berichten.opslag.toegang.sessies import begin_sessie, end_sessie, find_sessie, find_verlopen
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.toegang.ververs_sessie import forget_refresh, refresh_sessie


def recognise_sessie(werkplaats: Werkplaats, tekst: str) -> Sessie | None:
    """Whose session this is, as long as it holds; when it is time, the OpenID provider behind it is asked first."""
    sessie = _find(werkplaats, tekst)
    if sessie is None or sessie.verversen_op is None or sessie.verversen_op > werkplaats.instellingen.nu():
        return sessie
    return _find(werkplaats, tekst) if refresh_sessie(werkplaats, tekst, sessie) else None


def _find(werkplaats: Werkplaats, tekst: str) -> Sessie | None:
    nu = werkplaats.instellingen.nu()
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        return find_sessie(verbinding, tekst, nu, dutch_day(nu))


def recognise_verlopen(werkplaats: Werkplaats, tekst: str) -> Sessie | None:
    """Whose session this was, of one that ended by itself in the last day; it opens nothing."""
    nu = werkplaats.instellingen.nu()
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        return find_verlopen(verbinding, tekst, nu, dutch_day(nu))


def list_rollen(werkplaats: Werkplaats, sessie: Sessie) -> list[Roltoekenning]:
    """Roles that this person may choose today, in every gemeente; one that was given twice is that of the session, or the last."""
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        rollen = list_rollen_of(verbinding, sessie.persoon_id, werkplaats.instellingen.vandaag(), lokaal=not sessie.openid)
    rollen.sort(key=lambda rol: (rol.toekenning_id == sessie.toekenning_id, rol.tot))
    gekozen = {(rol.gemeente, rol.rol, rol.agb or ""): rol for rol in rollen}
    return [gekozen[welke] for welke in sorted(gekozen)]


def choose_rol(
    werkplaats: Werkplaats, tekst: str, sessie: Sessie, gemeente: str, toekenning_id: int, herkomst: Herkomst
) -> str | None:
    """A new session in another role of the same person, in place of this one; None for a role that is not theirs today.

    `tekst` is that of the session, of which what the OpenID provider gave goes over into the new one. Logged under the new role.
    """
    nu = werkplaats.instellingen.nu()
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        rollen = list_rollen_of(verbinding, sessie.persoon_id, dutch_day(nu), lokaal=not sessie.openid)
        rol = next((item for item in rollen if (item.gemeente, item.toekenning_id) == (gemeente, toekenning_id)), None)
        if rol is None:
            return None
        nieuw = begin_sessie(verbinding, rol, nu, sessie.begonnen_op)
        openid = load_openid(verbinding, tekst)
        if openid is not None:
            keep_openid(verbinding, nieuw, openid)
        end_sessie(verbinding, sessie)
        houder = Sleutelhouder(rol.gemeente, sessie.persoon_id, rol.rol, rol.agb, sessie.naam, herkomst=herkomst)
        add_logregel(verbinding, rol.gemeente, as_logregel(houder, nu, "sessie", "", actie="U"), ())
        return nieuw


def log_out(werkplaats: Werkplaats, tekst: str, sessie: Sessie, herkomst: Herkomst) -> None:
    """End a session, with what the OpenID provider gave it."""
    forget_refresh(werkplaats, tekst)
    houder = as_houder(sessie, herkomst)
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        end_sessie(verbinding, sessie)
        regel = as_logregel(houder, werkplaats.instellingen.nu(), "sessie", "", actie="D")
        add_logregel(verbinding, sessie.gemeente, regel, ())


def as_houder(sessie: Sessie, herkomst: Herkomst) -> Sleutelhouder:
    """Who is logged in, as all use cases and views know who calls: what stands in a column `door` is the person."""
    return Sleutelhouder(sessie.gemeente, sessie.persoon_id, sessie.rol, sessie.agb, sessie.naam, herkomst=herkomst)
