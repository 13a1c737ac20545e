"""Close what is open about an allocation that awarded lines fell out of: a person looked, and says why nothing more is needed."""

from berichten.kern.houder import Sleutelhouder
from berichten.opslag.dossiers import buiten_toewijzing as opslag
from berichten.opslag.toegang.inzagelog import list_bsns_of_toewijzingen
from berichten.processen.basis.handelingen import Handeling, note_done, note_refused
from berichten.processen.basis.werkplaats import Werkplaats


def close_werkpunten(werkplaats: Werkplaats, houder: Sleutelhouder, toewijzingnummer: int, reden: str) -> int:
    """How many were open; remembers who closed them, when and why."""
    werkplaats, gemeente = werkplaats.asked_by(houder), houder.gemeente
    handeling = Handeling(gemeente, houder.sleutel_id, "U", "werkpunt", toewijzingnummer)
    with werkplaats.opslag.transaction() as verbinding:
        aantal = opslag.close_werkpunten(
            verbinding, gemeente, toewijzingnummer, houder.sleutel_id, reden, werkplaats.instellingen.nu()
        )  # fmt: skip
        if aantal:
            note_done(verbinding, werkplaats, handeling, list_bsns_of_toewijzingen(verbinding, gemeente, [toewijzingnummer]))
        else:
            note_refused(verbinding, werkplaats, handeling, "")
    return aantal
