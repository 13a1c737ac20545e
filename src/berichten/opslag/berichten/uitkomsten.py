"""What became of several messages at once: a fixed number of queries, however many they are."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection

from berichten.opslag.basis.kopie import fetch_rows
from berichten.opslag.berichten.berichten import KOLOMMEN, PRESTATIE_BITS, Berichtrij, Bevindingrij
from berichten.opslag.berichten.declaraties import Prestatierij

T = TypeVar("T")
Sleutel = tuple[str, int]
"""Gemeente and volgnummer of a message."""

_EIGEN = "unnest(%(g)s::text[], %(b)s::uuid[], %(v)s::bigint[]) AS eigen (gemeente, bericht_id, volgnummer)"


def reload_berichten(verbinding: Connection, rijen: Sequence[Berichtrij]) -> list[Berichtrij]:
    """The same messages in the same order, as they stand now."""
    gevonden = fetch_rows(
        verbinding,
        f"SELECT {KOLOMMEN} FROM bericht JOIN (SELECT gemeente, bericht_id FROM {_EIGEN}) AS eigen"  # noqa: S608
        " USING (gemeente, bericht_id)",
        _keys(rijen),
    )
    nu = {rij.bericht_id: rij for rij in (Berichtrij(*waarden) for waarden in gevonden)}
    return [nu[rij.bericht_id] for rij in rijen]


def find_accepted(verbinding: Connection, sleutels: Sequence[tuple[str, bytes]]) -> dict[tuple[str, bytes], Berichtrij]:
    """Those of these (gemeente, SHA-256 of the bytes) that were accepted before, with the message they were."""
    gevonden = fetch_rows(
        verbinding,
        f"SELECT sha256, {KOLOMMEN} FROM bericht JOIN unnest(%(g)s::text[], %(s)s::bytea[]) AS eigen (gemeente, sha256)"  # noqa: S608
        " USING (gemeente, sha256) WHERE status <> 'geweigerd'",
        {"g": [gemeente for gemeente, _ in sleutels], "s": [sha for _, sha in sleutels]},
    )
    rijen = ((sha, Berichtrij(*waarden)) for sha, *waarden in gevonden)
    return {(rij.gemeente, sha): rij for sha, rij in rijen}


def load_bevindingen(verbinding: Connection, rijen: Sequence[Berichtrij]) -> dict[Sleutel, list[Bevindingrij]]:
    """The findings of each message in their order."""
    velden = ", ".join(f"bevinding.{naam}" for naam in Bevindingrij.__slots__)
    return _group(
        Bevindingrij,
        fetch_rows(
            verbinding,
            f"SELECT eigen.gemeente, eigen.volgnummer, {velden} FROM {_EIGEN}"  # noqa: S608
            " JOIN bevinding USING (gemeente, bericht_id) ORDER BY eigen.volgnummer, bevinding.volgnummer",
            _keys(rijen),
        ),
    )


def load_prestaties(verbinding: Connection, rijen: Sequence[Berichtrij]) -> dict[Sleutel, list[Prestatierij]]:
    """The lines of each declaration in message order."""
    velden = ", ".join(f"prestatie.{naam}" for naam in Prestatierij.__slots__)
    return _group(
        Prestatierij,
        fetch_rows(
            verbinding,
            f"SELECT eigen.gemeente, eigen.volgnummer, {velden} FROM {_EIGEN} JOIN prestatie"  # noqa: S608
            f" ON prestatie.gemeente = eigen.gemeente AND prestatie_id > eigen.volgnummer << {PRESTATIE_BITS}"
            f" AND prestatie_id < (eigen.volgnummer + 1) << {PRESTATIE_BITS} ORDER BY prestatie_id",
            _keys(rijen),
        ),
    )


def load_antwoorden(verbinding: Connection, rijen: Sequence[Berichtrij]) -> dict[Sleutel, bytes]:
    """The packed answer to each message that has one."""
    return _load_bytes(verbinding, "antwoord", rijen)


def load_inhouden(verbinding: Connection, rijen: Sequence[Berichtrij]) -> dict[Sleutel, bytes]:
    """The packed contents of each message."""
    return _load_bytes(verbinding, "bericht_inhoud", rijen)


def _load_bytes(verbinding: Connection, tabel: str, rijen: Sequence[Berichtrij]) -> dict[Sleutel, bytes]:
    vraag = f"SELECT eigen.gemeente, eigen.volgnummer, inhoud FROM {_EIGEN} JOIN {tabel} USING (gemeente, bericht_id)"  # noqa: S608
    return {(gemeente, nummer): inhoud for gemeente, nummer, inhoud in fetch_rows(verbinding, vraag, _keys(rijen))}


def _keys(rijen: Sequence[Berichtrij]) -> dict[str, list[Any]]:
    return {
        "g": [rij.gemeente for rij in rijen],
        "b": [rij.bericht_id for rij in rijen],
        "v": [rij.volgnummer for rij in rijen],
    }


def _group(maak: Callable[..., T], rijen: list[tuple[Any, ...]]) -> dict[Sleutel, list[T]]:
    groepen: defaultdict[Sleutel, list[T]] = defaultdict(list)
    for gemeente, nummer, *waarden in rijen:
        groepen[gemeente, nummer].append(maak(*waarden))
    return groepen
