"""Seals over the journal: per day a fingerprint of each message's entries, and over those a seal that also holds the day before.

A seal is made with the key of the installation (HMAC-SHA-256). Who changes the database, but does not have the key, cannot make a
seal that fits. Without a key it is a plain hash, that proves less (docs/financien.md).
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, text

from berichten.opslag.basis.kopie import copy_rows
from berichten.opslag.berichten.berichten import PRESTATIE_BITS
from berichten.opslag.tabellen.boeken import journaalzegel, journaalzegel_bericht

_DOEL = b"zegel over het journaal"
"""What the key is used for here, so that what it makes fits nowhere else."""
_BEGIN = b"\x00" * 32
"""Stands for the seal before the first."""
_ZONE = "AT TIME ZONE 'Europe/Amsterdam'"

# Every column of an entry, in a fixed order, in a form that no setting of the server changes.
_AFDRUKKEN = f"""
    SELECT (geboekt_op {_ZONE})::date AS dag, prestatie_id >> {PRESTATIE_BITS} AS volgnummer, count(*) AS aantal,
        sum(bedrag)::bigint AS bedrag, sha256(convert_to(string_agg(concat_ws('|', prestatie_id, boeking, agb, bericht_id,
            coalesce(besluit_id, 0), soort, rekening, tegenrekening, bedrag, coalesce(toewijzingnummer, -1), categorie, productcode,
            to_char(zorgmaand, 'YYYY-MM-DD'), to_char(declaratiemaand, 'YYYY-MM-DD'), extract(epoch FROM geboekt_op)),
            E'\\n' ORDER BY prestatie_id, boeking), 'UTF8')) AS vingerafdruk
    FROM journaal
    WHERE gemeente = :g AND geboekt_op >= cast(:van AS date)::timestamp {_ZONE}
        AND geboekt_op < cast(:voor AS date)::timestamp {_ZONE}
    GROUP BY 1, 2
"""  # noqa: S608
_GEWIJZIGD = text(f"""
    SELECT dag, volgnummer, z.aantal, z.bedrag, nu.aantal, nu.bedrag
    FROM ({_AFDRUKKEN}) AS nu
    FULL JOIN (SELECT * FROM journaalzegel_bericht WHERE gemeente = :g) AS z USING (dag, volgnummer)
    WHERE nu.vingerafdruk IS DISTINCT FROM z.vingerafdruk ORDER BY 1, 2
""")  # noqa: S608
_LAATSTE = text("SELECT dag, zegel FROM journaalzegel WHERE gemeente = :g ORDER BY dag DESC LIMIT 1")
_BEWAARD = text("SELECT dag, volgnummer, aantal, bedrag, vingerafdruk FROM journaalzegel_bericht WHERE gemeente = :g ORDER BY 1, 2")
_ZEGEL = ("gemeente", "dag", "aantal", "bedrag", "zegel", "gezet_op")
_AFDRUK = ("gemeente", "dag", "volgnummer", "aantal", "bedrag", "vingerafdruk")


@dataclass(frozen=True, slots=True)
class Afdruk:
    """The entries of one message on one day; amounts in cents."""

    volgnummer: int
    aantal: int
    bedrag: int
    vingerafdruk: bytes


@dataclass(frozen=True, slots=True)
class Zegelbreuk:
    """What is no longer as it was sealed; cents and numbers of entries, None where there are none."""

    dag: date
    volgnummer: int | None
    """Of the message; None when the seal of the whole day does not fit what it was made of."""
    verzegeld: tuple[int, int] | None = None
    gevonden: tuple[int, int] | None = None


def last_seal(verbinding: Connection, gemeente: str) -> tuple[date, bytes] | None:
    """The newest sealed day and its seal; None when nothing was sealed yet."""
    rij = verbinding.execute(_LAATSTE, {"g": gemeente}).one_or_none()
    return None if rij is None else (rij[0], bytes(rij[1]))


def seal_days(verbinding: Connection, gemeente: str, voor: date, sleutel: str, nu: datetime) -> int:
    """Seal every day before `voor` that comes after the last sealed one and on which was booked; returns how many those are.

    No transaction may be under way that books on one of those days: the caller waits till well after midnight.
    """
    vorige = last_seal(verbinding, gemeente)
    van, zegel = (date.min, _BEGIN) if vorige is None else (date.fromordinal(vorige[0].toordinal() + 1), vorige[1])
    rijen = verbinding.execute(text(f"{_AFDRUKKEN} ORDER BY 1, 2"), {"g": gemeente, "van": van, "voor": voor}).all()
    zegels, alle = [], []
    for dag, afdrukken in _by_day(rijen):
        zegel = make_seal(sleutel, zegel, gemeente, dag, afdrukken)
        zegels.append((gemeente, dag, sum(item.aantal for item in afdrukken), sum(item.bedrag for item in afdrukken), zegel, nu))
        alle += [(gemeente, dag, item.volgnummer, item.aantal, item.bedrag, item.vingerafdruk) for item in afdrukken]
    copy_rows(verbinding, journaalzegel, _ZEGEL, zegels)
    copy_rows(verbinding, journaalzegel_bericht, _AFDRUK, alle)
    return len(zegels)


def make_seal(sleutel: str, vorige: bytes, gemeente: str, dag: date, afdrukken: Iterable[Afdruk]) -> bytes:
    """The seal of a day: over the one before it and the fingerprint of each message, in order."""
    som = hmac.new(hashlib.sha256(_DOEL + sleutel.encode()).digest(), vorige, hashlib.sha256)
    som.update(f"{gemeente}|{dag:%Y-%m-%d}".encode())
    for item in afdrukken:
        som.update(f"|{item.volgnummer}|{item.aantal}|{item.bedrag}|".encode() + item.vingerafdruk)
    return som.digest()


def find_broken(verbinding: Connection, gemeente: str, sleutel: str) -> Iterator[Zegelbreuk]:
    """Messages whose entries are not what was sealed, and days whose seal does not fit."""
    laatste = last_seal(verbinding, gemeente)
    voor = date.min if laatste is None else date.fromordinal(laatste[0].toordinal() + 1)
    for rij in verbinding.execute(_GEWIJZIGD, {"g": gemeente, "van": date.min, "voor": voor}):
        verzegeld, gevonden = (None if deel[0] is None else (deel[0], deel[1]) for deel in (rij[2:4], rij[4:6]))
        yield Zegelbreuk(rij[0], rij[1], verzegeld, gevonden)
    yield from _check_chain(verbinding, gemeente, sleutel)


def _check_chain(verbinding: Connection, gemeente: str, sleutel: str) -> Iterator[Zegelbreuk]:
    """Each seal anew, from what was kept of its day and the seal before it as it stands."""
    zegels = verbinding.execute(
        text("SELECT dag, zegel FROM journaalzegel WHERE gemeente = :g ORDER BY dag"), {"g": gemeente}
    ).all()
    afdrukken = dict(_by_day(verbinding.execute(_BEWAARD, {"g": gemeente}).all()))
    vorige = _BEGIN
    for dag, bewaard in zegels:
        zegel = bytes(bewaard)
        if not hmac.compare_digest(make_seal(sleutel, vorige, gemeente, dag, afdrukken.get(dag, ())), zegel):
            yield Zegelbreuk(dag, None)
        vorige = zegel


def _by_day(rijen: Sequence[Any]) -> Iterator[tuple[date, list[Afdruk]]]:
    for dag, groep in groupby(rijen, key=lambda rij: rij[0]):
        yield dag, [Afdruk(rij[1], rij[2], rij[3], bytes(rij[4])) for rij in groep]
