"""Delivery records on their way in. A file states, for what it names, all that there is; the rest of it is history.

Records without a number belong together when they are of one line (or allocation and month), day, kind and people: the file's rows
of such a group take the place of the loaded ones together, so two contacts of one day stay two, a corrected time takes the place of
the wrong one, and the same file again changes nothing. Records with the aanbieder's own contactnummer are grouped by that alone.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Column, Connection, Integer

from berichten.opslag.basis.rijvorm import as_values
from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.referentie.klaarzetten import fill, lock_table, make_beside
from berichten.opslag.referentie.referentie import GETOOND, Doeltabel, Verschil, Wijziging, equal, pair_class, pair_columns
from berichten.opslag.tabellen.referentie import verantwoording, verantwoording_eerder

_NIEUW, _WEG = "contact_nieuw", "contact_weg"
"""Temporary tables: the rows of the file, and those that they put out of force. They live as long as the transaction."""
_NAMEN = {"nieuw": _NIEUW, "weg": _WEG, "tabel": verantwoording.name, "eerder": verantwoording_eerder.name}
_SLEUTEL = ("gemeente", "agb", "referentienummer", "toewijzingnummer", "maand", "datum", "soort", "niveau", "registratie")
"""What makes records without a number one group."""
_MAG_LEEG = ("toewijzingnummer", "maand", "datum")


class Vervallen(NamedTuple):
    """What records that are out of force were about."""

    referentienummer: str
    toewijzingnummer: int | None
    maand: date | None


class _Telling(NamedTuple):
    nieuw: int
    gewijzigd: int
    ingetrokken: int


def replace_contacten(verbinding: Connection, tabel: Doeltabel, rijen: Iterable[Sequence[Any]]) -> Verschil:
    """Let the rows of a file (values in its order: those of the table but for volgnummer, then ingetrokken and the line number)
    take the place of what is loaded about the same. Other files wait; readers do not.
    """
    _stage(verbinding, tabel, rijen)
    kolommen = ", ".join(tabel.kolommen)
    _take_out(verbinding, tabel, kolommen)
    # What stands already is what stays: only the rest is new.
    Opdracht("DELETE FROM {nieuw} n WHERE ingetrokken", **_NAMEN).run(verbinding)
    gelijk = Opdracht(
        "DELETE FROM {nieuw} n USING {tabel} t WHERE {zelfde}", zelfde=equal(tabel.kolommen, _MAG_LEEG), **_NAMEN
    ).run(verbinding)
    verschil = _compare(verbinding, tabel, gelijk)
    for naar, van in (("tabel", "nieuw"), ("eerder", "weg")):
        erbij = "INSERT INTO {naar} ({kolommen}) SELECT {kolommen} FROM {van}"
        Opdracht(erbij, naar=_NAMEN[naar], van=_NAMEN[van], kolommen=kolommen).run(verbinding)
    return verschil


def _stage(verbinding: Connection, tabel: Doeltabel, rijen: Iterable[Sequence[Any]]) -> None:
    lock_table(verbinding, verantwoording)
    make_beside(verbinding, verantwoording, _WEG)
    erbij = (Column("ingetrokken", Boolean, nullable=False), Column("regelnummer", Integer, nullable=False))
    nieuw = make_beside(verbinding, verantwoording, _NIEUW, *erbij)
    fill(verbinding, nieuw, (*tabel.kolommen, "ingetrokken", "regelnummer"), _number_equals(rijen))


def list_vervallen(verbinding: Connection) -> list[Vervallen]:
    """What the records were about that the last file of this transaction put out of force."""
    return Vraag(Vervallen, "SELECT DISTINCT {kolommen} FROM {weg}", **_NAMEN).all(verbinding)


def _number_equals(rijen: Iterable[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    """Rows with, before `ingetrokken` and the line number, how many equal ones came before, this one included."""
    gezien: Counter[tuple[Any, ...]] = Counter()
    for *waarden, ingetrokken, regelnummer in rijen:
        sleutel = (*waarden, ingetrokken)
        gezien[sleutel] += 1
        yield (*waarden, gezien[sleutel], ingetrokken, regelnummer)


def _take_out(verbinding: Connection, tabel: Doeltabel, kolommen: str) -> None:
    """Move what the groups of the file hold and the file does not say into `_WEG`."""
    groepen = (
        (f"{equal(_SLEUTEL, _MAG_LEEG)} AND n.contactnummer = '' AND t.contactnummer = ''"),
        ("n.gemeente = t.gemeente AND n.agb = t.agb AND n.contactnummer = t.contactnummer AND t.contactnummer <> ''"),
    )
    for groep in groepen:
        Opdracht(
            """
            WITH verdwenen AS (DELETE FROM {tabel} t WHERE EXISTS (SELECT FROM {nieuw} n WHERE {groep})
                AND NOT EXISTS (SELECT FROM {nieuw} n WHERE NOT n.ingetrokken AND {zelfde})
                RETURNING t.*) INSERT INTO {weg} ({kolommen}) SELECT {kolommen} FROM verdwenen
            """,
            groep=groep,
            zelfde=equal(tabel.kolommen, _MAG_LEEG),
            kolommen=kolommen,
            **_NAMEN,
        ).run(verbinding)


_PAREN = """
    FROM (SELECT *, ROW({groep})::text AS groep, {rang} FROM {nieuw}) n
    FULL JOIN (SELECT *, ROW({groep})::text AS groep, {rang} FROM {weg}) t USING (groep, rang)
"""


def _compare(verbinding: Connection, tabel: Doeltabel, gelijk: int) -> Verschil:
    """What is left of the file is new; a new row of a group that lost one is a change of that one."""
    eigen = ", ".join(f"CASE contactnummer WHEN '' THEN {naam}::text END" for naam in _SLEUTEL[2:])
    rang = "row_number() OVER (PARTITION BY {groep} ORDER BY minuten, volgnummer) AS rang"
    delen = {"paren": _PAREN, "rang": rang, "groep": f"gemeente, agb, contactnummer, {eigen}", **_NAMEN}
    telling = Vraag(
        _Telling,
        """
        SELECT count(*) FILTER (WHERE t.gemeente IS NULL) AS nieuw,
            count(t.gemeente) FILTER (WHERE n.gemeente IS NOT NULL) AS gewijzigd,
            count(*) FILTER (WHERE n.gemeente IS NULL) AS ingetrokken {paren}
        """,
        **delen,
    ).read(verbinding)
    wijzigingen = tuple(_list_changes(verbinding, tabel, delen)) if telling.gewijzigd else ()
    return Verschil(telling.nieuw, telling.gewijzigd, gelijk, wijzigingen, telling.ingetrokken)


def _list_changes(verbinding: Connection, tabel: Doeltabel, delen: dict[str, str]) -> Iterator[Wijziging]:
    paren = Vraag(
        pair_class(tabel),
        "SELECT {paar} {paren} WHERE n.gemeente IS NOT NULL AND t.gemeente IS NOT NULL ORDER BY n.regelnummer LIMIT %(n)s",
        paar=pair_columns(tabel),
        **delen,
    )
    for paar in paren.all(verbinding, {"n": GETOOND}):
        oud, nieuw = as_values(paar.oud), as_values(paar.nieuw)
        anders = tuple((naam, oud[naam], nieuw[naam]) for naam in tabel.kolommen if oud[naam] != nieuw[naam])
        yield Wijziging(paar.regelnummer, tuple(nieuw.values()), tuple(item for item in anders if item[0] != "volgnummer"))
