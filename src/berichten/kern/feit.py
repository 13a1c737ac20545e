"""Which facts a rule of the gemeente needs, and how it is told that they are not there.

A check that lacks its facts says so and flags nothing: nobody is held to what is not known (DOMAIN section 5).
"""

from enum import IntFlag

NIVEAUS = ("MBO", "MBO/HBO", "HBO", "HBO/HBO+", "HBO+", "HBO+/WO", "WO", "WO+", "WO++", "WO+++")
"""Education levels, low to high."""
RANG = {niveau: rang for rang, niveau in enumerate(NIVEAUS)}


class Feit(IntFlag):
    """What may be missing for a line; kept with the line as the sum of these numbers, which therefore never change."""

    VERANTWOORDING = 1
    """Delivery records for the line."""
    MINUTEN = 2
    """A billed volume in time, to hold recorded minutes against."""
    GEZINSPLAN = 4
    """An agreement in the family plan on the level that is needed."""
    NIVEAU = 8
    """The education level that is billed, derived from code and tariff."""
    KADER = 16
    """A frame that holds for the product."""
    GEBOORTEDATUM = 32
    """Birth date of the client, from a JW301."""
    RUIMTE = 64
    """Spending room or a ceiling of the aanbieder for this product and period."""
    FTE_PRIJS = 128
    """The price of an fte a year, for a product that is paid by the fte; never missing for another."""


GEEN = Feit(0)
REDENEN = {
    Feit.VERANTWOORDING: "er is geen verantwoording van de geleverde minuten",
    Feit.MINUTEN: "de regel is niet in minuten of uren gedeclareerd",
    Feit.GEZINSPLAN: "er is geen afspraak uit het gezinsplan bekend",
    Feit.NIVEAU: "het gedeclareerde opleidingsniveau is uit productcode en tarief niet op te maken",
    Feit.KADER: "voor dit product geldt geen kader",
    Feit.GEBOORTEDATUM: "de geboortedatum van de cliënt is niet bekend",
    Feit.RUIMTE: "er is geen bestedingsruimte of plafond vastgelegd",
    Feit.FTE_PRIJS: "er is voor dit product geen prijs van een fte geladen",
}
"""Why something could not be checked, as the second half of a Dutch sentence."""


def tell_missing(ontbreekt: int) -> str:
    """The reasons for each of these missing facts, joined."""
    return " en ".join(reden for feit, reden in REDENEN.items() if feit & ontbreekt)
