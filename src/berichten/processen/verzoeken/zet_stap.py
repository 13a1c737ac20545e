"""Steps on a request, under the lock of its stream: each is kept, and then all of them tell how the request stands."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection

from berichten.beoordeling.verzoeken.verzoekstand import Stap, is_investigated, status_after
from berichten.dossier.verzoek import Verzoek, Verzoekstatus
from berichten.dossier.verzoeken.verzoektermijnen import retour_uiterlijk
from berichten.klok import dutch_day
from berichten.opslag.verzoeken.verzoekrijen import NieuweStand, set_standen
from berichten.opslag.verzoeken.verzoekstappen import (
    NieuwAntwoord,
    NieuweToewijzing,
    count_stappen,
    count_stappen_of,
    insert_verzoekantwoord,
    insert_verzoektoewijzingen,
    load_stappen,
    load_stappen_of,
)
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.seintjes.meld_seintje import announce_to_aanbieders
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
    verbinding: Connection,
    werkplaats: Werkplaats,
    gemeente: str,
    bericht_id: UUID,
    gehonoreerd: Sequence[tuple[Verzoek, list[int]]],
) -> None:
    """Close requests of one aanbieder by the JW301 that bears their references, each on these allocations; four statements."""
    if not gehonoreerd:
        return
    ids = [verzoek.verzoek_id for verzoek, _ in gehonoreerd]
    aantal = count_stappen_of(verbinding, gemeente, ids)
    nieuw = [NieuweToewijzing(verzoek.verzoek_id, aantal[verzoek.verzoek_id] + 1, nummers) for verzoek, nummers in gehonoreerd]
    insert_verzoektoewijzingen(verbinding, gemeente, gehonoreerd[0][0].agb, bericht_id, nieuw)
    stappen = load_stappen_of(verbinding, gemeente, ids)
    standen = [_stand(item.verzoek_id, item.stap, stappen[item.verzoek_id]) for item in nieuw]
    set_standen(verbinding, gemeente, standen, werkplaats.instellingen.nu())
    announce_to_aanbieders(verbinding, werkplaats, gemeente, "antwoord", [gehonoreerd[0][0].agb])


def settle(verbinding: Connection, werkplaats: Werkplaats, gemeente: str, verzoek_id: UUID, stap: int) -> Verzoekstatus:
    """Set a request to where its steps have brought it, and return that; `stap` is the number of the last."""
    stappen = load_stappen(verbinding, gemeente, verzoek_id)
    set_standen(verbinding, gemeente, [_stand(verzoek_id, stap, stappen)], werkplaats.instellingen.nu())
    return status_after(stappen)


def _stand(verzoek_id: UUID, stap: int, stappen: Sequence[Stap]) -> NieuweStand:
    return NieuweStand(verzoek_id, status_after(stappen), stap, is_investigated(stappen))
