"""Receive delivery records of an aanbieder (DOMAIN section 5), and look at the held lines that they are about once more.

Records come with or after a declaration. Those that come again, for the same line, day, kind and people or with the same
contactnummer, take the place of the earlier ones (opslag/contacten.py). All of them are kept, or none.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from berichten.opslag.berichten.berichten import lock_stroom
from berichten.opslag.referentie.contacten import list_vervallen
from berichten.opslag.toegang.inzagelog import list_bsns_of_toewijzingen
from berichten.processen.basis.handelingen import Handeling, note_done
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.hertoets_prestaties import recheck_held
from berichten.processen.referentie.laad_referentie import SOORTEN, Gelezen, Inlezing, open_load, parse_referentie, store_referentie

SOORT = "verantwoording"
_PLAATS = {kolom.naam: plaats for plaats, kolom in enumerate(SOORTEN[SOORT].kolommen)}
_ANDERS = "is {agb}. U stuurt hier alleen uw eigen verantwoording, met uw eigen AGB-code. Verbeter de code of haal de regel weg."


@dataclass(frozen=True, slots=True)
class Ontvangst:
    """What came in, and what became of the held lines that it is about."""

    inlezing: Inlezing
    uitkomsten: dict[int, str]
    """By prestatie_id; empty when there are faults."""


class _Fout(Exception):
    """Ends a transaction of which nothing may be kept."""


def write_records(gemeente: str, agb: str, rijen: Iterable[Mapping[str, object]]) -> bytes:
    """Records of this aanbieder, by column, as the file (CSV) that the contract lays down; a column that is left out is empty."""
    tekst = io.StringIO()
    schrijver = csv.DictWriter(tekst, list(_PLAATS), delimiter=";", lineterminator="\n")
    schrijver.writeheader()
    for rij in rijen:
        velden = {naam: re.sub(r"[\r\n]", " ", str(waarde)) for naam, waarde in rij.items()}
        schrijver.writerow(velden | {"gemeente": gemeente, "agb": agb})
    return tekst.getvalue().encode()


def accept_records(werkplaats: Werkplaats, gemeente: str, agb: str, inhoud: bytes, *, proef: bool = False) -> Ontvangst:
    """Take a file of records (`verantwoording`, CSV) of this aanbieder; with any fault nothing is kept.

    Messages between the two wait meanwhile, and this for them. With `proef` everything is tried and nothing is kept.
    """
    gelezen = parse_referentie(werkplaats.schemas, SOORT, inhoud, lambda *_: None, gemeente)
    if isinstance(gelezen, Inlezing):
        return Ontvangst(gelezen, {})
    try:
        with open_load(werkplaats, proef) as verbinding:
            lock_stroom(verbinding, gemeente, agb)
            _check_own(gelezen, agb)
            inlezing = store_referentie(verbinding, gelezen)
            if inlezing.verschil is None:
                raise _Fout
            over = _about(gelezen, list_vervallen(verbinding))
            _note(verbinding, werkplaats, gemeente, gelezen)
            return Ontvangst(inlezing, recheck_held(verbinding, werkplaats, gemeente, agb, *over))
    except _Fout:
        return Ontvangst(inlezing, {})


def _note(verbinding: Connection, werkplaats: Werkplaats, gemeente: str, gelezen: Gelezen) -> None:
    nummers = {rij[_PLAATS["toewijzingnummer"]] for rij in gelezen.rijen} - {None}
    bsns = list_bsns_of_toewijzingen(verbinding, gemeente, nummers)
    note_done(verbinding, werkplaats, Handeling(gemeente, "", "C", "verantwoordingen"), bsns)


def _check_own(gelezen: Gelezen, agb: str) -> None:
    """Faults for records under another AGB code.

    A number of an allocation that is another's is taken like one that is not known yet: it may still come. Records count only for
    lines of who sent them, so they do nothing, and nobody learns from the answer which numbers exist.
    """
    for rij in gelezen.rijen:
        if rij[_PLAATS["agb"]] != agb:
            gelezen.fouten.add("agb", f"Kolom agb {_ANDERS.format(agb=rij[_PLAATS['agb']])}", rij[-1])


def _about(
    gelezen: Gelezen, vervallen: Sequence[tuple[str, int | None, date | None]]
) -> tuple[Sequence[str], Sequence[tuple[int, date]]]:
    """References, and allocations with a month, that the records name, or that those named whose place they took."""
    referentie, nummer, maand = (_PLAATS[naam] for naam in ("referentienummer", "toewijzingnummer", "maand"))
    referenties = [rij[referentie] for rij in gelezen.rijen if rij[referentie]]
    maanden = [(rij[nummer], rij[maand]) for rij in gelezen.rijen if not rij[referentie]]
    referenties += [item[0] for item in vervallen if item[0]]
    maanden += [(item[1], item[2]) for item in vervallen if not item[0] and item[1] is not None and item[2] is not None]
    return referenties, maanden
