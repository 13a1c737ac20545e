"""Receive a ZIP with messages: each is taken or refused by itself, in name order."""

from dataclasses import dataclass

from berichten.opslag.berichten import Berichtrij, find_bericht
from berichten.opslag.sleutels import Sleutelhouder
from berichten.processen.ontvang_bericht import Geweigerd, Ontvangen, Verboden, accept
from berichten.processen.werkplaats import Werkplaats
from berichten.standaard.archief import read_zip


@dataclass(frozen=True, slots=True)
class Zipdeel:
    """One message of a ZIP and what was done with it."""

    bestand: str
    uitkomst: Ontvangen | Geweigerd | Verboden
    rij: Berichtrij | None
    """What is kept of it: the message, or the attempt; None for one that this sender may not send."""


def accept_zip(werkplaats: Werkplaats, zip_: bytes, houder: Sleutelhouder) -> list[Zipdeel]:
    """Take in every message of a ZIP that `check_zip` found good, in transactions of their own."""
    return [_take_in(werkplaats, naam, accept(werkplaats, inhoud, houder), houder) for naam, inhoud in read_zip(zip_)]


def _take_in(werkplaats: Werkplaats, naam: str, uitkomst: Ontvangen | Geweigerd | Verboden, houder: Sleutelhouder) -> Zipdeel:
    if isinstance(uitkomst, Ontvangen):
        return Zipdeel(naam, uitkomst, uitkomst.rij)
    if isinstance(uitkomst, Verboden) or uitkomst.bericht_id is None:
        return Zipdeel(naam, uitkomst, None)
    with werkplaats.opslag.transaction() as verbinding:
        return Zipdeel(naam, uitkomst, find_bericht(verbinding, houder.gemeente, uitkomst.bericht_id))
