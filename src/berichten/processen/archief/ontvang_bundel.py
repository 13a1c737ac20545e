"""Keep several messages at once that were looked at before: what `ontvang_bericht` does with one, for an operator's replay."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection

from berichten.opslag.berichten.berichten import Berichtrij
from berichten.opslag.berichten.bundels import insert_berichten
from berichten.opslag.berichten.uitkomsten import find_accepted
from berichten.processen.archief.bronnen import Invoer
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.ontvangst.ontvang_bericht import Geweigerd, Ontvangen, compose_new, parties, refuse_unkept
from berichten.processen.ontvangst.retourpoort import answers_jw319
from berichten.standaard.deur.toelating import Weigering
from berichten.standaard.lezen.retour import Inzending

Sleutel = tuple[str, bytes]
"""Gemeente and SHA-256 of the bytes."""


class Apart(RuntimeError):
    """Something else waits, works or arrives in a stream of these messages, so they cannot be taken together."""


@dataclass(frozen=True)
class Stuk:
    """A message that was looked at (level 1) and not kept yet."""

    invoer: Invoer
    toegelaten: Inzending | Weigering

    @cached_property
    def sleutel(self) -> Sleutel:
        """By which the same bytes are known."""
        gemeente = "" if isinstance(self.toegelaten, Weigering) else parties(self.toegelaten)[0]
        return gemeente, hashlib.sha256(self.invoer.inhoud).digest()


def receive_bundle(verbinding: Connection, werkplaats: Werkplaats, stukken: Sequence[Stuk]) -> list[Ontvangen | Geweigerd]:
    """Keep what is new, numbered in this order; the same bytes are one message, be they from before or twice among these.

    Raises Apart when another sends the same at this moment, and for a JW320: whether it may come in depends on what comes before.
    """
    if any(answers_jw319(stuk.toegelaten) for stuk in stukken):
        raise Apart
    eerste = {stuk.sleutel: stuk for stuk in reversed(stukken) if not isinstance(stuk.toegelaten, Weigering)}
    rijen = find_accepted(verbinding, list(eerste))
    nieuw = _insert_new(verbinding, werkplaats, [stuk for stuk in reversed(eerste.values()) if stuk.sleutel not in rijen])
    rijen |= nieuw
    return [_tell(stuk, rijen, nieuw) for stuk in stukken]


def _insert_new(verbinding: Connection, werkplaats: Werkplaats, stukken: Sequence[Stuk]) -> dict[Sleutel, Berichtrij]:
    nieuwe = [
        (compose_new(werkplaats, stuk.invoer.inhoud, stuk.toegelaten), werkplaats.kluis.pack(stuk.invoer.inhoud))
        for stuk in stukken
        if not isinstance(stuk.toegelaten, Weigering)
    ]
    gemaakt = {rij.bericht_id: rij for rij in insert_berichten(verbinding, nieuwe)}
    if len(gemaakt) < len(nieuwe):
        raise Apart
    return {stuk.sleutel: gemaakt[nieuw.bericht_id] for stuk, (nieuw, _) in zip(stukken, nieuwe, strict=True)}


def _tell(stuk: Stuk, rijen: dict[Sleutel, Berichtrij], nieuw: dict[Sleutel, Berichtrij]) -> Ontvangen | Geweigerd:
    """What became of one of them; of the same bytes the first is new. Takes it out of `nieuw`."""
    if isinstance(stuk.toegelaten, Weigering):
        return refuse_unkept(stuk.toegelaten)
    return Ontvangen(rijen[stuk.sleutel], herhaling=nieuw.pop(stuk.sleutel, None) is None)
