"""Which decided lines today's facts would have changed: a tariff loaded late, a new version of an allocation, later records.

The whole stream between a gemeente and an aanbieder is handled once more, by the same code, in a transaction that is rolled back:
the books are not touched. Message order decides, so lines that a later version of their allocation leaves outside are named apart.
What to do about a difference is for people to decide.
"""

from collections.abc import Callable
from dataclasses import dataclass

from berichten.dossier.beleid import Beleidsregel
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.berichten.berichten import lock_stroom, read_inhoud
from berichten.opslag.besluiten.herhaalde_stroom import (
    Oudbericht,
    Verandering,
    copy_berichten,
    copy_referentie,
    copy_vreemd,
    list_buiten,
    list_veranderingen,
    set_beleid,
    settle,
)
from berichten.opslag.toegang.inzagelog import list_bsns_of_prestaties
from berichten.processen.basis.handelingen import Handeling, note_done
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.verwerk_bericht import handle_bericht

TOEGEKEND = "toegekend"


@dataclass(frozen=True, slots=True)
class Herbeoordeling:
    """What a stream would have come to with today's facts."""

    berichten: int
    veranderingen: tuple[Verandering, ...]
    buiten: frozenset[int] = frozenset()
    """Of those lines (prestatie_id) the ones that only a later version of their allocation leaves outside."""

    @property
    def verschil(self) -> int:
        """Cents that the rules would award more (or, negative, less) than they did; what people decide is not in it."""
        return sum(item.wordt_bedrag - item.was_bedrag for item in self.veranderingen)


def reconsider(
    werkplaats: Werkplaats,
    gemeente: str,
    agb: str,
    meld: Callable[[int, int], None] = lambda *_: None,
    alsof: Beleidsregel | None = None,
) -> Herbeoordeling:
    """Handle every message of one aanbieder anew and compare; nothing is kept.

    Messages between the two wait meanwhile. Decisions of people stand: a line that is held again gets the outcome that it has, from
    the moment at which they decided. With `alsof` that follows from a rule on every day. `meld` is told how many messages are done,
    and of how many.
    """
    with werkplaats.opslag.rehearsal(Login.BOEKER) as verbinding:
        lock_stroom(verbinding, gemeente, agb)
        copy_referentie(verbinding, gemeente)
        if alsof is not None:
            set_beleid(verbinding, alsof)
        copy_vreemd(verbinding, gemeente, agb)
        berichten = copy_berichten(verbinding, gemeente, agb)
        wachtend: list[Oudbericht] = []
        for gedaan, item in enumerate(berichten, 1):
            if wachtend:
                wachtend = settle(verbinding, gemeente, wachtend, item.verwerkt_op)
            inhoud = werkplaats.kluis.unpack(read_inhoud(verbinding, gemeente, item.oud) or b"")
            if handle_bericht(verbinding, werkplaats, item.nieuw, inhoud).status == "ter_beoordeling":
                wachtend.append(item)
            meld(gedaan, len(berichten))
        anders = list_veranderingen(verbinding, gemeente)
        genoemd = {item.prestatie_id for item in anders}
        buiten = [item for item in list_buiten(verbinding, gemeente, agb) if item.prestatie_id not in genoemd]
        gevonden = tuple(sorted((*anders, *buiten), key=lambda item: item.prestatie_id))
    _note(werkplaats, gemeente, [item.prestatie_id for item in gevonden])
    return Herbeoordeling(len(berichten), gevonden, frozenset(item.prestatie_id for item in buiten))


def _note(werkplaats: Werkplaats, gemeente: str, prestatie_ids: list[int]) -> None:
    """Who looked at these lines is kept, though nothing else is."""
    with werkplaats.opslag.transaction() as verbinding:
        bsns = list_bsns_of_prestaties(verbinding, gemeente, prestatie_ids)
        note_done(verbinding, werkplaats, Handeling(gemeente, "", "R", "herbeoordeling"), bsns)


def tell_todo(item: Verandering) -> str:
    """What somebody may do about a line, in Dutch."""
    if item.staat == "ter_beoordeling":
        return "De regel wacht al op een besluit; neem dit daarin mee."
    if item.staat == TOEGEKEND and item.wordt != TOEGEKEND:
        return "Vraag de aanbieder zo nodig om de regel te crediteren (besluit met terugvragen)."
    if item.staat == TOEGEKEND and item.wordt_bedrag != item.was_bedrag:
        return "Vraag de aanbieder om de regel te crediteren en opnieuw in te dienen."
    if item.staat != TOEGEKEND and item.wordt == TOEGEKEND:
        return "Laat de aanbieder weten dat hij de regel opnieuw kan indienen."
    return "U hoeft niets te doen: de uitkomst blijft gelijk, alleen de reden verandert."
