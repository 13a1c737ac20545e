"""Seals over the access log: per day a fingerprint of its rows, in a chain as the journal has; and its clients filed for search.

A row names its clients in one column, so that a look costs one row to write. Only once its day is sealed each of them gets a row of
its own (`inzagelog_client`), by which looks at one client are found in a log of years.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from berichten.opslag.basis.kopie import add_rows
from berichten.opslag.basis.rijvorm import columns
from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.basis.zegelketen import NEDERLANDS, Zegel, Zegelketen, first_open_day
from berichten.opslag.tabellen.inzagelog import inzagelogzegel

_KETEN = Zegelketen(b"zegel over het inzagelog")


@dataclass(frozen=True, slots=True)
class Logafdruk:
    """The rows of the log on one day; `clienten` counts those of all rows together."""

    aantal: int
    clienten: int
    vingerafdruk: bytes


@dataclass(frozen=True, slots=True)
class Logbreuk:
    """A day of the log that is no longer as it was sealed."""

    dag: date
    verzegeld: Logafdruk | None
    gevonden: Logafdruk | None
    """Both None: the seal does not fit what it was made of. The same twice: what is filed for search is not what the rows say."""


@dataclass(frozen=True, slots=True)
class _Verzegeld:
    zegel: Zegel
    afdruk: Logafdruk


@dataclass(frozen=True, slots=True)
class _Logdag:
    dag: date
    afdruk: Logafdruk


# Every column of a row, in a form that no setting of the server changes and that no text can make look like another row.
_RIJ = """
    json_build_array(log_id, extract(epoch FROM tijd), gebeurtenis, actie, uitkomst, door, namens, rol, machtiging, doel, reden,
        object_soort, object_id, bsn_getoond, aantal, encode(clienten, 'hex'), bron, spoor)
"""
_AFDRUKKEN = """
    SELECT (tijd {zone})::date AS dag, count(*) AS aantal, coalesce(sum(aantal), 0)::bigint AS clienten,
        sha256(string_agg(sha256(convert_to({rij}::text, 'UTF8')), ''::bytea ORDER BY tijd, log_id)) AS vingerafdruk
    FROM inzagelog
    WHERE gemeente = %(g)s AND tijd >= %(van)s::date::timestamp {zone} AND tijd < %(voor)s::date::timestamp {zone}
    GROUP BY 1
