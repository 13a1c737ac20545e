"""Receive a ZIP with messages: each is taken or refused by itself, in name order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import structlog

from berichten.fouten import Invoerfout
from berichten.kern.houder import Sleutelhouder
from berichten.logboek import describe_failure
from berichten.opslag.berichten.berichten import Berichtrij, find_bericht
from berichten.processen.basis.bereikbaar import keeps_all
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.ontvangst.ontvang_bericht import ONBEKEND, Geweigerd, Ontvangen, Verboden, accept, refuse_unkept
from berichten.standaard.deur.toelating import failed
from berichten.standaard.deur.zipbestand import read_zip
from berichten.standaard.waarden.bsn import names_bsn

LOG = structlog.get_logger("ontvangst")
MEEST_KENMERK = 100
"""Characters of the mark that a sender gives a message."""
_BSN_IN_NAAM = Invoerfout(
    "bestandsnaam", "KENMERK", "In de naam van dit bestand staat een burgerservicenummer. Geef het bestand een andere naam."
)


@dataclass(frozen=True, slots=True)
class Zipdeel:
    """One message of a ZIP and what was done with it."""

    bestand: str
    uitkomst: Ontvangen | Geweigerd | Verboden
    rij: Berichtrij | None
    """What is kept of it: the message, or the attempt; None for one that this sender may not send."""
    mislukt: bool = False
    """It is refused by a failure of ours: sent again later, it may well be taken."""


def accept_zip(werkplaats: Werkplaats, zip_: bytes, houder: Sleutelhouder) -> Iterator[Zipdeel]:
    """Take in every message of a ZIP that `check_zip` found good, in transactions of their own. Its name becomes its mark.

    Where we fail at one the others go on. What `keeps_all` of them breaks off, after those that were given.
    """
    for naam, inhoud in read_zip(zip_):
        try:
            deel = _accept(werkplaats, naam, inhoud, houder)
        except Exception as fout:
            if keeps_all(fout):
                raise
            LOG.error("bericht_mislukt", **describe_failure(fout))
            deel = Zipdeel(naam, refuse_unkept(failed()), None, mislukt=True)
        yield deel


def take_in_zending(werkplaats: Werkplaats, naam: str, inhoud: bytes, houder: Sleutelhouder, *, zip_: bool) -> list[Zipdeel]:
    """The same of a file that may hold one message by itself."""
    return list(accept_zip(werkplaats, inhoud, houder)) if zip_ else [_accept(werkplaats, naam, inhoud, houder)]


def refuse_name(naam: str) -> tuple[str, Geweigerd] | None:
    """For a name in which there is a Bsn: the name without its digits, and the refusal. It would be kept, shown and searched by."""
    if not names_bsn(naam):
        return None
    return re.sub("[0-9]", "*", naam), Geweigerd(None, ONBEKEND, (_BSN_IN_NAAM,), 1)


def _accept(werkplaats: Werkplaats, naam: str, inhoud: bytes, houder: Sleutelhouder) -> Zipdeel:
    if geweigerd := refuse_name(naam):
        return Zipdeel(*geweigerd, None)
    return _take_in(werkplaats, naam, accept(werkplaats, inhoud, houder, as_kenmerk(naam)), houder)


def as_kenmerk(naam: str) -> str | None:
    """The name of a file as the mark of its message: without folders, and no longer than a mark may be."""
    return "".join(teken for teken in PurePosixPath(naam).name if teken.isprintable())[:MEEST_KENMERK].strip() or None


def _take_in(werkplaats: Werkplaats, naam: str, uitkomst: Ontvangen | Geweigerd | Verboden, houder: Sleutelhouder) -> Zipdeel:
    if isinstance(uitkomst, Ontvangen):
        return Zipdeel(naam, uitkomst, uitkomst.rij)
    if isinstance(uitkomst, Verboden) or uitkomst.bericht_id is None:
        return Zipdeel(naam, uitkomst, None)
    with werkplaats.opslag.transaction() as verbinding:
        return Zipdeel(naam, uitkomst, find_bericht(verbinding, houder.gemeente, uitkomst.bericht_id))
