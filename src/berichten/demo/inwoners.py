"""The people of the demo, who log in at its portal."""

from datetime import timedelta

from berichten.instellingen import Instellingen
from berichten.opslag.toegang.gebruikers import list_gebruikers
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.processen.toegang.beheer_gebruikers import NieuweGebruiker, NieuweRol, add_gebruiker, change_wachtwoord
from berichten.processen.toegang.wachtwoord import make_wachtwoord
from berichten.voorbeelden.verhalen.werk import AANBIEDERS

GEMEENTE = "0484"
_MENSEN = (
    ("contractbeheer", "Ans de Wit", "contractbeheer"),
    ("financien", "Bo Smit", "financien"),
    ("financien2", "Chris Bakker", "financien"),
    ("aanbieder", "Dani Visser", "aanbieder"),
    ("beheer", "Els Mulder", "beheer"),
)
"""Log-in name, name and role; two of finance, since a payment run is approved by another person."""
_DOOR = "persoon:demo"


def add_inwoners(instellingen: Instellingen) -> dict[str, str]:
    """Make them, or give who is there a new password; passwords by log-in name."""
    with open_werkplaats(instellingen) as werkplaats:
        with werkplaats.opslag.transaction() as verbinding:
            bekend = {rij.inlognaam for rij in list_gebruikers(verbinding, instellingen.vandaag())}
        return {inlognaam: _admit(werkplaats, bekend, inlognaam, naam, rol) for inlognaam, naam, rol in _MENSEN}


def _admit(werkplaats: Werkplaats, bekend: set[str], inlognaam: str, naam: str, rol: str) -> str:
    wachtwoord = make_wachtwoord()
    if inlognaam in bekend:
        change_wachtwoord(werkplaats, inlognaam, wachtwoord, _DOOR)
    else:
        tot = werkplaats.instellingen.vandaag() + timedelta(days=365)
        rollen = (NieuweRol(rol, AANBIEDERS[0].agb if rol == "aanbieder" else None, tot),)
        add_gebruiker(werkplaats, NieuweGebruiker(GEMEENTE, naam, inlognaam, wachtwoord, rollen), _DOOR)
    return wachtwoord
