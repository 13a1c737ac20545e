"""Messages: what came in, what became of it, what was found in it and what was answered."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, text

from berichten.beoordeling.declaratie import Bedragen
from berichten.opslag.basis.kopie import copy_rows, fetch_rows, run_statement

PRESTATIE_BITS = 20
"""A prestatie_id is the message's volgnummer and, in this many low bits, the line's: a message of 25 MB holds fewer lines."""


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


KOLOMMEN = ", ".join(Berichtrij.__slots__)


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


@dataclass(frozen=True, slots=True)
class Bevindingrij:
    """A finding as it is stored; the sentence is kept as it was said."""

    regel: str
    retourcode: str | None
    gevolg: str
    niveau: int
    klasse: str
    pad: str
    melding: str
    gegevens: dict[str, Any]
    regelnummer: int | None
    prestatie_id: int | None = None
    product_volgnummer: int | None = None


_INSERT = f"""
    WITH nieuw AS (
        INSERT INTO bericht ({", ".join(NieuwBericht.__slots__)}) VALUES ({", ".join(f"%({n})s" for n in NieuwBericht.__slots__)})
        ON CONFLICT (gemeente, sha256) WHERE status <> 'geweigerd' DO NOTHING
        RETURNING {KOLOMMEN}
    ), bewaard AS (
        INSERT INTO bericht_inhoud (gemeente, bericht_id, agb, inhoud)
        SELECT gemeente, bericht_id, agb, %(inhoud)s::bytea FROM nieuw
        WHERE %(inhoud)s::bytea IS NOT NULL
    )
    SELECT {KOLOMMEN} FROM nieuw
