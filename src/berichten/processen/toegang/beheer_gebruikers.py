"""Accounts and roles of people: made, given, and taken away at once."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError, IntegrityError

from berichten.fouten import Bedieningsfout
from berichten.kern.persoon import Roltoekenning
from berichten.klok import dutch_day
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.gebruikers import (
    Account,
    Gebruikerrij,
    find_account,
    forget_pogingen,
    insert_gebruiker,
    list_gebruikers,
    note_poging,
    update_wachtwoord,
)
from berichten.opslag.toegang.personen import (
    Wie,
    admit_persoon,
    bind_machinegebruiker,
    block_persoon,
    find_linked,
    find_persoon_named,
    insert_persoon,
    link_persoon,
    tell_trigger,
)
from berichten.opslag.toegang.rollen import grant_rol, is_waiting, list_heavy, list_rollen_of, withdraw_rol
from berichten.opslag.toegang.sessies import end_sessies_of
from berichten.processen.basis.handelingen import Handeling, note_done
from berichten.processen.basis.opdrachtgever import raise_unless_known
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.toegang.log_in import clean_inlognaam
from berichten.processen.toegang.wachtwoord import fits_wachtwoord, hash_wachtwoord


@dataclass(frozen=True, slots=True)
class NieuweRol:
    """A role to give; `tot` is its last day."""

    rol: str
    agb: str | None
    tot: date


@dataclass(frozen=True, slots=True)
class NieuweGebruiker:
    """A person to be let in with a password."""

    gemeente: str
    naam: str
    inlognaam: str
    wachtwoord: str
    rollen: tuple[NieuweRol, ...]
    zelf_gekozen: bool = False
    """Whether the person chose the password: of somebody who is made up nobody else knows it. Else one is chosen at the first
    log-in."""


@dataclass(frozen=True, slots=True)
class Gebruikerdossier:
    """Somebody with an account, and the roles of today with their days."""

    gebruiker: Gebruikerrij
    rollen: list[Roltoekenning]


def add_gebruiker(werkplaats: Werkplaats, nieuw: NieuweGebruiker, door: str) -> str:
    """Make a person with an account and roles; returns the person's id. Some roles wait for a second person, as in `give_rol`.

    Raises Bedieningsfout for a name or log-in name that is taken, and for roles that may not be given.
    """
    wie = Wie(door, werkplaats.instellingen.nu())
    bewaard, inlognaam = hash_wachtwoord(nieuw.wachtwoord), clean_inlognaam(nieuw.inlognaam)
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        if find_account(verbinding, inlognaam, dutch_day(wie.op)) is not None:
            raise Bedieningsfout(f"De inlognaam '{inlognaam}' is al van iemand. Kies een andere.")
        if find_persoon_named(verbinding, nieuw.gemeente, nieuw.naam) is not None:
            raise Bedieningsfout(
                f"In gemeente {nieuw.gemeente} is al iemand met de naam '{nieuw.naam}'. Geef een naam waaraan collega's hen uit"
                " elkaar houden, bijvoorbeeld met de afdeling erbij."
            )
        persoon_id = insert_persoon(verbinding, nieuw.gemeente, nieuw.naam, wie)
        zetter = replace(wie, door=persoon_id) if nieuw.zelf_gekozen else wie
        try:
            insert_gebruiker(verbinding, nieuw.gemeente, persoon_id, inlognaam, bewaard, zetter)
        except IntegrityError:
            raise Bedieningsfout("Een inlognaam heeft 3 tot 100 tekens en geen spaties. Kies een andere.") from None
        for rol in nieuw.rollen:
            _grant(verbinding, werkplaats, nieuw.gemeente, persoon_id, rol, wie)
        note_done(verbinding, werkplaats, Handeling(nieuw.gemeente, door, "C", "gebruiker", persoon_id))
    return persoon_id


def give_rol(werkplaats: Werkplaats, inlognaam: str, rol: NieuweRol, door: str) -> bool:
    """Give a role to who has an account; False when it waits for a second person (`bevestig_rollen.py`).

    Raises Bedieningsfout when there is no such account, or the role may not be given.
    """
    wie = Wie(door, werkplaats.instellingen.nu())
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        account = _require(verbinding, inlognaam, wie)
        nummer = _grant(verbinding, werkplaats, account.gemeente, account.persoon_id, rol, wie)
        note_done(verbinding, werkplaats, Handeling(account.gemeente, door, "C", "rol", account.persoon_id))
        return not is_waiting(verbinding, account.gemeente, nummer)


def take_rol(werkplaats: Werkplaats, inlognaam: str, rol: str, agb: str | None, door: str) -> bool:
    """Take a role away, at once; False when it was not there."""
    wie = Wie(door, werkplaats.instellingen.nu())
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        account = _require(verbinding, inlognaam, wie)
        gevonden = [
            item
            for item in list_rollen_of(verbinding, account.persoon_id, dutch_day(wie.op))
            if (item.gemeente, item.rol, item.agb) == (account.gemeente, rol, agb)
        ]
        gedaan = [withdraw_rol(verbinding, item.gemeente, item.toekenning_id, wie) for item in gevonden]
        if any(gedaan):
            note_done(verbinding, werkplaats, Handeling(account.gemeente, door, "D", "rol", account.persoon_id))
    return any(gedaan)


def change_wachtwoord(werkplaats: Werkplaats, inlognaam: str, wachtwoord: str, door: str, *, zelf_gekozen: bool = False) -> None:
    """Replace a password; who is logged in with the old one is out, and chooses another after the next log-in.

    `zelf_gekozen` as in NieuweGebruiker. Raises Bedieningsfout for a name that is nobody's.
    """
    wie, bewaard = Wie(door, werkplaats.instellingen.nu()), hash_wachtwoord(wachtwoord)
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        _replace_wachtwoord(verbinding, werkplaats, inlognaam, bewaard, wie, zelf_gekozen=zelf_gekozen)


def renew_wachtwoord(werkplaats: Werkplaats, inlognaam: str, wachtwoord: str, door: str) -> bool:
    """The same by a colleague, who comes to know it; whether a role waits now.

    Roles that take two people wait for a second one again: else who runs the service could be two people by herself.
    """
    wie, bewaard = Wie(door, werkplaats.instellingen.nu()), hash_wachtwoord(wachtwoord)
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        persoon_id = _replace_wachtwoord(verbinding, werkplaats, inlognaam, bewaard, wie)
        zwaar = list_heavy(verbinding, persoon_id, dutch_day(wie.op))
        for item in zwaar:
            # Also one that waits already: given anew by who knows the password, who then is not the one to confirm it.
            withdraw_rol(verbinding, item.gemeente, item.toekenning_id, wie)
            _grant(verbinding, werkplaats, item.gemeente, persoon_id, NieuweRol(item.rol, item.agb, item.tot), wie)
            note_done(verbinding, werkplaats, Handeling(item.gemeente, door, "U", "rol", persoon_id))
    return bool(zwaar)


def _replace_wachtwoord(
    verbinding: Connection, werkplaats: Werkplaats, inlognaam: str, bewaard: str, wie: Wie, *, zelf_gekozen: bool = False
) -> str:
    account = _require(verbinding, inlognaam, wie)
    zetter = replace(wie, door=account.persoon_id) if zelf_gekozen else wie
    update_wachtwoord(verbinding, account.inlognaam, bewaard, zetter)
    end_sessies_of(verbinding, account.persoon_id)
    note_done(verbinding, werkplaats, Handeling(account.gemeente, wie.door, "U", "gebruiker", account.persoon_id))
    return account.persoon_id


def link_gebruiker(werkplaats: Werkplaats, inlognaam: str, issuer: str, subject: str, door: str) -> None:
    """Who is called so by that provider is this person. Raises Bedieningsfout when that is somebody already, and as above."""
    wie = Wie(door, werkplaats.instellingen.nu())
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        account = _require(verbinding, inlognaam, wie)
        if find_linked(verbinding, account.gemeente, issuer, subject) is not None:
            raise Bedieningsfout(f"'{subject}' is al een persoon hier. Blokkeer die als het dezelfde mens is.")
        link_persoon(verbinding, account.gemeente, issuer, subject, account.persoon_id, wie.op)
        note_done(verbinding, werkplaats, Handeling(account.gemeente, door, "U", "gebruiker", account.persoon_id))


def bind_machine(werkplaats: Werkplaats, inlognaam: str, wachtwoord: str, gebruiker: str) -> str:
    """Who types as this user of the machine is the person of this account, of whom the password proves it; returns the name.

    Raises Bedieningsfout for what does not belong together, a password that a colleague made, and too many tries.
    """
    nu, naam = werkplaats.instellingen.nu(), clean_inlognaam(inlognaam)
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        wachten = note_poging(verbinding, naam, nu)
        account = find_account(verbinding, naam, dutch_day(nu))
    if wachten is not None:
        raise Bedieningsfout("Er is te vaak een verkeerd wachtwoord gegeven. Wacht een uur en probeer het opnieuw.")
    goed = fits_wachtwoord(None if account is None else account.wachtwoord, wachtwoord)
    if account is None or not (goed and account.toegelaten and account.eigen_wachtwoord):
        raise Bedieningsfout(
            "Deze inlognaam en dit wachtwoord horen niet bij elkaar, of u koos in het portaal nog geen eigen wachtwoord."
        )
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        forget_pogingen(verbinding, naam, nu)
        bind_machinegebruiker(verbinding, account.gemeente, gebruiker, account.persoon_id)
        note_done(verbinding, werkplaats, Handeling(account.gemeente, account.persoon_id, "U", "gebruiker", account.persoon_id))
    return account.naam


def block_gebruiker(werkplaats: Werkplaats, inlognaam: str, door: str) -> bool:
    """Keep somebody out from the next request on; False when that was so already. Raises Bedieningsfout as above."""
    wie = Wie(door, werkplaats.instellingen.nu())
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        account = _require(verbinding, inlognaam, wie)
        end_sessies_of(verbinding, account.persoon_id)
        note_done(verbinding, werkplaats, Handeling(account.gemeente, door, "U", "gebruiker", account.persoon_id))
        return block_persoon(verbinding, account.persoon_id, wie)


def admit_gebruiker(werkplaats: Werkplaats, inlognaam: str, door: str) -> bool:
    """Let somebody in again; False for who was not blocked. Raises Bedieningsfout as above."""
    wie = Wie(door, werkplaats.instellingen.nu())
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        account = _require(verbinding, inlognaam, wie)
        note_done(verbinding, werkplaats, Handeling(account.gemeente, door, "U", "gebruiker", account.persoon_id))
        return admit_persoon(verbinding, account.persoon_id, wie)


def list_gebruikers_of(werkplaats: Werkplaats, gemeente: str) -> list[Gebruikerrij]:
    """Everybody with an account in this gemeente, with the roles of today."""
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        return [rij for rij in list_gebruikers(verbinding, werkplaats.instellingen.vandaag()) if rij.gemeente == gemeente]


def find_gebruiker(werkplaats: Werkplaats, gemeente: str, persoon_id: str) -> Gebruikerdossier | None:
    """Who has an account in this gemeente; None for anybody else."""
    vandaag = werkplaats.instellingen.vandaag()
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        for rij in list_gebruikers(verbinding, vandaag):
            if (rij.gemeente, rij.persoon_id) == (gemeente, persoon_id):
                rollen = list_rollen_of(verbinding, persoon_id, vandaag)
                return Gebruikerdossier(rij, [rol for rol in rollen if rol.gemeente == gemeente])
    return None


def _require(verbinding: Connection, inlognaam: str, wie: Wie) -> Account:
    account = find_account(verbinding, clean_inlognaam(inlognaam), dutch_day(wie.op))
    if account is None:
        raise Bedieningsfout(f"Er is geen gebruiker met inlognaam '{inlognaam}'. Bekijk ze met: berichten gebruiker lijst.")
    return account


def _grant(verbinding: Connection, werkplaats: Werkplaats, gemeente: str, persoon_id: str, rol: NieuweRol, wie: Wie) -> int:
    try:
        nummer = grant_rol(verbinding, gemeente, persoon_id, rol.rol, rol.agb, dutch_day(wie.op), rol.tot, wie)
    except DatabaseError as fout:
        anders = f"De rol {rol.rol} kan zo niet: zij geldt hooguit een jaar, en alleen bij aanbieder hoort een AGB-code."
        raise Bedieningsfout(tell_trigger(fout) or anders) from None
    if is_waiting(verbinding, gemeente, nummer):
        raise_unless_known(verbinding, werkplaats, gemeente, wie.door)
    return nummer
