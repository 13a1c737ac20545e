"""The people of the demo: seven log in at its portal, and two more had a hand in what it has on record."""

from dataclasses import dataclass
from datetime import timedelta

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.gebruikers import list_gebruikers
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.toegang.beheer_gebruikers import NieuweGebruiker, NieuweRol, add_gebruiker, change_wachtwoord
from berichten.processen.toegang.bevestig_rollen import confirm_wachtende_rol, list_wachtende_rollen
from berichten.processen.toegang.wachtwoord import make_wachtwoord
from berichten.voorbeelden.verhalen.werk import AANBIEDERS

GEMEENTE = "0484"
TEAMLID = "Ina de Jong"
"""Who works in the local team: members are known by name."""
_MENSEN = (
    ("contractbeheer", "Ans de Wit", "contractbeheer"),
    ("financien", "Bo Smit", "financien"),
    ("financien2", "Chris Bakker", "financien"),
    ("aanbieder", "Dani Visser", "aanbieder"),
    ("beheer", "Els Mulder", "beheer"),
    ("accountant", "Fred Vos", "controle"),
    ("team", TEAMLID, "lokaal_team"),
    ("gijs", "Gijs Dekker", "financien"),
    ("hanna", "Hanna Vos", "financien"),
)
"""Log-in name, name and role; two of finance, since a payment run is approved by another person."""
_COLLEGAS = frozenset({"gijs", "hanna"})
"""Who lays down and confirms accounts, and so approves no run; nobody logs in as them."""
_DOOR, _TWEEDE = "persoon:demo", "persoon:demo, de tweede"


@dataclass(frozen=True, slots=True)
class Inwoners:
    """By log-in name."""

    wachtwoorden: dict[str, str]
    """Of who logs in."""
    ids: dict[str, str]
    """What stands in a column `door` for each of them."""


def add_inwoners(werkplaats: Werkplaats) -> Inwoners:
    """Make them, or give who is there a new password."""
    bekend = _list_ids(werkplaats)
    wachtwoorden = {inlognaam: _admit(werkplaats, inlognaam in bekend, inlognaam, naam, rol) for inlognaam, naam, rol in _MENSEN}
    geteld = {inlognaam: wachtwoord for inlognaam, wachtwoord in wachtwoorden.items() if inlognaam not in _COLLEGAS}
    return Inwoners(geteld, _list_ids(werkplaats))


def _list_ids(werkplaats: Werkplaats) -> dict[str, str]:
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        return {rij.inlognaam: rij.persoon_id for rij in list_gebruikers(verbinding, werkplaats.instellingen.vandaag())}


def _admit(werkplaats: Werkplaats, bekend: bool, inlognaam: str, naam: str, rol: str) -> str:
    wachtwoord = make_wachtwoord()
    if bekend:
        change_wachtwoord(werkplaats, inlognaam, wachtwoord, _DOOR, zelf_gekozen=True)
    else:
        tot = werkplaats.instellingen.vandaag() + timedelta(days=365)
        rollen = (NieuweRol(rol, AANBIEDERS[0].agb if rol == "aanbieder" else None, tot),)
        # Nobody else is this person: the passwords that the demo shows work right away.
        nieuw = NieuweGebruiker(GEMEENTE, naam, inlognaam, wachtwoord, rollen, zelf_gekozen=True)
        add_gebruiker(werkplaats, nieuw, _DOOR)
        for wachtend in list_wachtende_rollen(werkplaats, GEMEENTE):
            confirm_wachtende_rol(werkplaats, GEMEENTE, wachtend.toekenning_id, _TWEEDE)
    return wachtwoord