"""  # noqa: S608


def insert_bericht(verbinding: Connection, nieuw: NieuwBericht, inhoud: bytes | None) -> Berichtrij | None:
    """Store a message and, if given, its packed contents; None when the same bytes were accepted before."""
    waarden = {naam: getattr(nieuw, naam) for naam in NieuwBericht.__slots__}
    rijen = fetch_rows(verbinding, _INSERT, {**waarden, "inhoud": inhoud})
    return Berichtrij(*rijen[0]) if rijen else None


def find_same_bytes(verbinding: Connection, gemeente: str, sha256: bytes) -> Berichtrij:
    """The message that was accepted with these bytes."""
    return Berichtrij(
        *verbinding.execute(
            text(f"SELECT {KOLOMMEN} FROM bericht WHERE gemeente = :g AND sha256 = :s AND status <> 'geweigerd'"),  # noqa: S608
            {"g": gemeente, "s": sha256},
        ).one()
    )


def find_bericht(verbinding: Connection, gemeente: str, bericht_id: UUID) -> Berichtrij | None:
    """One message, as far as the transaction may see it."""
    rij = verbinding.execute(
        text(f"SELECT {KOLOMMEN} FROM bericht WHERE gemeente = :g AND bericht_id = :b"),  # noqa: S608
        {"g": gemeente, "b": bericht_id},
    ).one_or_none()
    return None if rij is None else Berichtrij(*rij)


def lock_stroom(verbinding: Connection, gemeente: str, agb: str) -> None:
    """Claim a stream as `try_lock_stroom` does, waiting for who has it."""
    verbinding.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:slot, 0))"), {"slot": f"stroom {gemeente} {agb}"})


def try_lock_stroom(verbinding: Connection, gemeente: str, agb: str) -> bool:
    """Claim, until the transaction ends, everything that passes between this gemeente and this aanbieder."""
    sleutel = {"slot": f"stroom {gemeente} {agb}"}
    return bool(verbinding.execute(text("SELECT pg_try_advisory_xact_lock(hashtextextended(:slot, 0))"), sleutel).scalar())


def next_waiting(verbinding: Connection, gemeente: str, agb: str) -> Berichtrij | None:
    """The message of this stream that waits longest, locked."""
    rij = verbinding.execute(
        text(
            f"SELECT {KOLOMMEN} FROM bericht WHERE gemeente = :g AND agb = :a"  # noqa: S608
            " AND status IN ('ontvangen', 'in_behandeling') ORDER BY volgnummer LIMIT 1 FOR UPDATE"
        ),
        {"g": gemeente, "a": agb},
    ).one_or_none()
    return None if rij is None else Berichtrij(*rij)


def is_waiting(verbinding: Connection, gemeente: str, agb: str) -> bool:
    """Whether a message of this stream still waits."""
    return bool(
        verbinding.execute(
            text(
                "SELECT EXISTS (SELECT FROM bericht WHERE gemeente = :g AND agb = :a AND status IN ('ontvangen', 'in_behandeling'))"
            ),
            {"g": gemeente, "a": agb},
        ).scalar()
    )


def is_large_waiting(verbinding: Connection, gemeente: str, agb: str, omvang: int) -> bool:
    """Whether a message waits in this stream whose packed contents are larger than so many bytes."""
    return bool(
        verbinding.execute(
            text(
                "SELECT EXISTS (SELECT FROM bericht JOIN bericht_inhoud USING (gemeente, bericht_id)"
                " WHERE gemeente = :g AND bericht.agb = :a AND status IN ('ontvangen', 'in_behandeling')"
                " AND octet_length(inhoud) > :n)"
            ),
            {"g": gemeente, "a": agb, "n": omvang},
        ).scalar()
    )


def list_waiting(verbinding: Connection) -> list[tuple[str, str]]:
    """Every stream (gemeente, agb) in which a message waits, the longest waiting first."""
    rijen = verbinding.execute(
        text(
            "SELECT gemeente, agb FROM bericht WHERE status IN ('ontvangen', 'in_behandeling') AND agb IS NOT NULL"
            " GROUP BY gemeente, agb ORDER BY min(volgnummer)"
        )
    )
    return [(gemeente, agb) for gemeente, agb in rijen]


def mark_failure(verbinding: Connection, gemeente: str, agb: str, storing: str) -> None:
    """Note on the message that waits longest that handling it failed for a reason of our own; it keeps its place."""
    verbinding.execute(
        text(
            "UPDATE bericht SET status = 'in_behandeling', pogingen = pogingen + 1, storing = :s"
            " WHERE (gemeente, bericht_id) = (SELECT gemeente, bericht_id FROM bericht WHERE gemeente = :g AND agb = :a"
            " AND status IN ('ontvangen', 'in_behandeling') ORDER BY volgnummer LIMIT 1)"
        ),
        {"g": gemeente, "a": agb, "s": storing},
    )


def earlier_received(verbinding: Connection, bericht: Berichtrij) -> datetime | None:
    """When the same Identificatie of this sender and kind was handled before (TR056)."""
    rijen = fetch_rows(
        verbinding,
        "SELECT ontvangen_op FROM bericht WHERE gemeente = %(g)s AND afzender = %(a)s AND soort = %(s)s AND identificatie = %(i)s"
        " AND identificatie_gebruikt",
        {"g": bericht.gemeente, "a": bericht.afzender, "s": bericht.soort, "i": bericht.identificatie},
    )
    return rijen[0][0] if rijen else None


def read_inhoud(verbinding: Connection, gemeente: str, bericht_id: UUID) -> bytes | None:
    """The packed contents of a message."""
    inhoud: bytes | None = verbinding.execute(
        text("SELECT inhoud FROM bericht_inhoud WHERE gemeente = :g AND bericht_id = :b"),
        {"g": gemeente, "b": bericht_id},
    ).scalar()
    return inhoud


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
) -> None:
    """Set what became of a message."""
    run_statement(
        verbinding,
        """
            UPDATE bericht SET status = %(status)s, verwerkt_op = %(op)s, identificatie_gebruikt = %(gebruikt)s,
                aantal_regels = %(regels)s, ingediend_bedrag = %(ingediend)s, toegekend_bedrag = %(toegekend)s,
                afgewezen_bedrag = %(afgewezen)s, te_beoordelen_bedrag = %(te_beoordelen)s, retourcodes = %(codes)s::text[],
                declaratie_retourcodes = %(declaratiecodes)s::text[], storing = NULL
            WHERE gemeente = %(gemeente)s AND bericht_id = %(bericht_id)s
        """,
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
            "gemeente": bericht.gemeente,
            "bericht_id": bericht.bericht_id,
        },
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
    run_statement(
        verbinding,
        "INSERT INTO antwoord (gemeente, bericht_id, agb, soort, identificatie, inhoud, gemaakt_op)"
        " VALUES (%(g)s, %(b)s, %(a)s, %(s)s, %(i)s, %(inhoud)s, %(op)s)",
        {"g": bericht.gemeente, "b": bericht.bericht_id, "a": agb, "s": soort, "i": identificatie, "inhoud": inhoud,
         "op": gemaakt_op},
    )  # fmt: skip


def read_antwoord(verbinding: Connection, gemeente: str, bericht_id: UUID) -> bytes | None:
    """The packed answer to a message; None until there is one."""
    inhoud: bytes | None = verbinding.execute(
        text("SELECT inhoud FROM antwoord WHERE gemeente = :g AND bericht_id = :b"), {"g": gemeente, "b": bericht_id}
    ).scalar()
    return inhoud


_BEVINDING = {
    "gemeente": "text", "bericht_id": "uuid", "volgnummer": "int4", "agb": "text", "prestatie_id": "int8",
    "product_volgnummer": "int4", "regel": "text", "retourcode": "text", "gevolg": "text", "niveau": "int2", "klasse": "text",
    "pad": "text", "regelnummer": "int4", "melding": "text", "gegevens": "jsonb",
}  # fmt: skip


def copy_bevindingen(
    verbinding: Connection, gemeente: str, bericht_id: UUID, agb: str | None, bevindingen: Iterable[Bevindingrij]
) -> None:
    """Store the findings of a message in their order."""
    copy_rows(
        verbinding,
        "bevinding",
        _BEVINDING,
        (
            (gemeente, bericht_id, nummer, agb, item.prestatie_id, item.product_volgnummer, item.regel, item.retourcode,
             item.gevolg, item.niveau, item.klasse, item.pad, item.regelnummer, item.melding, Jsonb(item.gegevens, as_json))
            for nummer, item in enumerate(bevindingen, 1)
        ),
    )  # fmt: skip


def list_bevindingen(
    verbinding: Connection, gemeente: str, bericht_id: UUID, na: int = 0, aantal: int | None = None
) -> list[tuple[int, Bevindingrij]]:
    """Findings of a message in order, from those after number `na`, each with its number."""
    rijen = verbinding.execute(
        text(
            f"SELECT volgnummer, {', '.join(Bevindingrij.__slots__)} FROM bevinding"  # noqa: S608
            " WHERE gemeente = :g AND bericht_id = :b AND volgnummer > :na ORDER BY volgnummer LIMIT :n"
        ),
        {"g": gemeente, "b": bericht_id, "na": na, "n": aantal},
    )
    return [(rij[0], Bevindingrij(*rij[1:])) for rij in rijen]


def list_stoppers(verbinding: Connection, gemeente: str, bericht_id: UUID) -> list[Bevindingrij]:
    """Findings of a message that stop more than the line they are about: those that reject it as a whole, and those on clients."""
    rijen = verbinding.execute(
        text(
            f"SELECT {', '.join(Bevindingrij.__slots__)} FROM bevinding WHERE gemeente = :g AND bericht_id = :b"  # noqa: S608
            " AND (gevolg = 'afkeuren' OR klasse = 'Client') ORDER BY volgnummer"
        ),
        {"g": gemeente, "b": bericht_id},
    )
    return [Bevindingrij(*rij) for rij in rijen]


def list_bevindingen_of(verbinding: Connection, gemeente: str, prestatie_ids: Sequence[int]) -> list[Bevindingrij]:
    """Findings on these lines as they were last checked, in message order."""
    rijen = verbinding.execute(
        text(
            f"SELECT {', '.join(f'v.{naam}' for naam in Bevindingrij.__slots__)} FROM bevinding v"  # noqa: S608
            " JOIN prestatie p USING (gemeente, prestatie_id, hertoetsing)"
            " WHERE gemeente = :g AND prestatie_id = ANY(cast(:p AS bigint[])) ORDER BY prestatie_id, volgnummer"
        ),
        {"g": gemeente, "p": list(prestatie_ids)},
    )
    return [Bevindingrij(*rij) for rij in rijen]


def as_json(gegevens: dict[str, Any]) -> str:
    """The numbers of a finding as they are stored."""
    return json.dumps(gegevens, default=str, ensure_ascii=False)
