"""Load what aanbieders account for by year and product. All of a file, or nothing; of one key the last row that was loaded counts.

gemeente;agb;jaar;productcategorie;productcode;eenheid;volume;bedrag;verklaring;oordeel;datum
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from berichten.opslag.controle.productieverantwoordingen import PRODUCTIE, add_productie
from berichten.opslag.referentie.referentie import Doeltabel
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.opgave import Geladen, Opgavesoort, load_opgave
from berichten.processen.referentie.soorten import Bestandskolom, Bestandsoort
from berichten.processen.referentie.waarden import (
    read_aantal,
    read_agb,
    read_centen,
    read_datum,
    read_gemeente,
    read_keuze,
    read_productcode,
    read_tekst,
)

SOORT: Final = "productieverantwoording"
_OORDELEN = ("goedkeurend", "beperking", "oordeelonthouding", "afkeurend")


def _judge(rij: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """An accountant's verklaring has an oordeel, and nothing else has."""
    met = rij["verklaring"] == "controleverklaring"
    if met and not rij["oordeel"]:
        yield "oordeel", f"is leeg. Een controleverklaring heeft een oordeel: {', '.join(_OORDELEN)}."
    if not met and rij["oordeel"]:
        yield "oordeel", f"is {rij['oordeel']}. Alleen een controleverklaring heeft een oordeel; laat het hier leeg."


_PRODUCTIE = Bestandsoort(
    SOORT,
    (
        Bestandskolom("gemeente", read_gemeente, cijfers=4),
        Bestandskolom("agb", read_agb, cijfers=8),
        Bestandskolom("jaar", read_aantal(2000, 2100)),
        Bestandskolom("productcategorie", read_tekst(2)),
        Bestandskolom("productcode", read_productcode),
        Bestandskolom("eenheid", read_tekst(2)),
        Bestandskolom("volume", read_aantal(0, 10**9)),
        Bestandskolom("bedrag", read_centen(12)),
        Bestandskolom("verklaring", read_keuze("controleverklaring", "bestuursverklaring", "geen")),
        Bestandskolom("oordeel", read_keuze(*_OORDELEN), leeg=""),
        Bestandskolom("datum", read_datum),
    ),
    Doeltabel(
        SOORT,
        PRODUCTIE,
        ("gemeente", "agb", "jaar", "productcategorie", "productcode", "eenheid"),
        None,
        None,
    ),
    toets=_judge,
)


def load_productie(werkplaats: Werkplaats, inhoud: bytes, door: str, gemeente: str | None = None) -> Geladen:
    """With `gemeente` a line of another one is a fault. `door`: who loads."""
    return load_opgave(werkplaats, Opgavesoort(_PRODUCTIE, SOORT, add_productie, actie="C"), inhoud, door, gemeente)
