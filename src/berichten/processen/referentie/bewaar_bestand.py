"""A file of rows between the look and the loading: kept for who brought it, and a day at most."""

import hashlib

from berichten.kern.houder import Sleutelhouder
from berichten.opslag.besluiten.formulierconcepten import BEWAAR, delete_concept, find_velden, insert_concept
from berichten.processen.basis.werkplaats import Werkplaats

WEG = "Dit bestand is niet meer bewaard: u hebt een ander bestand gecontroleerd, of er is een dag voorbij. Kies het opnieuw."
"""Told when `find_bestand` finds none."""


def keep_bestand(werkplaats: Werkplaats, houder: Sleutelhouder, soort: str, inhoud: bytes) -> str:
    """Set a file aside, in the place of an earlier one of its kind; returns the mark by which it is asked back."""
    nu = werkplaats.instellingen.nu()
    with werkplaats.opslag.transaction() as verbinding:
        gepakt = werkplaats.kluis.pack(inhoud)
        insert_concept(verbinding, houder.gemeente, houder.sleutel_id, _place(soort), gepakt, nu, oud=nu - BEWAAR)
    return _mark(inhoud)


def find_bestand(werkplaats: Werkplaats, houder: Sleutelhouder, soort: str, merk: str) -> bytes | None:
    """The file of this kind that this person brought; None when another took its place, or its day is over."""
    sinds = werkplaats.instellingen.nu() - BEWAAR
    with werkplaats.opslag.transaction() as verbinding:
        gepakt = find_velden(verbinding, houder.gemeente, houder.sleutel_id, _place(soort), sinds)
    inhoud = None if gepakt is None else werkplaats.kluis.unpack(gepakt)
    return inhoud if inhoud is not None and _mark(inhoud) == merk else None


def drop_bestand(werkplaats: Werkplaats, houder: Sleutelhouder, soort: str) -> None:
    """It was loaded."""
    with werkplaats.opslag.transaction() as verbinding:
        delete_concept(verbinding, houder.gemeente, houder.sleutel_id, _place(soort))


def _place(soort: str) -> str:
    return f"/referentie/{soort}"


def _mark(inhoud: bytes) -> str:
    return hashlib.sha256(inhoud).hexdigest()
