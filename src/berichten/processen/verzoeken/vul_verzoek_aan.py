"""What is noted beside a request and moves it nowhere: the client's domicile, and that the aanbieder wants no more of it."""

from datetime import date
from typing import Literal
from uuid import UUID

from berichten.beoordeling.besluit import check_tekst
from berichten.beoordeling.verzoeken.verzoekbesluit import ONBEKEND, Verzoekweigering
from berichten.dossier.verzoek import Verzoek
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.verzoeken.verzoekstappen import insert_intrekking, insert_woonplaats
from berichten.processen.basis.handelingen import Handeling, note_done, note_refused
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.seintjes.meld_seintje import announce_to_staff
from berichten.processen.verzoeken.beslis_verzoek import lock_verzoek
from berichten.standaard.waarden.gemeenten import is_gemeentecode

Uitkomst = Literal["ja", "nee", "onbekend"]
_GESLOTEN = "Dit verzoek is al afgehandeld. Er valt niets meer in te trekken."
_AL_GEVRAAGD = "U heeft al gevraagd om dit verzoek in te trekken. Wacht op het antwoord van de gemeente (JW319)."


def note_woonplaats(
    werkplaats: Werkplaats, houder: Sleutelhouder, verzoek_id: UUID, uitkomst: Uitkomst, gemeente: str | None = None
) -> Verzoekweigering | None:
    """Keep whether the client falls under this gemeente, as this member of staff found (`ja`, `nee` with the gemeente, `onbekend`).

    What was noted before stays; the last counts. It moves no request: refusing for it is a decision. Returns why not, or None.
    """
    werkplaats = werkplaats.asked_by(houder)
    handeling = Handeling(houder.gemeente, houder.sleutel_id, "C", "woonplaats", verzoek_id)
    with werkplaats.opslag.transaction() as verbinding:
        verzoek = lock_verzoek(verbinding, houder.gemeente, verzoek_id)
        weigering = ONBEKEND if verzoek is None else _check_woonplaats(uitkomst, gemeente, houder.gemeente, _today(werkplaats))
        if verzoek is None or weigering is not None:
            note_refused(verbinding, werkplaats, handeling, "" if verzoek is None else (weigering or ONBEKEND).melding)
            return weigering
        nu = werkplaats.instellingen.nu()
        insert_woonplaats(
            verbinding, houder.gemeente, verzoek.agb, verzoek_id, uitkomst, gemeente, houder.sleutel_id, nu
        )  # fmt: skip
        note_done(verbinding, werkplaats, handeling, [verzoek.bsn])
    return None


def _today(werkplaats: Werkplaats) -> date:
    return werkplaats.instellingen.vandaag()


def _check_woonplaats(uitkomst: Uitkomst, gemeente: str | None, eigen: str, vandaag: date) -> Verzoekweigering | None:
    if uitkomst != "nee":
        fout = "Een gemeente hoort alleen bij nee. Laat de gemeente weg." if gemeente else None
    elif not gemeente:
        fout = "Bij nee hoort de gemeente waar de cliënt onder valt. Geef haar code van vier cijfers."
    elif gemeente == eigen:
        fout = "U noemt uw eigen gemeente. Kies ja, of geef de code van de andere gemeente."
    elif not is_gemeentecode(gemeente, vandaag):
        fout = f"Gemeente {gemeente} bestaat vandaag niet (CBS). Geef de code van een gemeente van nu."
    else:
        fout = None
    return Verzoekweigering("ongeldig", fout) if fout else None


def ask_intrekking(werkplaats: Werkplaats, houder: Sleutelhouder, verzoek_id: UUID, toelichting: str) -> Verzoekweigering | None:
    """Keep that this aanbieder wants its own request refused: work for the gemeente, since the standard knows no withdrawal.

    It changes no state; a refusal after it is marked as asked for. Returns why not, or None.
    """
    werkplaats = werkplaats.asked_by(houder)
    handeling = Handeling(houder.gemeente, houder.sleutel_id, "C", "intrekking", verzoek_id)
    with werkplaats.opslag.transaction() as verbinding:
        verzoek = lock_verzoek(verbinding, houder.gemeente, verzoek_id)
        if verzoek is None or houder.agb != verzoek.agb:
            note_refused(verbinding, werkplaats, handeling, "")
            return Verzoekweigering("onbekend", "Dit verzoek bestaat niet, of het is niet van u. Controleer het nummer.")
        weigering = _check_intrekking(verzoek, toelichting)
        nu, eigen = werkplaats.instellingen.nu(), houder.sleutel_id
        if weigering is None and not insert_intrekking(
            verbinding, houder.gemeente, verzoek.agb, verzoek_id, toelichting.strip(), eigen, nu
        ):
            weigering = Verzoekweigering("conflict", _AL_GEVRAAGD)
        if weigering is not None:
            note_refused(verbinding, werkplaats, handeling, weigering.melding)
            return weigering
        note_done(verbinding, werkplaats, handeling, [verzoek.bsn])
        announce_to_staff(verbinding, werkplaats, houder.gemeente, "vraag")
    return None


def _check_intrekking(verzoek: Verzoek, toelichting: str) -> Verzoekweigering | None:
    fout = check_tekst(toelichting)
    if fout:
        return Verzoekweigering("ongeldig", fout)
    return None if verzoek.is_open else Verzoekweigering("conflict", _GESLOTEN)
