"""Take several messages in one transaction: the same steps in the same order as one by one, with one commit for all of them.

Whoever runs this falls back to one by one when it fails, so that a failure of one message loses no other.
"""

import hashlib
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.berichten.berichten import next_waiting_of, try_lock_stromen
from berichten.opslag.berichten.bundels import find_never_used
from berichten.opslag.berichten.uitkomsten import load_antwoorden, reload_berichten
from berichten.processen.archief.bronnen import Invoer
from berichten.processen.archief.ontvang_bundel import Apart, Stuk, receive_bundle
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.beschrijf_bericht import describe_berichten, describe_refusal
from berichten.processen.bundels.golven import Taak
from berichten.processen.bundels.samen_verwerken import handle_together
from berichten.processen.ontvangst.ontvang_bericht import Geweigerd, Ontvangen
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


def handle_bundle(
    werkplaats: Werkplaats, stukken: Sequence[Stuk], vast: Set[Stroom], keep: Callable[[list[Afgehandeld]], None]
) -> list[Afgehandeld]:
    """Receive and handle messages in their order; those of the streams in `vast` are received only.

    `keep` gets all outcomes just before they are committed. Raises Apart, or what handling raised; nothing is kept then.
    """
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        ontvangen = receive_bundle(verbinding, werkplaats, stukken)
        aangenomen = [_accepted(stuk, uitkomst) for stuk, uitkomst in zip(stukken, ontvangen, strict=True)]
        taken = _list_tasks(verbinding, aangenomen, vast)
        _claim(verbinding, taken)
        handle_together(verbinding, werkplaats, taken)
        afgehandeld = describe_all(verbinding, werkplaats, aangenomen)
        keep(afgehandeld)
    return afgehandeld


def _accepted(stuk: Stuk, uitkomst: Ontvangen | Geweigerd) -> Aangenomen:
    return Aangenomen(stuk.invoer, uitkomst, None if isinstance(stuk.toegelaten, Weigering) else stuk.toegelaten)


def _list_tasks(verbinding: Connection, aangenomen: Sequence[Aangenomen], vast: Set[Stroom]) -> list[Taak]:
    """What is to be handled now: messages that are new here. One that waits since before has to go by itself."""
    nieuw = [item.uitkomst.rij for item in aangenomen if isinstance(item.uitkomst, Ontvangen) and not item.uitkomst.herhaling]
    nooit_gebruikt = find_never_used(verbinding, nieuw)
    taken: dict[UUID, Taak] = {}
    for item in aangenomen:
        if item.bericht is None or not isinstance(item.uitkomst, Ontvangen):
            continue
        rij = item.uitkomst.rij
        taak = Taak(rij, item.bericht, item.invoer.inhoud, rij.bericht_id in nooit_gebruikt)
        if rij.status not in WACHTEND or rij.bericht_id in taken or taak.stroom in vast:
            continue
        if item.uitkomst.herhaling:
            raise Apart
        taken[rij.bericht_id] = taak
    return list(taken.values())


def _claim(verbinding: Connection, taken: Sequence[Taak]) -> None:
    """Claim the streams of these until the transaction ends. In each the first of these must be the one that waits longest:
    message order decides."""
    eersten = {taak.stroom: taak.rij.bericht_id for taak in reversed(taken)}
    if len(try_lock_stromen(verbinding, eersten)) < len(eersten):
        raise Apart
    if {rij.bericht_id for rij in next_waiting_of(verbinding, eersten)} != set(eersten.values()):
        raise Apart


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
