"""Load which gemeenten are in a region. All of a file, or nothing.

CSV (semicolon, UTF-8) or a workbook: `regio;gemeente;van;tot;mandaat;besluit`, days inclusive, `tot` empty without an end. For the
operator only: who is in a region sees the cost of its members, so no gemeente puts itself, or another, in one. What is loaded is
never deleted; a later row of the same region, gemeente and first day takes its place. A row that overlaps another is refused: a
membership ends by its own row, loaded again with its last day.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from berichten.kern.tekst import datum
from berichten.opslag.kwartaal.regioleden import LEDEN, add_leden, list_memberships, lock_leden
from berichten.opslag.referentie.referentie import Doeltabel
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.opgave import Geladen, Opgavesoort, load_opgave
from berichten.processen.referentie.rijen import Fouten, Rij
from berichten.processen.referentie.soorten import Bestandskolom, Bestandsoort
from berichten.processen.referentie.waarden import read_datum, read_gemeente, read_keuze, read_tekst

NAAM = "regio"
_SOORT = Bestandsoort(
    NAAM,
    (
        Bestandskolom("regio", read_tekst(60)),
        Bestandskolom("gemeente", read_gemeente, cijfers=4),
        Bestandskolom("van", read_datum),
        Bestandskolom("tot", read_datum, leeg=None),
        Bestandskolom("mandaat", read_keuze("rapport", "contract")),
        Bestandskolom("besluit", read_tekst(200)),
    ),
    Doeltabel(NAAM, LEDEN, ("regio", "gemeente"), "van", "tot"),
)


def load_regio(werkplaats: Werkplaats, inhoud: bytes, door: str) -> Geladen:
    """`door`: who loads."""
    return load_opgave(werkplaats, Opgavesoort(_SOORT, "regio", add_leden, _refuse_overlaps), inhoud, door)


def _refuse_overlaps(verbinding: Connection, rijen: Sequence[Rij], fouten: Fouten, _nu: datetime) -> None:
    """Name the loaded row that a row overlaps, unless the file says that one anew. Another file of members waits."""
    lock_leden(verbinding)
    geladen = list_memberships(verbinding, {rij[1] for rij in rijen})
    nieuw = {rij[:3] for rij in rijen}
    blijft = [lid for lid in geladen if (lid.regio, lid.gemeente, lid.van) not in nieuw]
    for regio, gemeente, van, tot, *_, regelnummer in rijen:
        for lid in blijft:
            eigen = (lid.regio, lid.gemeente) == (regio, gemeente)
            if eigen and lid.van <= (tot or date.max) and van <= (lid.tot or date.max):
                einde = f"tot en met {datum(lid.tot)}" if lid.tot else "zonder einde"
                melding = f"De periode overlapt met wat is geladen: {gemeente} in {regio} van {datum(lid.van)} {einde}."
                raad = f"Zet die regel ook in dit bestand, met van {datum(lid.van)} en een tot die niet overlapt."
                fouten.add("van", f"{melding} {raad}", regelnummer)
                break
