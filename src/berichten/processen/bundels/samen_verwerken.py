"""Handle several messages in the open transaction, in step where they have nothing to do with each other."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import Connection

from berichten.opslag.basis.samen import run_together
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.verwerk_bericht import handle_bericht
from berichten.processen.bundels.golven import Opgave, split_in_waves


def handle_together(verbinding: Connection, werkplaats: Werkplaats, opgaven: Sequence[Opgave]) -> None:
    """Judge messages, which stand in order of arrival, and store all that follows from them: what `handle_bericht` does with one.

    Their streams are claimed. Raises what handling raised; whose fault it was is not told, since they share statements.
    """
    for golf in split_in_waves(opgaven):
        taken = [partial(_handle, verbinding, werkplaats, opgaven[plaats]) for plaats in golf]
        if len(taken) == 1:
            taken[0]()
        else:
            run_together(verbinding, taken)


def _handle(verbinding: Connection, werkplaats: Werkplaats, opgave: Opgave) -> None:
    handle_bericht(
        verbinding, werkplaats, opgave.rij, opgave.inhoud, bericht=opgave.bericht, nooit_gebruikt=opgave.nooit_gebruikt
    )  # fmt: skip
