"""Messages: what came in, what became of it and what was answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from berichten.beoordeling.declaratie import Bedragen
from berichten.opslag.basis.delen import IN_DE_RIJ, SLOT
from berichten.opslag.basis.rijvorm import as_values, columns, values
from berichten.opslag.basis.vraag import Opdracht, Vraag

PRESTATIE_BITS = 20
"""A prestatie_id is the message's volgnummer and, in this many low bits, the line's: a message of 25 MB holds fewer lines."""


def lines_of(bericht: str, regel: str) -> str:
    """Condition by which the lines of a message are found by their key; the arguments are names of tables in the statement."""
    nummer = f"{bericht}.volgnummer"
    return f"{regel}.prestatie_id > {nummer} << {PRESTATIE_BITS} AND {regel}.prestatie_id < ({nummer} + 1) << {PRESTATIE_BITS}"


@dataclass(frozen=True, slots=True)
class Berichtrij:
    """A message as the database keeps it, without its contents."""

    gemeente: str
    bericht_id: UUID
    volgnummer: int
    soort: str
    richting: str
    agb: str | None
    afzender: str | None
    ontvanger: str | None
    identificatie: str | None
    dagtekening: date | None
    declaratienummer: str | None
    declaratie_begindatum: date | None
    declaratie_einddatum: date | None
    eigen_kenmerk: str | None
    """The mark that its sender gave it, or the name of its file in a ZIP."""
    status: str
    ontvangen_op: datetime
    verwerkt_op: datetime | None
    antwoord_uiterlijk_op: date | None
    aantal_regels: int | None
    ingediend_bedrag: int | None
    toegekend_bedrag: int | None
    afgewezen_bedrag: int | None
    te_beoordelen_bedrag: int | None
    retourcodes: list[str]
    declaratie_retourcodes: list[str]
    regelboek: str | None
    """Edition of the rule book by which it was judged; None before that, and for what nobody judges."""


@dataclass(frozen=True, slots=True)
class NieuwBericht:
    """What is stored of a message on arrival."""

    gemeente: str
    bericht_id: UUID
    soort: str
    agb: str | None
    afzender: str | None
    ontvanger: str | None
    identificatie: str | None
    dagtekening: date | None
    sha256: bytes
    status: str
    ontvangen_op: datetime
    antwoord_uiterlijk_op: date | None
    declaratienummer: str | None = None
    declaratie_begindatum: date | None = None
    declaratie_einddatum: date | None = None
    eigen_kenmerk: str | None = None


_INSERT = Vraag(
    Berichtrij,
    """
    WITH nieuw AS (
        INSERT INTO bericht ({eigen}) VALUES ({waarden})
        ON CONFLICT (gemeente, sha256) WHERE status <> 'geweigerd' DO NOTHING
        RETURNING {kolommen}
    ), bewaard AS (
        INSERT INTO bericht_inhoud (gemeente, bericht_id, agb, inhoud)
        SELECT gemeente, bericht_id, agb, %(inhoud)s::bytea FROM nieuw
        WHERE %(inhoud)s::bytea IS NOT NULL
    )
    SELECT {kolommen} FROM nieuw
    """,
    eigen=columns(NieuwBericht),
    waarden=values(NieuwBericht),
)
_ZELFDE = Vraag(Berichtrij, "SELECT {kolommen} FROM bericht WHERE gemeente = %(g)s AND sha256 = %(s)s AND status <> 'geweigerd'")
_EEN = Vraag(Berichtrij, "SELECT {kolommen} FROM bericht WHERE gemeente = %(g)s AND bericht_id = %(b)s")
_EERSTE = Vraag(
    Berichtrij,
    "SELECT {kolommen} FROM bericht WHERE gemeente = %(g)s AND agb = %(a)s AND {in_de_rij} ORDER BY volgnummer LIMIT 1 FOR UPDATE",
    in_de_rij=IN_DE_RIJ,
)
_WACHT = Opdracht(SLOT)
_PROBEER = Vraag(bool, "SELECT pg_try_advisory_xact_lock(hashtextextended(%(slot)s, 0))")
_WACHT_ER_EEN = Vraag(
    bool, "SELECT EXISTS (SELECT FROM bericht WHERE gemeente = %(g)s AND agb = %(a)s AND {in_de_rij})", in_de_rij=IN_DE_RIJ
)


class Stroom(NamedTuple):
    """Everything that passes between a gemeente and an aanbieder."""

    gemeente: str
    agb: str


_STROMEN = Vraag(
    Stroom,
    "SELECT gemeente, agb FROM bericht WHERE {in_de_rij} AND agb IS NOT NULL GROUP BY gemeente, agb ORDER BY min(volgnummer)",
    in_de_rij=IN_DE_RIJ,
)
_MISLUKT = Opdracht(
    """
    UPDATE bericht SET status = 'in_behandeling', pogingen = pogingen + 1, storing = %(s)s
    WHERE (gemeente, bericht_id) = (SELECT gemeente, bericht_id FROM bericht WHERE gemeente = %(g)s AND agb = %(a)s
        AND {in_de_rij} ORDER BY volgnummer LIMIT 1)
    """,
    in_de_rij=IN_DE_RIJ,
)
_EERDER = Vraag(
    datetime,
    "SELECT ontvangen_op FROM bericht WHERE gemeente = %(g)s AND afzender = %(a)s AND soort = %(s)s AND identificatie = %(i)s"
    " AND identificatie_gebruikt",
)
_INHOUD = Vraag(bytes, "SELECT inhoud FROM bericht_inhoud WHERE gemeente = %(g)s AND bericht_id = %(b)s")
_OMVANG = Vraag(int, "SELECT octet_length(inhoud) FROM bericht_inhoud WHERE gemeente = %(g)s AND bericht_id = %(b)s")
_ANTWOORD = Vraag(bytes, "SELECT inhoud FROM antwoord WHERE gemeente = %(g)s AND bericht_id = %(b)s")


def insert_bericht(verbinding: Connection, nieuw: NieuwBericht, inhoud: bytes | None) -> Berichtrij | None:
    """Store a message and, if given, its packed contents; None when the same bytes were accepted before."""
    return _INSERT.one(verbinding, {**as_values(nieuw), "inhoud": inhoud})


def find_same_bytes(verbinding: Connection, gemeente: str, sha256: bytes) -> Berichtrij:
    """The message that was accepted with these bytes."""
    return _ZELFDE.read(verbinding, {"g": gemeente, "s": sha256})


def find_bericht(verbinding: Connection, gemeente: str, bericht_id: UUID) -> Berichtrij | None:
    """One message, as far as the transaction may see it."""
    return _EEN.one(verbinding, {"g": gemeente, "b": bericht_id})


def lock_stroom(verbinding: Connection, gemeente: str, agb: str) -> None:
    """Claim a stream as `try_lock_stroom` does, waiting for who has it."""
    _WACHT.run(verbinding, {"slot": f"stroom {gemeente} {agb}"})


def try_lock_stroom(verbinding: Connection, gemeente: str, agb: str) -> bool:
    """Claim, until the transaction ends, everything that passes between this gemeente and this aanbieder."""
    return _PROBEER.read(verbinding, {"slot": f"stroom {gemeente} {agb}"})


def try_lock_stromen(verbinding: Connection, stromen: Collection[tuple[str, str]]) -> list[Stroom]:
    """The same of several streams; gives those that were claimed. Waits for nobody, so that nobody waits in a circle."""
    gevraagd = [Stroom(*stroom) for stroom in sorted(stromen)]
    gelukt = _PROBEER.all_each(verbinding, [{"slot": f"stroom {gemeente} {agb}"} for gemeente, agb in gevraagd])
    return [stroom for stroom, (gekregen,) in zip(gevraagd, gelukt, strict=True) if gekregen]


def next_waiting_of(verbinding: Connection, stromen: Collection[tuple[str, str]]) -> list[Berichtrij]:
    """The message that waits longest of each of these streams, if there is one, locked."""
    per_stroom = _EERSTE.all_each(verbinding, [{"g": gemeente, "a": agb} for gemeente, agb in sorted(stromen)])
    return [rij for rijen in per_stroom for rij in rijen]


def next_waiting(verbinding: Connection, gemeente: str, agb: str) -> Berichtrij | None:
    """The message of this stream that waits longest, locked."""
    return _EERSTE.one(verbinding, {"g": gemeente, "a": agb})


def is_waiting(verbinding: Connection, gemeente: str, agb: str) -> bool:
    """Whether a message of this stream still waits."""
    return _WACHT_ER_EEN.read(verbinding, {"g": gemeente, "a": agb})


def keep_waiting(verbinding: Connection, stromen: Sequence[Stroom]) -> list[Stroom]:
    """Those of these streams in which a message still waits."""
    wacht = _WACHT_ER_EEN.all_each(verbinding, [{"g": gemeente, "a": agb} for gemeente, agb in stromen])
    return [stroom for stroom, (er_een,) in zip(stromen, wacht, strict=True) if er_een]


def list_waiting(verbinding: Connection) -> list[Stroom]:
    """Every stream in which a message waits, the longest waiting first."""
    return _STROMEN.all(verbinding)


def mark_failure(verbinding: Connection, gemeente: str, agb: str, storing: str) -> None:
    """Note on the message that waits longest that handling it failed for a reason of our own; it keeps its place."""
    _MISLUKT.run(verbinding, {"g": gemeente, "a": agb, "s": storing})


def earlier_received(verbinding: Connection, bericht: Berichtrij) -> datetime | None:
    """When the same Identificatie of this sender and kind was handled before (TR056)."""
    return _EERDER.one(verbinding, {"g": bericht.gemeente, "a": bericht.afzender, "s": bericht.soort, "i": bericht.identificatie})


def read_inhoud(verbinding: Connection, gemeente: str, bericht_id: UUID) -> bytes | None:
    """The packed contents of a message."""
    return _INHOUD.one(verbinding, {"g": gemeente, "b": bericht_id})


def measure_inhoud(verbinding: Connection, gemeente: str, bericht_id: UUID) -> int:
    """Bytes of the packed contents of a message."""
    return _OMVANG.one(verbinding, {"g": gemeente, "b": bericht_id}) or 0


_AF = Opdracht("""
    UPDATE bericht SET status = %(status)s, verwerkt_op = %(op)s, identificatie_gebruikt = %(gebruikt)s,
        aantal_regels = %(regels)s, ingediend_bedrag = %(ingediend)s, toegekend_bedrag = %(toegekend)s,
        afgewezen_bedrag = %(afgewezen)s, te_beoordelen_bedrag = %(te_beoordelen)s, retourcodes = %(codes)s::text[],
        declaratie_retourcodes = %(declaratiecodes)s::text[], regelboek = %(regelboek)s, storing = NULL
    WHERE gemeente = %(gemeente)s AND bericht_id = %(bericht_id)s
