"""Seals over the journal: per day a fingerprint of each message's entries, and over those a seal that also holds the day before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.opslag.basis.kopie import add_rows
from berichten.opslag.basis.rijvorm import columns
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.basis.zegelketen import NEDERLANDS, Zegel, Zegelketen, first_open_day
from berichten.opslag.berichten.berichten import PRESTATIE_BITS
from berichten.opslag.tabellen.boeken import journaalzegel, journaalzegel_bericht

_KETEN = Zegelketen(b"zegel over het journaal")


@dataclass(frozen=True, slots=True)
class Afdruk:
    """The entries of one message on one day; amounts in cents."""

    volgnummer: int
    aantal: int
    bedrag: int
    vingerafdruk: bytes


class Zegelomvang(NamedTuple):
    """How many entries, and their sum in cents."""

    aantal: int
    bedrag: int


@dataclass(frozen=True, slots=True)
class Zegelbreuk:
    """What is no longer as it was sealed; cents and numbers of entries, None where there are none."""

    dag: date
    volgnummer: int | None
    """Of the message; None when the seal of the whole day does not fit what it was made of."""
    verzegeld: Zegelomvang | None = None
    gevonden: Zegelomvang | None = None


class _Dagafdruk(NamedTuple):
    dag: date
    afdruk: Afdruk


# Every column of an entry, in a fixed order, in a form that no setting of the server changes.
_AFDRUKKEN = """
    SELECT (geboekt_op {zone})::date AS dag, prestatie_id >> {bits} AS volgnummer, count(*) AS aantal,
        sum(bedrag)::bigint AS bedrag, sha256(convert_to(string_agg(concat_ws('|', prestatie_id, boeking, agb, bericht_id,
            coalesce(besluit_id, 0), soort, rekening, tegenrekening, bedrag, coalesce(toewijzingnummer, -1), categorie, productcode,
            to_char(zorgmaand, 'YYYY-MM-DD'), to_char(declaratiemaand, 'YYYY-MM-DD'), extract(epoch FROM geboekt_op)),
            E'\\n' ORDER BY prestatie_id, boeking), 'UTF8')) AS vingerafdruk
    FROM journaal
    WHERE gemeente = %(g)s AND geboekt_op >= %(van)s::date::timestamp {zone} AND geboekt_op < %(voor)s::date::timestamp {zone}
    GROUP BY 1, 2
"""
_DEEL = {"afdrukken": _AFDRUKKEN, "zone": NEDERLANDS, "bits": str(PRESTATIE_BITS), "afdruk": columns(Afdruk, naar="afdruk")}
_NU = Vraag(_Dagafdruk, "SELECT dag, {afdruk} FROM ({afdrukken}) AS nu ORDER BY dag, volgnummer", **_DEEL)
_GEWIJZIGD = Vraag(
    Zegelbreuk,
    """
    SELECT dag, volgnummer, {verzegeld}, {gevonden}
    FROM ({afdrukken}) AS nu
    FULL JOIN (SELECT * FROM journaalzegel_bericht WHERE gemeente = %(g)s) AS z USING (dag, volgnummer)
    WHERE nu.vingerafdruk IS DISTINCT FROM z.vingerafdruk ORDER BY dag, volgnummer
    """,
    verzegeld=columns(Zegelomvang, "z", "verzegeld"),
    gevonden=columns(Zegelomvang, "nu", "gevonden"),
    **_DEEL,
)
_LAATSTE = Vraag(Zegel, "SELECT {kolommen} FROM journaalzegel WHERE gemeente = %(g)s ORDER BY dag DESC LIMIT 1")
_ZEGELS = Vraag(Zegel, "SELECT {kolommen} FROM journaalzegel WHERE gemeente = %(g)s ORDER BY dag")
_BEWAARD = Vraag(
    _Dagafdruk, "SELECT dag, {afdruk} FROM journaalzegel_bericht WHERE gemeente = %(g)s ORDER BY dag, volgnummer", **_DEEL
)
_ZEGEL = ("gemeente", "dag", "aantal", "bedrag", "zegel", "gezet_op")
_AFDRUK = ("gemeente", "dag", "volgnummer", "aantal", "bedrag", "vingerafdruk")


def last_seal(verbinding: Connection, gemeente: str) -> Zegel | None:
    """The newest sealed day and its seal; None when nothing was sealed yet."""
    return _LAATSTE.one(verbinding, {"g": gemeente})


def seal_days(verbinding: Connection, gemeente: str, voor: date, sleutel: str, nu: datetime) -> int:
    """Seal every day before `voor` that comes after the last sealed one and on which was booked; returns how many those are.

    No transaction may be under way that books on one of those days: the caller waits till well after midnight.
    """
    vorige = last_seal(verbinding, gemeente)
    zegel = vorige and vorige.zegel
    rijen = _NU.all(verbinding, {"g": gemeente, "van": first_open_day(vorige), "voor": voor})
    zegels, alle = [], []
    for dag, afdrukken in _by_day(rijen):
        zegel = _KETEN.make_seal(sleutel, zegel, gemeente, dag, map(_as_part, afdrukken))
        zegels.append((gemeente, dag, sum(item.aantal for item in afdrukken), sum(item.bedrag for item in afdrukken), zegel, nu))
        alle += [(gemeente, dag, item.volgnummer, item.aantal, item.bedrag, item.vingerafdruk) for item in afdrukken]
    add_rows(verbinding, journaalzegel, _ZEGEL, zegels)
    add_rows(verbinding, journaalzegel_bericht, _AFDRUK, alle)
    return len(zegels)


def _as_part(afdruk: Afdruk) -> bytes:
    return f"|{afdruk.volgnummer}|{afdruk.aantal}|{afdruk.bedrag}|".encode() + afdruk.vingerafdruk


def find_broken(verbinding: Connection, gemeente: str, sleutel: str) -> Iterator[Zegelbreuk]:
    """Messages whose entries are not what was sealed, and days whose seal does not fit."""
    voor = first_open_day(last_seal(verbinding, gemeente))
    yield from _GEWIJZIGD.all(verbinding, {"g": gemeente, "van": date.min, "voor": voor})
    afdrukken = dict(_by_day(_BEWAARD.all(verbinding, {"g": gemeente})))
    dagen = ((zegel, map(_as_part, afdrukken.get(zegel.dag, ()))) for zegel in _ZEGELS.all(verbinding, {"g": gemeente}))
    yield from (Zegelbreuk(dag, None) for dag in _KETEN.find_misfits(sleutel, gemeente, dagen))


def _by_day(rijen: Sequence[_Dagafdruk]) -> Iterator[tuple[date, list[Afdruk]]]:
    for dag, groep in groupby(rijen, key=lambda rij: rij.dag):
        yield dag, [rij.afdruk for rij in groep]
