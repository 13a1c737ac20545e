"""Load how many jeugdigen live in a gemeente on 1 January of a year. All of a file, or nothing.

CSV (semicolon, UTF-8) or a workbook: `gemeente;jaar;leeftijd_van;leeftijd_tot;aantal;peildatum;bron`, ages in whole years, both
included. What is loaded is never deleted; a later row of the same gemeente, year and ages takes its place from then on.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from berichten.opslag.kwartaal.inwoners import JEUGDIGEN, add_jeugdigen
from berichten.opslag.referentie.referentie import Doeltabel
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.opgave import Geladen, Opgavesoort, load_opgave
from berichten.processen.referentie.soorten import Bestandskolom, Bestandsoort
from berichten.processen.referentie.waarden import read_aantal, read_datum, read_gemeente, read_tekst

OUDSTE = 120


def _judge(rij: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if rij["leeftijd_tot"] < rij["leeftijd_van"]:
        yield "leeftijd_tot", f"is {rij['leeftijd_tot']}, en dat is minder dan leeftijd_van. Draai de leeftijden om."
    if rij["peildatum"] != date(rij["jaar"], 1, 1):
        yield "peildatum", f"is {rij['peildatum']}. Geef het aantal jeugdigen op {rij['jaar']}-01-01."


_JEUGDIGEN = Bestandsoort(
    "jeugdigen",
    (
        Bestandskolom("gemeente", read_gemeente, cijfers=4),
        Bestandskolom("jaar", read_aantal(2015, 2100)),
        Bestandskolom("leeftijd_van", read_aantal(0, OUDSTE)),
        Bestandskolom("leeftijd_tot", read_aantal(0, OUDSTE)),
        Bestandskolom("aantal", read_aantal(0, 10_000_000)),
        Bestandskolom("peildatum", read_datum),
        Bestandskolom("bron", read_tekst(200)),
    ),
    Doeltabel("jeugdigen", JEUGDIGEN, ("gemeente", "jaar", "leeftijd_van", "leeftijd_tot"), None, None),
    toets=_judge,
)


def load_jeugdigen(werkplaats: Werkplaats, inhoud: bytes, door: str, gemeente: str | None = None) -> Geladen:
    """`door`: who loads; with `gemeente` a line of another one is a fault."""
    return load_opgave(werkplaats, Opgavesoort(_JEUGDIGEN, "jeugdigen", add_jeugdigen), inhoud, door, gemeente)
