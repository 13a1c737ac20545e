"""One message taken all the way, as a replay does it; what fails is raised."""

from pathlib import Path
from typing import Any

from berichten.opslag.basis.verbinding import Login
from berichten.processen.archief.bronnen import Invoer
from berichten.processen.archief.verwerk_bundel import Aangenomen, describe_all
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.verwerk_bericht import handle_stroom
from berichten.processen.ontvangst.ontvang_bericht import Ontvangen, Verboden, accept


def process_file(werkplaats: Werkplaats, invoer: Invoer, uit: Path) -> dict[str, Any]:
    """Its entry of `resultaat.json`; its answer is written to the folder `uit`."""
    uitkomst = accept(werkplaats, invoer.inhoud, None)
    assert not isinstance(uitkomst, Verboden)
    if isinstance(uitkomst, Ontvangen):
        handle_stroom(werkplaats, uitkomst.rij.gemeente, uitkomst.rij.agb or "")
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        (afgehandeld,) = describe_all(verbinding, werkplaats, [Aangenomen(invoer, uitkomst)])
    if afgehandeld.antwoord is not None:
        (uit / afgehandeld.beschrijving["antwoord"]).write_bytes(werkplaats.kluis.unpack(afgehandeld.antwoord))
    return afgehandeld.beschrijving
