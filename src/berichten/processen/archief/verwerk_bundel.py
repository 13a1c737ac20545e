"""Take several messages in one transaction: the same steps in the same order as one by one, with one commit for all of them.

Whoever runs this falls back to one by one when it fails, so that a failure of one message loses no other.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.berichten.berichten import Berichtrij, next_waiting, try_lock_stroom
from berichten.opslag.berichten.bundels import find_never_used
from berichten.opslag.berichten.uitkomsten import load_antwoorden, reload_berichten
from berichten.opslag.dossiers.contracten import preload_contracten
from berichten.processen.archief.bronnen import Invoer
from berichten.processen.archief.ontvang_bundel import Apart, Stuk, receive_bundle
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.beschrijf_bericht import describe_berichten, describe_refusal
from berichten.processen.berichten.verwerk_bericht import handle_bericht
from berichten.processen.ontvangst.ontvang_bericht import Geweigerd, Ontvangen, parties
from berichten.standaard.deur.toelating import Weigering
from berichten.standaard.lezen.retour import Inzending

Stroom = tuple[str, str]
"""Gemeente and AGB code: between these two order counts."""
WACHTEND = ("ontvangen", "in_behandeling")
_LANGSTE_NAAM = 200
"""Bytes of a file's name, with room for what comes behind it."""


@dataclass(frozen=True, slots=True)
class Aangenomen:
    """A message that was let in or refused, not told of yet."""

    invoer: Invoer
    uitkomst: Ontvangen | Geweigerd
    bericht: Inzending | None = None
    """The message as values, where it is at hand."""


@dataclass(frozen=True, slots=True)
class Afgehandeld:
    """A message as `resultaat.json` shows it, and its answer, packed."""

    beschrijving: dict[str, Any]
    antwoord: bytes | None


@dataclass(slots=True)
class Stromen:
    """What a bundle has to know of streams (gemeente, agb)."""

    vast: Set[Stroom]
    """In these handling failed before: their messages are kept and wait."""
    eigen: set[Stroom] = field(default_factory=set)
    """These the transaction has claimed."""
    nooit_gebruikt: set[UUID] = field(default_factory=set)
    """Messages whose Identificatie need not be looked up: nobody used it."""
    gedaan: set[UUID] = field(default_factory=set)


def handle_bundle(
    werkplaats: Werkplaats, stukken: Sequence[Stuk], vast: Set[Stroom], keep: Callable[[list[Afgehandeld]], None]
) -> list[Afgehandeld]:
    """Receive and handle messages in their order; those of the streams in `vast` are received only.

    `keep` gets all outcomes just before they are committed. Raises Apart, or what handling raised; nothing is kept then.
    """
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        _preload(verbinding, stukken)
        ontvangen = receive_bundle(verbinding, werkplaats, stukken)
        nieuw = [item.rij for item in ontvangen if isinstance(item, Ontvangen) and not item.herhaling]
        stromen = Stromen(vast, nooit_gebruikt=find_never_used(verbinding, nieuw))
        aangenomen = [_handle(verbinding, werkplaats, *paar, stromen) for paar in zip(stukken, ontvangen, strict=True)]
        afgehandeld = describe_all(verbinding, werkplaats, aangenomen)
        keep(afgehandeld)
    return afgehandeld


def _preload(verbinding: Connection, stukken: Sequence[Stuk]) -> None:
    """Fetch at once what each of these messages will ask of the catalogue and the contracts."""
    wensen: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for stuk in stukken:
        if not isinstance(stuk.toegelaten, Weigering):
            gemeente, agb = parties(stuk.toegelaten)
            wensen[gemeente].update((agb, code) for code in stuk.toegelaten.productcodes)
    for gemeente, eigen in wensen.items():
        preload_contracten(verbinding, gemeente, eigen)


def _handle(
    verbinding: Connection, werkplaats: Werkplaats, stuk: Stuk, uitkomst: Ontvangen | Geweigerd, stromen: Stromen
) -> Aangenomen:
    if isinstance(uitkomst, Geweigerd) or isinstance(stuk.toegelaten, Weigering):
        return Aangenomen(stuk.invoer, uitkomst)
    rij = uitkomst.rij
    wacht = rij.status in WACHTEND and rij.bericht_id not in stromen.gedaan
    if wacht and (rij.gemeente, rij.agb or "") not in stromen.vast:
        if uitkomst.herhaling:
            raise Apart
        _claim(verbinding, rij, stromen.eigen)
        werkplaats.gelezen.put(rij.bericht_id, stuk.toegelaten)
        nooit_gebruikt = rij.bericht_id in stromen.nooit_gebruikt
        handle_bericht(verbinding, werkplaats, rij, stuk.invoer.inhoud, nooit_gebruikt=nooit_gebruikt)
        stromen.gedaan.add(rij.bericht_id)
    return Aangenomen(stuk.invoer, uitkomst, stuk.toegelaten)


def _claim(verbinding: Connection, rij: Berichtrij, eigen: set[Stroom]) -> None:
    """Claim the message's stream until the transaction ends. It must be the one that waits longest: message order decides."""
    stroom = rij.gemeente, rij.agb or ""
    if stroom in eigen:
        return
    if not try_lock_stroom(verbinding, *stroom):
        raise Apart
    eerste = next_waiting(verbinding, *stroom)
    if eerste is None or eerste.bericht_id != rij.bericht_id:
        raise Apart
    eigen.add(stroom)


def describe_all(verbinding: Connection, werkplaats: Werkplaats, aangenomen: Sequence[Aangenomen]) -> list[Afgehandeld]:
    """What became of each message, be it now or before; a fixed number of queries."""
    binnen = [(item, item.uitkomst) for item in aangenomen if isinstance(item.uitkomst, Ontvangen)]
    rijen = reload_berichten(verbinding, [uitkomst.rij for _, uitkomst in binnen])
    bekend = {uitkomst.rij.bericht_id: item.bericht for item, uitkomst in binnen if item.bericht is not None}
    beschreven = iter(zip(rijen, describe_berichten(verbinding, werkplaats, rijen, bekend), strict=True))
    antwoorden = load_antwoorden(verbinding, rijen)
    afgehandeld = []
    for item in aangenomen:
        if isinstance(item.uitkomst, Geweigerd):
            afgehandeld.append(_tell(item.invoer, describe_refusal(item.uitkomst), None, herhaling=False))
        else:
            rij, beschrijving = next(beschreven)
            antwoord = antwoorden.get((rij.gemeente, rij.volgnummer))
            afgehandeld.append(_tell(item.invoer, beschrijving, antwoord, item.uitkomst.herhaling))
    return afgehandeld


def _tell(invoer: Invoer, beschrijving: dict[str, Any], antwoord: bytes | None, herhaling: bool) -> Afgehandeld:
    naam = None if antwoord is None else f"{_flat(invoer.bestand)}.antwoord.xml"
    return Afgehandeld({"bestand": invoer.bestand, **beschrijving, "antwoord": naam, "herhaling": herhaling}, antwoord)


def _flat(bestand: str) -> str:
    """A name without folders and without .xml, for the answer: `map.zip/a.xml` becomes `map.zip-a`.

    A ZIP may hold names that no disk takes: one that is too long ends in a number of its own.
    """
    naam = "".join(teken if teken.isprintable() else "_" for teken in bestand.removesuffix(".xml").replace("/", "-"))
    if len(naam.encode()) <= _LANGSTE_NAAM:
        return naam
    return f"{naam.encode()[:_LANGSTE_NAAM].decode(errors='ignore')}-{hashlib.sha256(bestand.encode()).hexdigest()[:8]}"
