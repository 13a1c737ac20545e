"""Check held lines once more when delivery records for them come in (DOMAIN section 5).

Lines about which nothing is left to decide are awarded, those that policy now rejects are rejected; both by the service itself,
as a decision with its reason. The others stay held, with what was found now; so does a line whose allocation was removed, because
nobody but a person can say what is to become of it (TR384).
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection

from berichten.beoordeling.besluit import DIENST, Besluit
from berichten.beoordeling.declaratie import outcome_of, recheck_prestatie
from berichten.kern.regel import Plaats
from berichten.opslag.berichten.declaraties import load_kader
from berichten.opslag.besluiten.hertoetsing import Aangehoudendeclaratie, Hertoets, copy_hertoetsen, find_held, step_in, step_out
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.verwerk_declaratie import limits_of
from berichten.processen.besluiten.beslis_prestatie import BesluitGeweigerd, decide_within

TOEGEKEND = "Na aanvulling van de verantwoording is er bij deze regel niets meer om te beoordelen."
AFGEWEZEN = "De aangevulde verantwoording geeft een reden om deze regel af te wijzen, volgens de afspraken van de gemeente."


def recheck_held(
    verbinding: Connection,
    werkplaats: Werkplaats,
    gemeente: str,
    agb: str,
    referenties: Iterable[str],
    maanden: Iterable[tuple[int, date]],
) -> dict[int, str]:
    """Check every held line that these records are about, inside the open transaction that has the stream.

    Returns by prestatie_id the outcome: awarded, rejected, or still held.
    """
    declaraties = find_held(verbinding, gemeente, agb, referenties, maanden)
    step_out(verbinding, gemeente, [item.prestatie_id for declaratie in declaraties for item in declaratie.regels])
    uitkomsten: dict[int, str] = {}
    for declaratie in declaraties:
        uitkomsten |= _recheck(verbinding, werkplaats, gemeente, agb, declaratie)
    toegekend = [Besluit(nummer, "toekennen", TOEGEKEND) for nummer, uitkomst in uitkomsten.items() if uitkomst == "toegekend"]
    afgewezen = [Besluit(nummer, "afwijzen", AFGEWEZEN) for nummer, uitkomst in uitkomsten.items() if uitkomst == "afgewezen"]
    for besluiten in filter(None, (toegekend, afgewezen)):
        if isinstance(decide_within(verbinding, werkplaats, gemeente, DIENST, besluiten), BesluitGeweigerd):
            # A policy with a code that cannot reject a line: people look at it.
            uitkomsten |= {item.prestatie_id: "ter_beoordeling" for item in besluiten}
    return uitkomsten


def _recheck(
    verbinding: Connection, werkplaats: Werkplaats, gemeente: str, agb: str, declaratie: Aangehoudendeclaratie
) -> dict[int, str]:
    """The lines of one declaration, in their order; each sees those before it, and all else that counts."""
    kader = load_kader(verbinding, gemeente, agb, declaratie.declaratie, limits_of(werkplaats.instellingen))
    gevonden: list[Hertoets] = []
    uitkomsten: dict[int, str] = {}
    for item in declaratie.regels:
        prestatie = item.prestatie
        plaats = Plaats("Prestatie", item.pad, prestatie.regelnummer, prestatie.volgnummer)
        dossier = kader.dossier(prestatie.toewijzingnummer)
        bevindingen, zonder_feiten = recheck_prestatie(prestatie, dossier, plaats)
        uitkomst, codes = outcome_of(bevindingen)
        verwijderd = dossier.toewijzing is not None and dossier.toewijzing.verwijderd
        uitkomsten[item.prestatie_id] = "ter_beoordeling" if verwijderd else uitkomst
        gevonden.append(Hertoets(item.prestatie_id, tuple(bevindingen), zonder_feiten, codes))
    step_in(verbinding, gemeente, gevonden)
    copy_hertoetsen(verbinding, gemeente, agb, declaratie.bericht_id, gevonden)
    return uitkomsten