"""
_DEEL = {"afdrukken": _AFDRUKKEN, "rij": _RIJ, "zone": NEDERLANDS}
_NU = Vraag(
    _Logdag, "SELECT dag, {afdruk} FROM ({afdrukken}) AS nu ORDER BY dag", afdruk=columns(Logafdruk, naar="afdruk"), **_DEEL
)
_GEWIJZIGD = Vraag(
    Logbreuk,
    """
    SELECT dag, {verzegeld}, {gevonden}
    FROM ({afdrukken}) AS nu FULL JOIN (SELECT * FROM inzagelogzegel WHERE gemeente = %(g)s) AS z USING (dag)
    WHERE nu.vingerafdruk IS DISTINCT FROM z.vingerafdruk ORDER BY dag
    """,
    verzegeld=columns(Logafdruk, "z", "verzegeld"),
    gevonden=columns(Logafdruk, "nu", "gevonden"),
    **_DEEL,
)
# In a row clients stand in order, so those of a day, one after the other, are the same bytes either way.
_ANDERS_OPGEBORGEN = Vraag(
    date,
    """
    SELECT dag FROM (
        SELECT (tijd {zone})::date AS dag, sha256(string_agg(clienten, ''::bytea ORDER BY tijd, log_id)) AS som FROM inzagelog
        WHERE gemeente = %(g)s AND tijd < %(voor)s::date::timestamp {zone} AND aantal > 0 GROUP BY 1
    ) AS rijen FULL JOIN (
        SELECT (tijd {zone})::date AS dag, sha256(string_agg(client, ''::bytea ORDER BY tijd, log_id, client)) AS som
        FROM inzagelog_client WHERE gemeente = %(g)s AND tijd < %(voor)s::date::timestamp {zone} GROUP BY 1
    ) AS opgeborgen USING (dag)
    WHERE rijen.som IS DISTINCT FROM opgeborgen.som ORDER BY dag
    """,
    zone=NEDERLANDS,
)
_BERG_OP = Opdracht(
    """
    INSERT INTO inzagelog_client (gemeente, client, tijd, log_id)
    SELECT gemeente, substring(clienten FROM 16 * plek + 1 FOR 16), tijd, log_id
    FROM inzagelog, generate_series(0, aantal - 1) AS plek
    WHERE gemeente = %(g)s AND tijd >= %(van)s::date::timestamp {zone} AND tijd < %(voor)s::date::timestamp {zone}
    ON CONFLICT DO NOTHING
    """,
    zone=NEDERLANDS,
)
_LAATSTE = Vraag(Zegel, "SELECT {kolommen} FROM inzagelogzegel WHERE gemeente = %(g)s ORDER BY dag DESC LIMIT 1")
_ZEGELS = Vraag(
    _Verzegeld,
    "SELECT {zegel}, {afdruk} FROM inzagelogzegel WHERE gemeente = %(g)s ORDER BY dag",
    zegel=columns(Zegel, naar="zegel"),
    afdruk=columns(Logafdruk, naar="afdruk"),
)
# A step over the index for each gemeente, however many rows it has.
_GEMEENTEN = Vraag(
    str,
    """
    WITH RECURSIVE gezien (gemeente) AS (
        SELECT min(gemeente) FROM inzagelog
        UNION ALL SELECT (SELECT min(l.gemeente) FROM inzagelog l WHERE l.gemeente > gezien.gemeente) FROM gezien
        WHERE gezien.gemeente IS NOT NULL
    )
    SELECT gemeente FROM gezien WHERE gemeente IS NOT NULL ORDER BY 1
    """,
)
_KOLOMMEN = ("gemeente", "dag", "aantal", "clienten", "vingerafdruk", "zegel", "gezet_op")


def list_gemeenten_with_log(verbinding: Connection) -> list[str]:
    """Every gemeente of which the log has a row."""
    return _GEMEENTEN.all(verbinding)


def last_logzegel(verbinding: Connection, gemeente: str) -> Zegel | None:
    """The newest sealed day of the log and its seal; None when nothing was sealed yet."""
    return _LAATSTE.one(verbinding, {"g": gemeente})


def seal_log_days(verbinding: Connection, gemeente: str, voor: date, sleutel: str, nu: datetime) -> int:
    """Seal every day before `voor` after the last sealed one on which somebody looked, and file its clients for search.

    Returns how many days those are. No transaction may be under way that adds to one of them: the caller waits till well after
    midnight.
    """
    vorige = last_logzegel(verbinding, gemeente)
    zegel, waarden = vorige and vorige.zegel, {"g": gemeente, "van": first_open_day(vorige), "voor": voor}
    zegels = []
    for rij in _NU.all(verbinding, waarden):
        zegel = _KETEN.make_seal(sleutel, zegel, gemeente, rij.dag, _parts(rij.afdruk))
        zegels.append((gemeente, rij.dag, rij.afdruk.aantal, rij.afdruk.clienten, rij.afdruk.vingerafdruk, zegel, nu))
    add_rows(verbinding, inzagelogzegel, _KOLOMMEN, zegels)
    _BERG_OP.run(verbinding, waarden)
    return len(zegels)


def find_broken_log(verbinding: Connection, gemeente: str, sleutel: str) -> Iterator[Logbreuk]:
    """Days whose rows are not what was sealed, whose clients are not filed as their rows name them, or whose seal does not fit."""
    waarden = {"g": gemeente, "van": date.min, "voor": first_open_day(last_logzegel(verbinding, gemeente))}
    yield from _GEWIJZIGD.all(verbinding, waarden)
    verzegeld = _ZEGELS.all(verbinding, {"g": gemeente})
    dagen = ((rij.zegel, _parts(rij.afdruk)) for rij in verzegeld)
    yield from (Logbreuk(dag, None, None) for dag in _KETEN.find_misfits(sleutel, gemeente, dagen))
    afdrukken = {rij.zegel.dag: rij.afdruk for rij in verzegeld}
    for dag in _ANDERS_OPGEBORGEN.all(verbinding, waarden):
        yield Logbreuk(dag, afdrukken.get(dag), afdrukken.get(dag))


def _parts(afdruk: Logafdruk) -> Sequence[bytes]:
    return (f"|{afdruk.aantal}|{afdruk.clienten}|".encode(), afdruk.vingerafdruk)
