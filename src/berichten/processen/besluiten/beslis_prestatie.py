"""Decide on held lines: one or many, all or none of them, in one transaction; the last one of a declaration sends its JW325."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from berichten.beoordeling.besluit import Beslisser, Besluit, Besluitweigering, Uitvoering, judge_besluit
from berichten.beoordeling.declaratie import IN_ORDE, NIET_BEOORDEELD, TECHNISCH, VOLLEDIG_TOEGEKEND
from berichten.boeken.journaalposten import book_besluit
from berichten.fouten import Invoerfout
from berichten.opslag.besluiten.besluiten import (
    insert_besluitboekingen,
    insert_besluiten,
    load_standen,
    lock_stromen_of,
    set_uitkomsten,
    update_sommen,
)
from berichten.opslag.toegang.inzagelog import list_bsns_of_prestaties
from berichten.opslag.toegang.sleutels import load_personen
from berichten.processen.basis.handelingen import Handeling, note_done, note_refused
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.verzend_antwoord import send_jw325
from berichten.processen.seintjes.meld_seintje import announce_to_aanbieders
from berichten.processen.werk.werk import BoekenFout
from berichten.standaard.schema.schema import Schemas
from berichten.standaard.uitleg.model import list_codes
from berichten.standaard.waarden.soorten import JW325

REGEL = "BESLUIT"
_GEEN_REDEN = {TECHNISCH, IN_ORDE, NIET_BEOORDEELD, VOLLEDIG_TOEGEKEND}
"""Codes of WJ001 that say something else than why a line is rejected."""
_DUBBEL = Besluitweigering("ongeldig", "Deze regel staat meer dan eens in het verzoek. Noem elke regel één keer.")


@dataclass(frozen=True, slots=True)
class GenomenBesluit:
    """A decision that was taken, or proposed to a second person when it is not `definitief`."""

    besluit_id: int
    prestatie_id: int
    agb: str
    definitief: bool
    uitkomst: str
    """Of the line, after it."""
    bedrag: int
    """Signed eurocents of the line."""


@dataclass(frozen=True, slots=True)
class BesluitGeweigerd:
    """None of the decisions was taken, and why: one fault for each line that stands in the way, its path the prestatie_id."""

    soort: str
    """`onbekend`, `ongeldig` or `conflict`: the gravest, in that order."""
    fouten: tuple[Invoerfout, ...]


def rejection_codes(schemas: Schemas) -> frozenset[str]:
    """Codes of WJ001 with which a JW325 can reject a line, as its schema lists them."""
    return frozenset(list_codes(schemas.model(JW325), "LDT_RetourCode").keys() - _GEEN_REDEN)


def decide(
    werkplaats: Werkplaats, gemeente: str, door: str, besluiten: Sequence[Besluit]
) -> tuple[GenomenBesluit, ...] | BesluitGeweigerd:
    """Take all of these decisions, or none. `door` is a sleutel_id, or DIENST for the service itself.

    What else happens between the gemeente and the aanbieders of these lines waits meanwhile (and this for that): of two people who
    decide on one line at once the second is told what the first decided. A number of queries that does not depend on the number
    of lines, and a few for each declaration that is answered. Raises BoekenFout when books, sums and answer would not tie.
    """
    with werkplaats.opslag.transaction() as verbinding:
        return decide_within(verbinding, werkplaats, gemeente, door, besluiten)


def decide_within(
    verbinding: Connection, werkplaats: Werkplaats, gemeente: str, door: str, besluiten: Sequence[Besluit]
) -> tuple[GenomenBesluit, ...] | BesluitGeweigerd:
    """The same inside a transaction that is open already."""
    persoon = load_personen(verbinding, gemeente, [door])[door]
    beslisser = Beslisser(door, persoon, werkplaats.instellingen.vier_ogen_vanaf, rejection_codes(werkplaats.schemas))
    ids = [besluit.prestatie_id for besluit in besluiten]
    lock_stromen_of(verbinding, gemeente, ids)
    standen = load_standen(verbinding, gemeente, ids)
    oordelen = [judge_besluit(item, standen.get(item.prestatie_id), beslisser) for item in besluiten]
    geweigerd = _refusals(besluiten, oordelen)
    handeling = Handeling(gemeente, door, "C", "besluit", ids[0] if len(ids) == 1 else "")
    if geweigerd is not None:
        note_refused(verbinding, werkplaats, handeling, "" if geweigerd.soort == "onbekend" else geweigerd.fouten[0].melding)
        return geweigerd
    note_done(verbinding, werkplaats, handeling, list_bsns_of_prestaties(verbinding, gemeente, ids))
    return _carry_out(verbinding, werkplaats, gemeente, door, [item for item in oordelen if isinstance(item, Uitvoering)])


def _refusals(besluiten: Sequence[Besluit], oordelen: Sequence[Uitvoering | Besluitweigering]) -> BesluitGeweigerd | None:
    aantal = Counter(besluit.prestatie_id for besluit in besluiten)
    redenen = {
        besluit.prestatie_id: _DUBBEL if aantal[besluit.prestatie_id] > 1 else oordeel
        for besluit, oordeel in zip(besluiten, oordelen, strict=True)
    }
    geweigerd = {nummer: reden for nummer, reden in redenen.items() if isinstance(reden, Besluitweigering)}
    if not geweigerd:
        return None
    soorten = {reden.soort for reden in geweigerd.values()}
    ergste = next(soort for soort in ("onbekend", "ongeldig", "conflict") if soort in soorten)
    return BesluitGeweigerd(ergste, tuple(Invoerfout(str(nummer), REGEL, reden.melding) for nummer, reden in geweigerd.items()))


def _carry_out(
    verbinding: Connection, werkplaats: Werkplaats, gemeente: str, door: str, uitvoeringen: Sequence[Uitvoering]
) -> tuple[GenomenBesluit, ...]:
    """Keep the decisions, book what they award, and answer every declaration of which no line is held any more."""
    nu = werkplaats.instellingen.nu()
    besluit_ids = insert_besluiten(verbinding, gemeente, uitvoeringen, door, nu)
    veranderd = [item for item in uitvoeringen if item.definitief and not item.stand.beantwoord]
    if veranderd:
        set_uitkomsten(verbinding, gemeente, veranderd)
        boekingen = [boeking for boeking in map(book_besluit, veranderd) if boeking is not None]
        if boekingen:
            insert_besluitboekingen(verbinding, gemeente, boekingen, besluit_ids, nu)
        _close(verbinding, werkplaats, gemeente, [item.stand.prestatie_id for item in veranderd])
        # That answers are ready now too is no news beside it.
        announce_to_aanbieders(verbinding, werkplaats, gemeente, "besluit", {item.stand.agb for item in veranderd})
    return tuple(
        GenomenBesluit(
            besluit_ids[item.stand.prestatie_id], item.stand.prestatie_id, item.stand.agb, item.definitief, item.uitkomst,
            item.stand.bedrag,
        )
        for item in uitvoeringen
    )  # fmt: skip


def _close(verbinding: Connection, werkplaats: Werkplaats, gemeente: str, prestatie_ids: Sequence[int]) -> None:
    """Prove that the declarations of these lines tie, and send the answer of those that are done."""
    for stand in update_sommen(verbinding, gemeente, prestatie_ids):
        if stand.geboekt != stand.bericht.toegekend_bedrag:
            raise BoekenFout(
                f"bericht {stand.bericht.bericht_id}: journaal {stand.geboekt}, {stand.bericht.toegekend_bedrag} toegekend"
            )
        if not stand.aangehouden:
            send_jw325(verbinding, werkplaats, stand)
