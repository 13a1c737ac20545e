"""Roles that take two people: who runs the service and who pays are let in by one person and confirmed by another."""

from sqlalchemy.exc import DatabaseError

from berichten.fouten import Bedieningsfout
from berichten.kern.persoon import Wachtenderol
from berichten.klok import dutch_day
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.personen import Wie, tell_trigger
from berichten.opslag.toegang.rollen import confirm_rol, list_waiting, withdraw_rol
from berichten.processen.basis.handelingen import Handeling, note_done, note_refused
from berichten.processen.basis.opdrachtgever import raise_unless_known
from berichten.processen.basis.werkplaats import Werkplaats

_GEEN = "Er wacht geen rol met nummer {nummer}. Bekijk wat wacht met: berichten gebruiker wachtend."
_ZELF = "Een rol wordt bevestigd door een ander dan wie haar gaf of krijgt. Vraag een collega."


class NietWachtend(Bedieningsfout):
    """No role with this number waits here, or no longer."""


def list_wachtende_rollen(werkplaats: Werkplaats, gemeente: str) -> list[Wachtenderol]:
    """Roles of this gemeente that wait for a second person, oldest first."""
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        return list_waiting(verbinding, gemeente, werkplaats.instellingen.vandaag())


def confirm_wachtende_rol(werkplaats: Werkplaats, gemeente: str, toekenning_id: int, door: str) -> Wachtenderol:
    """It counts from now on. Raises NietWachtend, and Bedieningsfout for who gave it or gets it, which is logged."""
    wie = Wie(door, werkplaats.instellingen.nu())
    rol = _find(werkplaats, gemeente, toekenning_id, wie)
    try:
        with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            raise_unless_known(verbinding, werkplaats, gemeente, door)
            if not confirm_rol(verbinding, gemeente, toekenning_id, wie):
                raise NietWachtend(_GEEN.format(nummer=toekenning_id))
            note_done(verbinding, werkplaats, Handeling(gemeente, door, "U", "rol", rol.persoon_id))
    except DatabaseError as fout:
        with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            note_refused(verbinding, werkplaats, Handeling(gemeente, door, "U", "rol", rol.persoon_id), "vier_ogen")
        raise Bedieningsfout(tell_trigger(fout) or _ZELF) from None
    return rol


def refuse_wachtende_rol(werkplaats: Werkplaats, gemeente: str, toekenning_id: int, door: str) -> Wachtenderol:
    """It is taken back before it counted; whoever may give roles may do so. Raises NietWachtend."""
    wie = Wie(door, werkplaats.instellingen.nu())
    rol = _find(werkplaats, gemeente, toekenning_id, wie)
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        withdraw_rol(verbinding, gemeente, toekenning_id, wie)
        note_done(verbinding, werkplaats, Handeling(gemeente, door, "D", "rol", rol.persoon_id))
    return rol


def _find(werkplaats: Werkplaats, gemeente: str, toekenning_id: int, wie: Wie) -> Wachtenderol:
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        for rol in list_waiting(verbinding, gemeente, dutch_day(wie.op)):
            if rol.toekenning_id == toekenning_id:
                return rol
    raise NietWachtend(_GEEN.format(nummer=toekenning_id))
