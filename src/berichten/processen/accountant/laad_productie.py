"""Load what aanbieders account for by year and product. All of a file, or nothing; of one key the last row that was loaded counts.

gemeente;agb;jaar;productcategorie;productcode;eenheid;volume;bedrag;verklaring;oordeel;datum
"""

from collections.abc import Iterable, Mapping
from typing import Any

from berichten.fouten import Invoerfout
from berichten.opslag.controle.productieverantwoordingen import Productieregel, add_productie
from berichten.opslag.referentie.referentie import Doeltabel
from berichten.processen.basis.handelingen import Handeling, note_done
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.monitor.laad_indicator import Geladen
from berichten.processen.referentie.bestand import read_lines
from berichten.processen.referentie.rijen import Fouten, check_together, read_rows
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

SOORT = "productieverantwoording"
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
        ("gemeente", "agb", "jaar", "productcategorie", "productcode", "eenheid", "volume", "bedrag", "verklaring", "oordeel",
         "datum"),
        ("gemeente", "agb", "jaar", "productcategorie", "productcode", "eenheid"),
        None,
        None,
    ),
    toets=_judge,
)  # fmt: skip


def load_productie(werkplaats: Werkplaats, inhoud: bytes, door: str, gemeente: str | None = None) -> Geladen:
    """With `gemeente` a line of another one is a fault. `door`: who loads."""
    blad = read_lines(_PRODUCTIE.naam, _PRODUCTIE.kolommen, inhoud)
    if isinstance(blad, Invoerfout):
        return Geladen(0, [blad], 1)
    fouten = Fouten(_PRODUCTIE.naam)
    rijen = read_rows(_PRODUCTIE, blad, fouten, lambda *_: None)
    check_together(_PRODUCTIE, rijen, fouten)
    for rij in rijen:
        if gemeente is not None and rij[0] != gemeente:
            melding = f"Kolom gemeente is {rij[0]}. Met uw sleutel kunt u alleen regels van {gemeente} laden."
            fouten.add("gemeente", melding, rij[-1])
    if fouten.totaal:
        return Geladen(0, fouten.ordered(), fouten.totaal)
    with werkplaats.opslag.transaction() as verbinding:
        for code in sorted({rij[0] for rij in rijen}):
            eigen = [Productieregel(*rij[1:-1]) for rij in rijen if rij[0] == code]
            add_productie(verbinding, code, eigen, door, werkplaats.instellingen.nu())
            note_done(verbinding, werkplaats, Handeling(code, "", "C", "productieverantwoording"))
    return Geladen(len(rijen))
