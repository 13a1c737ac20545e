"""What a worker does with the streams in which something waits: several messages of several streams in one transaction.

When that fails they are handled one by one, stream by stream: so the message at fault holds up its own stream and no other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.berichten.berichten import Stroom, keep_waiting, read_inhoud, try_lock_stromen
from berichten.opslag.berichten.bundels import Wachtend, list_waiting_in
from berichten.opslag.wacht.serverklok import KlokWijktAf, check_clock
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.verwerk_bericht import handle_stroom
from berichten.processen.bundels.golven import Taak
from berichten.processen.bundels.samen_verwerken import handle_together
from berichten.standaard.lezen.lezen import reread_bericht

MEESTE_BERICHTEN = 100
MEESTE_BYTES = 128 * 1024
"""What goes into one transaction: this many messages, or as many as make up these bytes of packed contents."""


@dataclass(slots=True)
class Gedaan:
    """What became of some streams."""

    berichten: int = 0
    """Handled."""
    groot: list[Stroom] = field(default_factory=list)
    """Streams in which a large message waits for its turn; it was left, with what stands behind it."""
    mislukt: dict[Stroom, Exception] = field(default_factory=dict)
    """Streams in which handling failed for a reason of ours, which is noted on the message; it keeps its place."""


@dataclass(slots=True)
class _Ronde:
    """What one transaction does."""

    taken: list[Taak] = field(default_factory=list)
    eigen: list[Stroom] = field(default_factory=list)
    """Streams that were claimed, and in which nothing is the matter."""
    groot: list[Stroom] = field(default_factory=list)
    gestoord: list[Stroom] = field(default_factory=list)
    """Streams whose first message failed before: no other is to suffer if it fails again."""
    vol: bool = False
    """Whether more waited than goes into one transaction."""


def handle_stromen(
    werkplaats: Werkplaats, stromen: Sequence[Stroom], groot: int | None = None, rust: Callable[[], object] = lambda: None
) -> Gedaan:
    """Handle all that waits in these streams; those that another worker has are left to it.

    With `groot` messages of more than so many packed bytes are left. Whoever asks decides what to do with streams that failed.
    `rust` is called after each transaction into which more would have gone, before we look whether something came meanwhile.
    Raises what the driver raises when the database went away, and KlokWijktAf before anything is done with a wrong clock.
    """
    gedaan, over = Gedaan(), list(dict.fromkeys(stromen))
    while over:
        ronde = _Ronde()
        try:
            with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
                check_clock(verbinding, werkplaats.instellingen.nu_buiten())
                _take(verbinding, werkplaats, over, groot, ronde)
                handle_together(verbinding, werkplaats, ronde.taken)
        except KlokWijktAf:
            raise
        except Exception as storing:
            if isinstance(storing, DBAPIError) and storing.connection_invalidated:
                raise
            # Whatever it was: one by one the message at fault shows itself, and all others go through.
            ronde.gestoord += ronde.eigen + ronde.groot
            ronde.eigen = []
        else:
            gedaan.berichten += len(ronde.taken)
            gedaan.groot += ronde.groot
        for stroom in ronde.gestoord:
            if _handle_apart(werkplaats, stroom, groot, gedaan):
                ronde.eigen.append(stroom)
        if not ronde.vol:
            rust()
        over = _still_waiting(werkplaats, ronde.eigen)
    return gedaan


def _take(verbinding: Connection, werkplaats: Werkplaats, stromen: Sequence[Stroom], groot: int | None, ronde: _Ronde) -> None:
    """Claim streams, and read what waits in them, in order of arrival."""
    eigen = try_lock_stromen(verbinding, stromen)
    per_stroom = list_waiting_in(verbinding, eigen, MEESTE_BERICHTEN, groot or MEESTE_BYTES)
    wachtend: list[Wachtend] = []
    for stroom, rij in zip(eigen, per_stroom, strict=True):
        if rij and rij[0].gestoord and (groot is None or rij[0].omvang <= groot):
            ronde.gestoord.append(stroom)
            continue
        klein = [item for item in rij if groot is None or item.omvang <= groot]
        voor = next((plaats for plaats, item in enumerate(rij) if item not in klein), len(rij))
        (ronde.eigen if voor == len(rij) else ronde.groot).append(stroom)
        wachtend += rij[:voor]
    omvang = 0
    for item in sorted(wachtend, key=lambda item: item.rij.volgnummer):
        omvang += item.omvang
        if len(ronde.taken) == MEESTE_BERICHTEN or (ronde.taken and omvang > MEESTE_BYTES):
            ronde.vol = True
            break
        ronde.taken.append(_read(werkplaats, verbinding, item))


def _read(werkplaats: Werkplaats, verbinding: Connection, wachtend: Wachtend) -> Taak:
    rij, inhoud = wachtend.rij, None if wachtend.inhoud is None else werkplaats.kluis.unpack(wachtend.inhoud)
    bericht = werkplaats.gelezen.take(rij.bericht_id)
    if bericht is None:
        if inhoud is None:
            inhoud = werkplaats.kluis.unpack(read_inhoud(verbinding, rij.gemeente, rij.bericht_id) or b"")
        bericht = reread_bericht(inhoud, rij.soort)
    return Taak(rij, bericht, inhoud)


def _handle_apart(werkplaats: Werkplaats, stroom: Stroom, groot: int | None, gedaan: Gedaan) -> bool:
    """Whether that got us any further: then more may wait in it, which is large or came meanwhile."""
    try:
        aantal = handle_stroom(werkplaats, *stroom, groot)
    except KlokWijktAf:
        raise
    except Exception as storing:
        gedaan.mislukt[stroom] = storing
        return False
    gedaan.berichten += aantal
    return aantal > 0


def _still_waiting(werkplaats: Werkplaats, stromen: Sequence[Stroom]) -> list[Stroom]:
    """Messages may have come while we held these streams, and their bell found us busy: look once more, without the lock."""
    if not stromen:
        return []
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        return keep_waiting(verbinding, stromen)
