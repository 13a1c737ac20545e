"""Steps on a request, under the lock of its stream: each is kept, and then all of them tell how the request stands."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection

from berichten.beoordeling.verzoeken.verzoekstand import is_investigated, status_after
from berichten.dossier.verzoek import Verzoek, Verzoekstatus
from berichten.dossier.verzoeken.verzoektermijnen import retour_uiterlijk
from berichten.klok import dutch_day
from berichten.opslag.verzoeken.verzoekrijen import set_stand
from berichten.opslag.verzoeken.verzoekstappen import (
    NieuwAntwoord,
    count_stappen,
    insert_verzoekantwoord,
    insert_verzoektoewijzingen,
    load_stappen,
)
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.standaard.waarden.verzoeken import Verzoekantwoord


def next_stap(verbinding: Connection, gemeente: str, verzoek_id: UUID) -> int:
    """Number of the next step on a request."""
    return count_stappen(verbinding, gemeente, verzoek_id) + 1


def keep_antwoord(
    verbinding: Connection,
    werkplaats: Werkplaats,
    gemeente: str,
    verzoek: Verzoek,
    bericht_id: UUID,
    antwoord: Verzoekantwoord,
    besluit_id: int | None,
    stap: int,
) -> Verzoekstatus:
    """Keep a JW319 that leaves now as a step, by which its JW320 is due; returns how the request stands after it."""
    nu = werkplaats.instellingen.nu()
    uiterlijk = retour_uiterlijk(dutch_day(nu))
    rij = NieuwAntwoord(
        bericht_id, verzoek.agb, verzoek.verzoek_id, stap, antwoord.antwoord, antwoord.reden, antwoord.woonplaats, besluit_id, nu,
        uiterlijk,
    )  # fmt: skip
    insert_verzoekantwoord(verbinding, gemeente, rij)
    return settle(verbinding, werkplaats, gemeente, verzoek.verzoek_id, stap)


def grant(
    verbinding: Connection, werkplaats: Werkplaats, gemeente: str, verzoek: Verzoek, bericht_id: UUID, nummers: Iterable[int]
) -> None:
    """Close a request by the JW301 that bears its reference on these allocations."""
    stap = next_stap(verbinding, gemeente, verzoek.verzoek_id)
    insert_verzoektoewijzingen(verbinding, gemeente, verzoek.agb, verzoek.verzoek_id, stap, bericht_id, nummers)
    settle(verbinding, werkplaats, gemeente, verzoek.verzoek_id, stap)


def settle(verbinding: Connection, werkplaats: Werkplaats, gemeente: str, verzoek_id: UUID, stap: int) -> Verzoekstatus:
    """Set a request to where its steps have brought it, and return that; `stap` is the number of the last."""
    stappen = load_stappen(verbinding, gemeente, verzoek_id)
    status = status_after(stappen)
    set_stand(verbinding, gemeente, verzoek_id, status, stap, is_investigated(stappen), werkplaats.instellingen.nu())
    return status
