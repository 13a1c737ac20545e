"""What a reviewer typed in a form while the session ended: kept for that person until the form is sent, and a day at most."""

from collections.abc import Sequence

import orjson

from berichten.kern.houder import Sleutelhouder
from berichten.opslag.besluiten.formulierconcepten import BEWAAR, delete_concept, find_velden, insert_concept
from berichten.processen.basis.werkplaats import Werkplaats

_MEESTE_TEKENS = 100_000
Velden = Sequence[tuple[str, str]]
"""Names and values, in the order of the form; a name may stand there more than once."""


def keep_concept(werkplaats: Werkplaats, houder: Sleutelhouder, pagina: str, velden: Velden) -> None:
    """Keep what was filled in on a page, in the place of what was kept of it; what is a day old goes. Too much is not kept."""
    inhoud = orjson.dumps(velden)
    if len(inhoud) > _MEESTE_TEKENS:
        return
    nu = werkplaats.instellingen.nu()
    with werkplaats.opslag.transaction() as verbinding:
        gepakt = werkplaats.kluis.pack(inhoud)
        insert_concept(verbinding, houder.gemeente, houder.sleutel_id, pagina, gepakt, nu, oud=nu - BEWAAR)


def find_concept(werkplaats: Werkplaats, houder: Sleutelhouder, pagina: str) -> list[tuple[str, str]]:
    """What this person had filled in on a page in the last day; empty when nothing was kept."""
    sinds = werkplaats.instellingen.nu() - BEWAAR
    with werkplaats.opslag.transaction() as verbinding:
        gepakt = find_velden(verbinding, houder.gemeente, houder.sleutel_id, pagina, sinds)
    return [] if gepakt is None else [(naam, waarde) for naam, waarde in orjson.loads(werkplaats.kluis.unpack(gepakt))]


def drop_concept(werkplaats: Werkplaats, houder: Sleutelhouder, pagina: str) -> None:
    """The form was sent: what was kept of it is not needed any more."""
    with werkplaats.opslag.transaction() as verbinding:
        delete_concept(verbinding, houder.gemeente, houder.sleutel_id, pagina)
