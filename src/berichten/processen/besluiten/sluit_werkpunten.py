"""Close what is open about an allocation that awarded lines fell out of: a person looked, and says why nothing more is needed."""

from berichten.kern.houder import Sleutelhouder
from berichten.opslag.dossiers import buiten_toewijzing as opslag
from berichten.processen.basis.werkplaats import Werkplaats


def close_werkpunten(werkplaats: Werkplaats, houder: Sleutelhouder, toewijzingnummer: int, reden: str) -> int:
    """How many were open; remembers who closed them, when and why."""
    with werkplaats.opslag.transaction() as verbinding:
        return opslag.close_werkpunten(
            verbinding, houder.gemeente, toewijzingnummer, houder.sleutel_id, reden, werkplaats.instellingen.nu()
        )
