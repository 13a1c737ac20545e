"""A person chooses a password of their own: the old one is asked, and every session of before ends."""

from dataclasses import dataclass

from berichten.kern.houder import Herkomst
from berichten.kern.persoon import Sessie
from berichten.klok import dutch_day
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.gebruikers import (
    find_account_of,
    forget_pogingen,
    note_poging,
    update_wachtwoord,
)
from berichten.opslag.toegang.personen import Wie
from berichten.opslag.toegang.rollen import list_rollen_of
from berichten.opslag.toegang.sessies import begin_sessie, end_sessies_of
from berichten.processen.basis.handelingen import Handeling, note_done, note_refused
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.toegang.log_in import MoetWachten
from berichten.processen.toegang.volg_sessie import as_houder
from berichten.processen.toegang.wachtwoord import fits_wachtwoord, hash_wachtwoord, refuse_wachtwoord

_ANDER = "Dit is het wachtwoord dat u al hebt. Kies een ander."


@dataclass(frozen=True, slots=True)
class Wachtwoordkeuze:
    """What somebody types: the password of now, and the one to come."""

    huidig: str
    nieuw: str


@dataclass(frozen=True, slots=True)
class Wachtwoordfout:
    """What is wrong, in a sentence each; empty for what is right."""

    huidig: str = ""
    nieuw: str = ""


def find_inlognaam(werkplaats: Werkplaats, sessie: Sessie) -> str | None:
    """The log-in name that belongs to the password by which this person came in; None for who came in elsewhere."""
    if sessie.openid:
        return None
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        account = find_account_of(verbinding, sessie.persoon_id, werkplaats.instellingen.vandaag())
    return None if account is None else account.inlognaam


def choose_wachtwoord(
    werkplaats: Werkplaats, sessie: Sessie, keuze: Wachtwoordkeuze, herkomst: Herkomst
) -> str | Wachtwoordfout | MoetWachten:
    """Put another password in the place of one's own; the text of a new session, which is all that is left of those there were
    (empty: the role ended meanwhile).

    A wrong password counts as one at log-in: who finds a browser that somebody left open guesses no quicker here.
    """
    nu = werkplaats.instellingen.nu()
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        account = find_account_of(verbinding, sessie.persoon_id, dutch_day(nu))
        wachten = None if account is None else note_poging(verbinding, account.inlognaam, nu)
    if account is None:
        return Wachtwoordfout(huidig="U logt in met het account van uw organisatie. Daar wijzigt u uw wachtwoord.")
    if wachten is not None:
        return MoetWachten(wachten)
    handeling = Handeling(account.gemeente, sessie.persoon_id, "U", "gebruiker", sessie.persoon_id)
    namens = werkplaats.asked_by(as_houder(sessie, herkomst))
    if not fits_wachtwoord(account.wachtwoord, keuze.huidig):
        with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            note_refused(verbinding, namens, handeling, "wachtwoord")
        return Wachtwoordfout(huidig="Dit is niet uw wachtwoord van nu. Vul het in waarmee u inlogde.")
    reden = _ANDER if keuze.nieuw == keuze.huidig else refuse_wachtwoord(keuze.nieuw, account.naam, account.inlognaam)
    bewaard = "" if reden else hash_wachtwoord(keuze.nieuw)
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        forget_pogingen(verbinding, account.inlognaam, nu)
        if reden:
            return Wachtwoordfout(nieuw=reden)
        update_wachtwoord(verbinding, account.inlognaam, bewaard, Wie(sessie.persoon_id, nu))
        rollen = list_rollen_of(verbinding, sessie.persoon_id, dutch_day(nu), lokaal=True)
        rol = next((rol for rol in rollen if (rol.gemeente, rol.toekenning_id) == (sessie.gemeente, sessie.toekenning_id)), None)
        end_sessies_of(verbinding, sessie.persoon_id)
        note_done(verbinding, namens, handeling)
        return "" if rol is None else begin_sessie(verbinding, rol, nu, sessie.begonnen_op)
