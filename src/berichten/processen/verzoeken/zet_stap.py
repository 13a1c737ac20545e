"""Steps on a request, under the lock of its stream: each is kept, and then all of them tell how the request stands."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection

from berichten.beoordeling.verzoeken.verzoekstand import is_investigated, status_after
from berichten.dossier.verzoek import Verzoek
from berichten.kern.kalender import add_werkdagen
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
from berichten.standaard.waarden.soorten import JW319
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
) -> None:
    """Keep a JW319 that leaves now as a step; the JW320 on it is due in three working days (OP090)."""
    nu = werkplaats.instellingen.nu()
    uiterlijk = add_werkdagen(dutch_day(nu), JW319.antwoord_werkdagen)
    rij = NieuwAntwoord(
        bericht_id, verzoek.agb, verzoek.verzoek_id, stap, antwoord.antwoord, antwoord.reden, antwoord.woonplaats, besluit_id, nu,
        uiterlijk,
    )  # fmt: skip
    insert_verzoekantwoord(verbinding, gemeente, rij)
    settle(verbinding, werkplaats, gemeente, verzoek.verzoek_id, stap)


def grant(
    verbinding: Connection, werkplaats: Werkplaats, gemeente: str, verzoek: Verzoek, bericht_id: UUID, nummers: Iterable[int]
) -> None:
    """Close a request by the JW301 that bears its reference on these allocations."""
    stap = next_stap(verbinding, gemeente, verzoek.verzoek_id)
    insert_verzoektoewijzingen(verbinding, gemeente, verzoek.agb, verzoek.verzoek_id, stap, bericht_id, nummers)
    settle(verbinding, werkplaats, gemeente, verzoek.verzoek_id, stap)


def settle(verbinding: Connection, werkplaats: Werkplaats, gemeente: str, verzoek_id: UUID, stap: int) -> None:
    """Set a request to where its steps have brought it; `stap` is the number of the last."""
    stappen = load_stappen(verbinding, gemeente, verzoek_id)
    nu = werkplaats.instellingen.nu()
    set_stand(verbinding, gemeente, verzoek_id, status_after(stappen), stap, is_investigated(stappen), nu)
