"""What became of several messages at once: a fixed number of queries, however many they are."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from berichten.opslag.basis.rijvorm import columns
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.berichten.berichten import Berichtrij, lines_of
from berichten.opslag.berichten.bevindingen import Bevindingrij
from berichten.opslag.berichten.declaraties import Prestatierij

Sleutel = tuple[str, int]
"""Gemeente and volgnummer of a message."""

_EIGEN = "unnest(%(g)s::text[], %(b)s::uuid[], %(v)s::bigint[]) AS eigen (gemeente, bericht_id, volgnummer)"


class _Aanvaard(NamedTuple):
    sha256: bytes
    bericht: Berichtrij


class _Bevinding(NamedTuple):
    gemeente: str
    volgnummer: int
    rij: Bevindingrij


class _Prestatie(NamedTuple):
    gemeente: str
    volgnummer: int
    rij: Prestatierij


class _Bytes(NamedTuple):
    gemeente: str
    volgnummer: int
    inhoud: bytes


_NU = Vraag(
    Berichtrij,
    "SELECT {kolommen} FROM bericht JOIN (SELECT gemeente, bericht_id FROM {eigen}) AS eigen USING (gemeente, bericht_id)",
    eigen=_EIGEN,
)
_AANVAARD = Vraag(
    _Aanvaard,
    """
    SELECT sha256, {bericht} FROM bericht JOIN unnest(%(g)s::text[], %(s)s::bytea[]) AS eigen (gemeente, sha256)
        USING (gemeente, sha256)
    WHERE status <> 'geweigerd'
    """,
    bericht=columns(Berichtrij, naar="bericht"),
)
_BEVINDINGEN = Vraag(
    _Bevinding,
    "SELECT eigen.gemeente, eigen.volgnummer, {rij} FROM {eigen} JOIN bevinding USING (gemeente, bericht_id)"
    " ORDER BY eigen.volgnummer, bevinding.volgnummer",
    rij=columns(Bevindingrij, "bevinding", "rij"),
    eigen=_EIGEN,
)
# OFFSET 0: what is between two numbers is looked up for each message by itself. Of it the planner knows nothing, takes it for many
# and would read the table instead.
_PRESTATIES = Vraag(
    _Prestatie,
    """
    SELECT eigen.gemeente, eigen.volgnummer, {rij} FROM {eigen}
    CROSS JOIN LATERAL (SELECT * FROM prestatie WHERE prestatie.gemeente = eigen.gemeente AND {regels} OFFSET 0) AS prestatie
    ORDER BY prestatie_id
    """,
    rij=columns(Prestatierij, "prestatie", "rij"),
    eigen=_EIGEN,
    regels=lines_of("eigen", "prestatie"),
)
_ANTWOORDEN, _INHOUDEN = (
    Vraag(
        _Bytes,
        "SELECT eigen.gemeente, eigen.volgnummer, inhoud FROM {eigen} JOIN {tabel} USING (gemeente, bericht_id)",
        eigen=_EIGEN,
        tabel=tabel,
    )
    for tabel in ("antwoord", "bericht_inhoud")
)


def reload_berichten(verbinding: Connection, rijen: Sequence[Berichtrij]) -> list[Berichtrij]:
    """The same messages in the same order, as they stand now."""
    nu = {rij.bericht_id: rij for rij in _NU.all(verbinding, _keys(rijen))}
    return [nu[rij.bericht_id] for rij in rijen]


def find_accepted(verbinding: Connection, sleutels: Sequence[tuple[str, bytes]]) -> dict[tuple[str, bytes], Berichtrij]:
    """Those of these (gemeente, SHA-256 of the bytes) that were accepted before, with the message they were."""
    waarden = {"g": [gemeente for gemeente, _ in sleutels], "s": [sha for _, sha in sleutels]}
    return {(rij.bericht.gemeente, rij.sha256): rij.bericht for rij in _AANVAARD.all(verbinding, waarden)}


def load_bevindingen(verbinding: Connection, rijen: Sequence[Berichtrij]) -> dict[Sleutel, list[Bevindingrij]]:
    """The findings of each message in their order."""
    groepen: defaultdict[Sleutel, list[Bevindingrij]] = defaultdict(list)
    for gemeente, nummer, rij in _BEVINDINGEN.all(verbinding, _keys(rijen)):
        groepen[gemeente, nummer].append(rij)
    return groepen


def load_prestaties(verbinding: Connection, rijen: Sequence[Berichtrij]) -> dict[Sleutel, list[Prestatierij]]:
    """The lines of each declaration in message order."""
    groepen: defaultdict[Sleutel, list[Prestatierij]] = defaultdict(list)
    for gemeente, nummer, rij in _PRESTATIES.all(verbinding, _keys(rijen)):
        groepen[gemeente, nummer].append(rij)
    return groepen


def load_antwoorden(verbinding: Connection, rijen: Sequence[Berichtrij]) -> dict[Sleutel, bytes]:
    """The packed answer to each message that has one."""
    return {(rij.gemeente, rij.volgnummer): rij.inhoud for rij in _ANTWOORDEN.all(verbinding, _keys(rijen))}


def load_inhouden(verbinding: Connection, rijen: Sequence[Berichtrij]) -> dict[Sleutel, bytes]:
    """The packed contents of each message."""
    return {(rij.gemeente, rij.volgnummer): rij.inhoud for rij in _INHOUDEN.all(verbinding, _keys(rijen))}


def _keys(rijen: Sequence[Berichtrij]) -> dict[str, list[Any]]:
    return {
        "g": [rij.gemeente for rij in rijen],
        "b": [rij.bericht_id for rij in rijen],
        "v": [rij.volgnummer for rij in rijen],
    }