""")


def finish_bericht(
    verbinding: Connection,
    bericht: Berichtrij,
    *,
    status: str,
    verwerkt_op: datetime,
    identificatie_gebruikt: bool,
    aantal_regels: int,
    bedragen: Bedragen | None,
    retourcodes: Sequence[str],
    declaratie_retourcodes: Sequence[str],
    regelboek: str | None,
) -> None:
    """Set what became of a message."""
    _AF.put(
        verbinding,
        {
            "status": status,
            "op": verwerkt_op,
            "gebruikt": identificatie_gebruikt,
            "regels": aantal_regels,
            "ingediend": bedragen and bedragen.ingediend,
            "toegekend": bedragen and bedragen.toegekend,
            "afgewezen": bedragen and bedragen.afgewezen,
            "te_beoordelen": bedragen and bedragen.te_beoordelen,
            "codes": list(retourcodes),
            "declaratiecodes": list(declaratie_retourcodes),
            "regelboek": regelboek,
            "gemeente": bericht.gemeente,
            "bericht_id": bericht.bericht_id,
        },
    )


_ANTWOORD_ERBIJ = Opdracht(
    "INSERT INTO antwoord (gemeente, bericht_id, agb, soort, identificatie, inhoud, gemaakt_op)"
    " VALUES (%(g)s, %(b)s, %(a)s, %(s)s, %(i)s, %(inhoud)s, %(op)s)"
)


def insert_antwoord(
    verbinding: Connection,
    bericht: Berichtrij,
    agb: str,
    soort: str,
    identificatie: str,
    inhoud: bytes,
    gemaakt_op: datetime,
) -> None:
    """Store the (packed) answer to a message."""
    _ANTWOORD_ERBIJ.put(
        verbinding,
        {"g": bericht.gemeente, "b": bericht.bericht_id, "a": agb, "s": soort, "i": identificatie, "inhoud": inhoud,
         "op": gemaakt_op},
    )  # fmt: skip


def read_antwoord(verbinding: Connection, gemeente: str, bericht_id: UUID) -> bytes | None:
    """The packed answer to a message; None until there is one."""
    return _ANTWOORD.one(verbinding, {"g": gemeente, "b": bericht_id})
