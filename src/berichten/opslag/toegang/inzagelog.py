"""Who looked: a row a look, which names whom it showed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection

from berichten.opslag.basis.rijvorm import as_values, columns, values
from berichten.opslag.basis.vraag import Opdracht, Vraag, Zoekvraag
from berichten.opslag.basis.zegelketen import NEDERLANDS

_BEGIN, _EIND = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Logregel:
    """A look, in the fields of NEN 7513: who, in which role, when, at what, why, from where, and with what outcome."""

    log_id: UUID
    tijd: datetime
    gebeurtenis: str
    actie: str
    """C, R, U, D or E: made, read, changed, removed, taken out as a file."""
    uitkomst: str
    door: str
    namens: str
    """AGB code of the aanbieder in whose name it was; empty for the gemeente itself."""
    rol: str
    machtiging: int | None
    doel: str
    reden: str
    object_soort: str
    object_id: str
    bsn_getoond: bool
    aantal: int
    """Clients that were shown."""
    bron: str
    spoor: str


# One row, which asks for nothing back: who adds a row need not be able to read it.
_ERBIJ = Opdracht(
    "INSERT INTO inzagelog (gemeente, clienten, {kolommen}) VALUES (%(gemeente)s, %(clienten)s, {waarden})",
    kolommen=columns(Logregel),
    waarden=values(Logregel),
)
# Looks at one client: those of sealed days by the index, those of after by reading the rows of since then.
_GEZIEN = """
    SELECT tijd, log_id FROM inzagelog_client WHERE gemeente = %(g)s AND client = %(client)s
    UNION
    SELECT tijd, log_id FROM inzagelog WHERE gemeente = %(g)s AND position(%(client)s::bytea IN clienten) > 0 AND tijd >= coalesce(
        (SELECT (max(dag) + 1)::timestamp {zone} FROM inzagelogzegel WHERE gemeente = %(g)s), '-infinity')
"""
_LIJST = Zoekvraag(
    Logregel,
    "SELECT {kolommen} FROM inzagelog WHERE gemeente = %(g)s{waar} ORDER BY tijd DESC, log_id DESC LIMIT %(n)s",
    {
        "vanaf": "tijd >= %(vanaf)s",
        "tot": "tijd <= %(tot)s",
        **{naam: f"{naam} = %({naam})s" for naam in ("door", "rol", "uitkomst", "object_soort", "object_id")},
        "client": "(tijd, log_id) IN ({gezien})",
        "na": "(tijd, log_id) < (%(tijd)s, %(na)s)",
    },
    gezien=_GEZIEN,
    zone=NEDERLANDS,
)
_VAN_CLIENT = Vraag(
    Logregel,
    """
    SELECT {kolommen} FROM inzagelog
    WHERE gemeente = %(g)s AND (tijd, log_id) IN ({gezien}) AND tijd BETWEEN %(van)s AND %(tot)s ORDER BY tijd, log_id
    """,
    gezien=_GEZIEN,
    zone=NEDERLANDS,
)
_BSNS_VAN_PRESTATIES = Vraag(
    str, "SELECT DISTINCT bsn FROM prestatie WHERE gemeente = %(g)s AND prestatie_id = ANY(%(p)s::bigint[])"
)
_BSNS_VAN_TOEWIJZINGEN = Vraag(
    str, "SELECT DISTINCT bsn FROM toewijzing WHERE gemeente = %(g)s AND toewijzingnummer = ANY(%(t)s::bigint[])"
)


def add_logregel(verbinding: Connection, gemeente: str, regel: Logregel, clienten: Collection[bytes]) -> None:
    """Keep a look, with the pseudonyms (`logsleutel.pseudonym`) of those whom it showed."""
    _ERBIJ.put(verbinding, {**as_values(regel), "gemeente": gemeente, "clienten": b"".join(sorted(clienten))})


def add_logregels(verbinding: Connection, regels: Iterable[tuple[str, Logregel]]) -> None:
    """Keep acts, each with its gemeente, that showed nobody."""
    waarden = [{**as_values(regel), "gemeente": gemeente, "clienten": b""} for gemeente, regel in regels]
    if waarden:
        _ERBIJ.run_each(verbinding, waarden)


@dataclass(frozen=True, slots=True)
class Logfilter:
    """Which looks to show; what is None does not matter."""

    vanaf: datetime | None = None
    tot: datetime | None = None
    """Between these moments, both inclusive."""
    door: str | None = None
    rol: str | None = None
    uitkomst: str | None = None
    object_soort: str | None = None
    object_id: str | None = None
    client: bytes | None = field(default=None, repr=False)
    """Pseudonym of a client that was shown."""


Logplaats = tuple[datetime, UUID]
"""Where a look stands in the list."""


def list_logregels(verbinding: Connection, gemeente: str, zeef: Logfilter, na: Logplaats | None, aantal: int) -> list[Logregel]:
    """New to old, those before `na`."""
    tijd, log_id = na or (None, None)
    return _LIJST.all(verbinding, zeef, {"g": gemeente, "na": log_id, "tijd": tijd, "n": aantal})


def list_logregels_of(
    verbinding: Connection, gemeente: str, client: bytes, van: datetime | None = None, tot: datetime | None = None
) -> list[Logregel]:
    """Every look that showed this client between these moments (inclusive), oldest first."""
    return _VAN_CLIENT.all(verbinding, {"g": gemeente, "client": client, "van": van or _BEGIN, "tot": tot or _EIND})


def list_bsns_of_prestaties(verbinding: Connection, gemeente: str, prestatie_ids: Collection[int]) -> list[str]:
    """Clients of these lines."""
    return _BSNS_VAN_PRESTATIES.all(verbinding, {"g": gemeente, "p": list(prestatie_ids)})


def list_bsns_of_toewijzingen(verbinding: Connection, gemeente: str, nummers: Collection[int]) -> list[str]:
    """Clients of these allocations."""
    return _BSNS_VAN_TOEWIJZINGEN.all(verbinding, {"g": gemeente, "t": list(nummers)})
