"""Handle several messages in the open transaction, in step where they have nothing to do with each other."""

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from sqlalchemy import Connection

from berichten.opslag.basis.samen import run_together
from berichten.opslag.dossiers.beleid import preload_beleid
from berichten.opslag.dossiers.contracten import preload_contracten, preload_gevuld
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.verwerk_bericht import handle_bericht
from berichten.processen.bundels.golven import Taak, split_in_waves


def handle_together(verbinding: Connection, werkplaats: Werkplaats, taken: Sequence[Taak]) -> None:
    """Judge messages, which stand in order of arrival, and store all that follows from them: what `handle_bericht` does with one.

    Their streams are claimed. Raises what handling raised; whose fault it was is not told, since they share statements.
    """
    _preload(verbinding, taken)
    for golf in split_in_waves(taken):
        werk = [partial(_handle, verbinding, werkplaats, taken[plaats]) for plaats in golf]
        if len(werk) == 1:
            werk[0]()
        else:
            run_together(verbinding, werk)


def _preload(verbinding: Connection, taken: Sequence[Taak]) -> None:
    """Fetch at once what each of these will ask of the catalogue, the contracts and the policy of its gemeente."""
    wensen: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for taak in taken:
        gemeente, agb = taak.stroom
        wensen[gemeente].update((agb, code) for code in taak.bericht.productcodes)
    preload_contracten(verbinding, wensen)
    preload_gevuld(verbinding, wensen)
    preload_beleid(verbinding, {taak.stroom for taak in taken})


def _handle(verbinding: Connection, werkplaats: Werkplaats, taak: Taak) -> None:
    handle_bericht(
        verbinding, werkplaats, taak.rij, taak.inhoud, bericht=taak.bericht, nooit_gebruikt=taak.nooit_gebruikt
    )  # fmt: skip
