"""Take files, folders and ZIPs through the same pipeline as the endpoint, in name order; several small messages to a transaction.

Resumable: a message that was accepted before is found by its bytes, so running again does only what is left. While one bundle
is handled the next one is read and looked at (level 1) beside it.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import structlog

from berichten.logboek import describe_failure
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.berichten.berichten import Berichtrij, find_bericht, list_waiting
from berichten.opslag.server.onderhoud import count_known, refresh_statistics
from berichten.processen.archief.bronnen import Bron, Bronlijst, Invoer, read_file
from berichten.processen.archief.ontvang_bundel import Stuk
from berichten.processen.archief.resultaat import Overzicht, Resultaat, open_resultaat
from berichten.processen.archief.verwerk_bundel import WACHTEND, Aangenomen, Afgehandeld, Stroom, describe_all, handle_bundle
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.verwerk_bericht import handle_stroom
from berichten.processen.ontvangst.ontvang_bericht import Ontvangen, Verboden, accept
from berichten.processen.ontvangst.poort import check_entry
from berichten.standaard.deur.toelating import Weigering, admit
from berichten.standaard.lezen.retour import Inzending

LOG = structlog.get_logger("verwerk")
MEESTE_BERICHTEN = 100
MEESTE_BYTES = 2 * 1024 * 1024
"""What goes into one transaction: this many messages, or as many as make up these bytes."""
_EERSTE_METING = 100
_GROEI = 4
"""The database looks at how its tables are filled after so many messages, and again each time that there are so many times more:
of all that it knows of, so that a month on top of years costs nothing here."""
_GEDULD = 120.0
"""Seconds to wait for a message that a running service has taken up."""

Melder = Callable[[Overzicht], None]
"""Called after every bundle with what was done so far."""


@dataclass(slots=True)
class Herhaling:
    """A replay under way."""

    werkplaats: Werkplaats
    uit: Path
    resultaat: Resultaat
    melder: Melder
    volgende_meting: int
    """Messages of this run after which the database looks at its tables."""
    overzicht: Overzicht = field(default_factory=Overzicht)
    vast: set[Stroom] = field(default_factory=set)
    """Streams (gemeente, agb) in which handling failed for a reason of ours; what follows in them waits for the one that failed."""


def process_files(werkplaats: Werkplaats, bronnen: Bronlijst, uit: Path, melder: Melder) -> Overzicht:
    """Take every message all the way; write answers and, at the end, `resultaat.json` to the folder `uit`."""
    with open_resultaat(uit) as resultaat:
        meting = max(_EERSTE_METING, (_GROEI - 1) * count_known(werkplaats.opslag))
        herhaling = Herhaling(werkplaats, uit, resultaat, melder, meting)
        _handle_waiting(herhaling)
        for bundel in _admit_ahead(bronnen, werkplaats):
            _process_bundle(herhaling, bundel)
            melder(herhaling.overzicht)
        resultaat.finish([item.describe() for item in bronnen.overgeslagen])
    return herhaling.overzicht


def _handle_waiting(herhaling: Herhaling) -> None:
    """First what came in before and still waits, for an earlier failure or an earlier end: it goes before what comes now."""
    with herhaling.werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        stromen = list_waiting(verbinding)
    for gemeente, agb in stromen:
        try:
            handle_stroom(herhaling.werkplaats, gemeente, agb)
        except Exception as storing:
            LOG.error("verwerken mislukt", gemeente=gemeente, agb=agb, **describe_failure(storing))
            herhaling.vast.add((gemeente, agb))


def _admit_ahead(bronnen: Iterable[Bron], werkplaats: Werkplaats) -> Iterator[list[Stuk]]:
    """Bundles in order, each read and looked at while the one before it is handled."""
    bundels = _bundle(invoer for bron in bronnen for invoer in read_file(bron.pad, bron.naam))

    def let_in(inhoud: bytes) -> Inzending | Weigering:
        return check_entry(werkplaats.instellingen, inhoud, admit(inhoud, werkplaats.schemas), None)

    def admit_next() -> list[Stuk]:
        return [Stuk(invoer, let_in(invoer.inhoud)) for invoer in next(bundels, ())]

    with ThreadPoolExecutor(1) as vooruit:
        straks = vooruit.submit(admit_next)
        while stukken := straks.result():
            straks = vooruit.submit(admit_next)
            yield stukken


def _bundle(invoer: Iterable[Invoer]) -> Iterator[list[Invoer]]:
    bundel: list[Invoer] = []
    omvang = 0
    for item in invoer:
        if bundel and (len(bundel) == MEESTE_BERICHTEN or omvang + len(item.inhoud) > MEESTE_BYTES):
            yield bundel
            bundel, omvang = [], 0
        bundel.append(item)
        omvang += len(item.inhoud)
    if bundel:
        yield bundel


def _process_bundle(herhaling: Herhaling, stukken: list[Stuk]) -> None:
    """All in one transaction; when that cannot be, one by one."""
    werkplaats = herhaling.werkplaats
    begin = herhaling.resultaat.append(())

    def keep(uitkomsten: list[Afgehandeld]) -> None:
        herhaling.resultaat.append(item.beschrijving for item in uitkomsten)

    try:
        uitkomsten = handle_bundle(werkplaats, stukken, herhaling.vast, keep)
    except Exception:
        # Whatever it was: taken one by one the message at fault shows itself, and all others go through.
        herhaling.resultaat.rewind(begin)
        _process_apart(herhaling, stukken)
        return
    for item in uitkomsten:
        _finish_one(herhaling, item)


def _process_apart(herhaling: Herhaling, stukken: list[Stuk]) -> None:
    """One by one. A stream in which handling fails is left as it is; its later messages are kept and wait."""
    for stuk in stukken:
        afgehandeld = _process_one(herhaling.werkplaats, stuk.invoer, herhaling.vast)
        herhaling.resultaat.append((afgehandeld.beschrijving,))
        _finish_one(herhaling, afgehandeld)


def _process_one(werkplaats: Werkplaats, invoer: Invoer, vast: set[Stroom]) -> Afgehandeld:
    """One message in transactions of its own. A failure adds its stream to `vast`."""
    uitkomst = accept(werkplaats, invoer.inhoud, None)
    if isinstance(uitkomst, Verboden):
        raise TypeError("zonder sleutel is niets verboden")
    if isinstance(uitkomst, Ontvangen):
        _try_finish(werkplaats, uitkomst, vast)
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        return describe_all(verbinding, werkplaats, [Aangenomen(invoer, uitkomst)])[0]


def _try_finish(werkplaats: Werkplaats, ontvangen: Ontvangen, vast: set[Stroom]) -> None:
    """Handle a message unless its stream is stuck."""
    stroom = ontvangen.rij.gemeente, ontvangen.rij.agb or ""
    if stroom in vast:
        return
    try:
        _finish(werkplaats, ontvangen)
    except Exception as storing:
        LOG.error("verwerken mislukt", bericht=str(ontvangen.rij.bericht_id), **describe_failure(storing))
        vast.add(stroom)


def _finish(werkplaats: Werkplaats, ontvangen: Ontvangen) -> None:
    """Handle what waits up to and including this message; a service that runs beside us may be handling it."""
    rij, uiterlijk = ontvangen.rij, time.monotonic() + _GEDULD
    while rij.status in WACHTEND:
        handle_stroom(werkplaats, rij.gemeente, rij.agb or "")
        rij = _reload(werkplaats, rij.gemeente, rij.bericht_id)
        if rij.status in WACHTEND:
            if time.monotonic() > uiterlijk:
                raise TimeoutError(f"bericht {rij.bericht_id} is na {_GEDULD:.0f} seconden nog niet verwerkt")
            time.sleep(0.05)


def _reload(werkplaats: Werkplaats, gemeente: str, bericht_id: UUID) -> Berichtrij:
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        rij = find_bericht(verbinding, gemeente, bericht_id)
    if rij is None:
        raise LookupError(f"bericht {bericht_id} is verdwenen")
    return rij


def _finish_one(herhaling: Herhaling, afgehandeld: Afgehandeld) -> None:
    """Write the answer and count the message, once it is committed."""
    _write_answer(herhaling.werkplaats, herhaling.uit, afgehandeld)
    herhaling.overzicht.add(afgehandeld.beschrijving)
    if herhaling.overzicht.berichten >= herhaling.volgende_meting:
        herhaling.volgende_meting *= _GROEI
        refresh_statistics(herhaling.werkplaats.opslag)


def _write_answer(werkplaats: Werkplaats, uit: Path, afgehandeld: Afgehandeld) -> None:
    if afgehandeld.antwoord is not None:
        (uit / afgehandeld.beschrijving["antwoord"]).write_bytes(werkplaats.kluis.unpack(afgehandeld.antwoord))
