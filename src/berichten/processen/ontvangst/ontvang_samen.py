"""Receive several messages in one transaction, of senders who have nothing to do with each other: what `accept` does with one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.kern.houder import Sleutelhouder
from berichten.opslag.berichten.berichten import NieuwBericht, find_same_bytes
from berichten.opslag.berichten.bundels import insert_berichten, limit_waits
from berichten.processen.basis.handelingen import Handeling, note_each_done
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.ontvangst.ontvang_bericht import (
    Geweigerd,
    Ontvangen,
    Verboden,
    accept,
    check_sender,
    compose_new,
    receive,
)
from berichten.processen.ontvangst.poort import check_entry
from berichten.processen.ontvangst.retourpoort import answers_jw319
from berichten.standaard.deur.toelating import Weigering, admit
from berichten.standaard.lezen.retour import Inzending

_GEDULD, _GEDULD_ALLEEN = 2, 10
"""Seconds that messages wait for a row that another holds: together, so that one does not hold up the others, and alone."""
KLEIN = 32 * 1024
"""Bytes of a message that may go together with others: none of them is long in the reading, nor in the explaining of its faults."""


class Aanbod(NamedTuple):
    """A message that somebody sends."""

    inhoud: bytes
    houder: Sleutelhouder
    eigen_kenmerk: str | None


def accept_one(werkplaats: Werkplaats, aanbod: Aanbod) -> Ontvangen | Geweigerd | Verboden:
    """One message by itself."""
    return accept(werkplaats, *aanbod, geduld=_GEDULD_ALLEEN)


def accept_together(werkplaats: Werkplaats, reeks: Sequence[Aanbod]) -> list[Ontvangen | Geweigerd | Verboden]:
    """Look at these and keep them, all or none. What is as usual goes in by one statement, numbered in this order."""
    gelezen = [_read(werkplaats, item) for item in reeks]
    gewoon = {
        plaats: replace(compose_new(werkplaats, item.inhoud, bericht), eigen_kenmerk=item.eigen_kenmerk)
        for plaats, (item, bericht) in enumerate(zip(reeks, gelezen, strict=True))
        if not isinstance(bericht, Weigering) and not answers_jw319(bericht) and check_sender(bericht, item.houder) is None
    }
    with werkplaats.opslag.transaction() as verbinding:
        limit_waits(verbinding, _GEDULD)
        uitkomsten: dict[int, Ontvangen | Geweigerd | Verboden] = {**_keep(verbinding, werkplaats, reeks, gewoon)}
        for plaats in _by_sender(reeks, set(range(len(reeks))) - set(gewoon)):
            item = reeks[plaats]
            uitkomsten[plaats] = receive(verbinding, werkplaats, item.inhoud, gelezen[plaats], *item[1:])
        return [uitkomsten[plaats] for plaats in range(len(reeks))]


def _by_sender(reeks: Sequence[Aanbod], plaatsen: Iterable[int]) -> list[int]:
    """In the order that every lot keeps, since each counts what was refused of a sender: else two would wait for each other."""
    return sorted(plaatsen, key=lambda plaats: (reeks[plaats].houder.gemeente, reeks[plaats].houder.sleutel_id, plaats))


def _read(werkplaats: Werkplaats, item: Aanbod) -> Inzending | Weigering:
    return check_entry(werkplaats.instellingen, item.inhoud, admit(item.inhoud, werkplaats.schemas), item.houder)


def _keep(
    verbinding: Connection, werkplaats: Werkplaats, reeks: Sequence[Aanbod], nieuwe: dict[int, NieuwBericht]
) -> dict[int, Ontvangen]:
    """By place: what is kept of these, and that the bytes were there already."""
    rijen = insert_berichten(verbinding, [(nieuw, werkplaats.kluis.pack(reeks[plaats].inhoud)) for plaats, nieuw in nieuwe.items()])
    gemaakt = {rij.bericht_id: rij for rij in rijen}
    gedaan = []
    ontvangen = {}
    for plaats, nieuw in nieuwe.items():
        houder, rij = reeks[plaats].houder, gemaakt.get(nieuw.bericht_id)
        if rij is None:
            ontvangen[plaats] = Ontvangen(find_same_bytes(verbinding, nieuw.gemeente, nieuw.sha256), herhaling=True)
        else:
            ontvangen[plaats] = Ontvangen(rij, herhaling=False)
            gedaan.append((houder, Handeling(rij.gemeente, houder.sleutel_id, "C", "inzending", rij.bericht_id)))
    note_each_done(verbinding, werkplaats, gedaan)
    return ontvangen
