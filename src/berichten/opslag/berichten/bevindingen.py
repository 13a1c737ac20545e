"""Findings of messages: what a rule said of a message or a line of it, kept as it was said."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import Connection

from berichten.opslag.basis.kopie import add_rows
from berichten.opslag.basis.rijvorm import columns
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.tabellen.berichten import bevinding


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


_BEVINDING = (
    "gemeente", "bericht_id", "volgnummer", "agb", "prestatie_id", "product_volgnummer", "regel", "retourcode", "gevolg",
    "niveau", "klasse", "pad", "regelnummer", "melding", "gegevens",
)  # fmt: skip


def copy_bevindingen(
    verbinding: Connection, gemeente: str, bericht_id: UUID, agb: str | None, bevindingen: Iterable[Bevindingrij]
) -> None:
    """Store the findings of a message in their order."""
    add_rows(
        verbinding,
        bevinding,
        _BEVINDING,
        (
            (gemeente, bericht_id, nummer, agb, item.prestatie_id, item.product_volgnummer, item.regel, item.retourcode,
             item.gevolg, item.niveau, item.klasse, item.pad, item.regelnummer, item.melding, Jsonb(item.gegevens, as_json))
            for nummer, item in enumerate(bevindingen, 1)
        ),
    )  # fmt: skip


class Genummerd(NamedTuple):
    """A finding with its number in its message."""

    volgnummer: int
    rij: Bevindingrij


_BEVINDINGEN = Vraag(
    Genummerd,
    "SELECT volgnummer, {rij} FROM bevinding"
    " WHERE gemeente = %(g)s AND bericht_id = %(b)s AND volgnummer > %(na)s ORDER BY volgnummer LIMIT %(n)s",
    rij=columns(Bevindingrij, naar="rij"),
)
_STOPPERS = Vraag(
    Bevindingrij,
    "SELECT {kolommen} FROM bevinding WHERE gemeente = %(g)s AND bericht_id = %(b)s"
    " AND (gevolg = 'afkeuren' OR klasse = 'Client') ORDER BY volgnummer",
)
_VAN_REGELS = Vraag(
    Bevindingrij,
    """
    SELECT {kolommen} FROM bevinding v JOIN prestatie p USING (gemeente, prestatie_id, hertoetsing)
    WHERE gemeente = %(g)s AND prestatie_id = ANY(%(p)s::bigint[]) ORDER BY prestatie_id, volgnummer
    """,
    bron="v",
)


def list_bevindingen(
    verbinding: Connection, gemeente: str, bericht_id: UUID, na: int = 0, aantal: int | None = None
) -> list[Genummerd]:
    """Findings of a message in order, from those after number `na`, each with its number."""
    return _BEVINDINGEN.all(verbinding, {"g": gemeente, "b": bericht_id, "na": na, "n": aantal})


def list_stoppers(verbinding: Connection, gemeente: str, bericht_id: UUID) -> list[Bevindingrij]:
    """Findings of a message that stop more than the line they are about: those that reject it as a whole, and those on clients."""
    return _STOPPERS.all(verbinding, {"g": gemeente, "b": bericht_id})


def list_bevindingen_of(verbinding: Connection, gemeente: str, prestatie_ids: Sequence[int]) -> list[Bevindingrij]:
    """Findings on these lines as they were last checked, in message order."""
    return _VAN_REGELS.all(verbinding, {"g": gemeente, "p": list(prestatie_ids)})


def as_json(gegevens: dict[str, Any]) -> str:
    """The numbers of a finding as they are stored."""
    return json.dumps(gegevens, default=str, ensure_ascii=False)
