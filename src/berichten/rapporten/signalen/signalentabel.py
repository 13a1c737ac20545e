"""Signals by kind and measures by step, in aanbieders: a table for who may see figures. Pure."""

from collections.abc import Mapping

from berichten.opslag.signalen.signaaltellingen import Signaaltelling
from berichten.rapporten.monitor.tabel import Tabel, Waarde

TITELS = {
    "S1": "Budget te vroeg op of overschreden",
    "S2": "Te laat gedeclareerd",
    "S3": "Veel afgewezen",
    "S4": "Minder verantwoord dan gedeclareerd",
    "S5": "Niveau, registratie of tarief klopt niet",
    "S6": "Hulp begint te laat",
    "S7": "Meer besteed dan afgesproken",
    "S8": "Papieren niet op orde",
    "S9": "Productieverantwoording ontbreekt",
    "S10": "Termijn van een afspraak voorbij",
    "DA22": "Nieuwe cliënten tijdens een cliëntenstop",
}
"""By kind, what a signal is called."""
TREDEN = {1: "Advies en stimulering", 2: "Correctie", 3: "Waarschuwing", 4: "Bestuursrechtelijk", 5: "Privaatrechtelijk"}
"""Steps of measures; they have no order."""
KOLOMMEN_SIGNALEN = ("soort", "omschrijving", "aanbieders_nieuw", "aanbieders_open", "aanbieders_gesloten", "aanbieders_maatregel")
_UITLEG = (
    "Geteld zijn aanbieders, en geen cliënten. Nieuw en gesloten zijn van de gevraagde periode; open is zoals het nu is.",
    "Bij een maatregel telt een aanbieder als zij op een dag van de periode gold.",
)


def make_signalen(signalen: Mapping[str, Signaaltelling], maatregelen: Mapping[int, int]) -> Tabel:
    """A row for each kind of signal, and for each step of measures."""
    rijen: list[tuple[Waarde, ...]] = []
    for soort, titel in TITELS.items():
        telling = signalen.get(soort) or Signaaltelling(soort, 0, 0, 0)
        rijen.append((soort, titel, telling.nieuw, telling.open, telling.gesloten, None))
    rijen += [(f"trede {trede}", naam, None, None, None, maatregelen.get(trede, 0)) for trede, naam in TREDEN.items()]
    return Tabel("signalen", KOLOMMEN_SIGNALEN, tuple(rijen), _UITLEG)
