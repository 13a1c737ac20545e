"""Delivery records on their way in. A file states, for what it names, all that there is; the rest of it is history.

Records without a number belong together when they are of one line (or allocation and month), day, kind and people: the file's rows
of such a group take the place of the loaded ones together, so two contacts of one day stay two, a corrected time takes the place of
the wrong one, and the same file again changes nothing. Records with the aanbieder's own contactnummer are grouped by that alone.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from berichten.opslag.basis.kopie import copy_rows
from berichten.opslag.referentie.referentie import Doeltabel, Verschil, Wijziging

_NIEUW, _WEG = "contact_nieuw", "contact_weg"
"""Temporary tables: the rows of the file, and those that they put out of force. They live as long as the transaction."""
_GETOOND = 20
_WEINIG = 200
_SLEUTEL = ("gemeente", "agb", "referentienummer", "toewijzingnummer", "maand", "datum", "soort", "niveau", "registratie")
"""What makes records without a number one group."""
_MAG_LEEG = ("toewijzingnummer", "maand", "datum")


def replace_contacten(verbinding: Connection, tabel: Doeltabel, rijen: Iterable[Sequence[Any]]) -> Verschil:
    """Let the rows of a file (values in its order: those of the table but for volgnummer, then ingetrokken and the line number)
    take the place of what is loaded about the same. Other files wait; readers do not.
    """
    verbinding.execute(text("LOCK TABLE verantwoording IN SHARE ROW EXCLUSIVE MODE"))
    for naam in (_NIEUW, _WEG):
        verbinding.execute(text(f"DROP TABLE IF EXISTS pg_temp.{naam}"))
        verbinding.execute(text(f"CREATE TEMP TABLE {naam} (LIKE verantwoording) ON COMMIT DROP"))
    verbinding.execute(text(f"ALTER TABLE {_NIEUW} ADD COLUMN ingetrokken bool NOT NULL, ADD COLUMN regelnummer int4 NOT NULL"))
    copy_rows(verbinding, _NIEUW, {**tabel.kolommen, "ingetrokken": "bool", "regelnummer": "int4"}, _number_equals(rijen))
    verbinding.execute(text(f"ANALYZE {_NIEUW}"))
    veel = verbinding.execute(text(f"SELECT count(*) > {_WEINIG} FROM {_NIEUW}")).scalar_one()  # noqa: S608
    verbinding.execute(text(f"SET LOCAL enable_nestloop = {'off' if veel else 'on'}"))
    kolommen = ", ".join(tabel.kolommen)
    _take_out(verbinding, tabel, kolommen)
    # What stands already is what stays: only the rest is new.
    verbinding.execute(text(f"DELETE FROM {_NIEUW} n WHERE ingetrokken"))  # noqa: S608
    gelijk = verbinding.execute(
        text(f"DELETE FROM {_NIEUW} n USING verantwoording t WHERE {_equal(tabel.kolommen)}")  # noqa: S608
    ).rowcount
    verschil = _compare(verbinding, tabel, gelijk)
    verbinding.execute(text(f"INSERT INTO verantwoording ({kolommen}) SELECT {kolommen} FROM {_NIEUW}"))  # noqa: S608
    verbinding.execute(text(f"INSERT INTO verantwoording_eerder ({kolommen}) SELECT {kolommen} FROM {_WEG}"))  # noqa: S608
    return verschil


def list_vervallen(verbinding: Connection) -> list[tuple[str, int | None, date | None]]:
    """Reference, allocation and month of the records that the last file of this transaction put out of force."""
    vraag = f"SELECT DISTINCT referentienummer, toewijzingnummer, maand FROM {_WEG}"  # noqa: S608
    return [(rij[0], rij[1], rij[2]) for rij in verbinding.execute(text(vraag))]


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
        (f"{_equal(_SLEUTEL)} AND n.contactnummer = '' AND t.contactnummer = ''"),
        ("n.gemeente = t.gemeente AND n.agb = t.agb AND n.contactnummer = t.contactnummer AND t.contactnummer <> ''"),
    )
    for groep in groepen:
        verbinding.execute(
            text(
                f"WITH weg AS (DELETE FROM verantwoording t WHERE EXISTS (SELECT FROM {_NIEUW} n WHERE {groep})"  # noqa: S608
                f" AND NOT EXISTS (SELECT FROM {_NIEUW} n WHERE NOT n.ingetrokken AND {_equal(tabel.kolommen)})"
                f" RETURNING t.*) INSERT INTO {_WEG} ({kolommen}) SELECT {kolommen} FROM weg"
            )
        )


def _compare(verbinding: Connection, tabel: Doeltabel, gelijk: int) -> Verschil:
    """What is left of the file is new; a new row of a group that lost one is a change of that one."""
    rang = "row_number() OVER (PARTITION BY {groep} ORDER BY minuten, volgnummer) AS rang"
    eigen = ", ".join(f"CASE contactnummer WHEN '' THEN {naam}::text END" for naam in _SLEUTEL[2:])
    groep = f"gemeente, agb, contactnummer, {eigen}"
    bron = f"SELECT *, ROW({groep})::text AS groep, {rang.format(groep=groep)} FROM "  # noqa: S608
    paren = f"FROM ({bron}{_NIEUW}) n FULL JOIN ({bron}{_WEG}) t USING (groep, rang)"
    telling = "count(*) FILTER (WHERE t.gemeente IS NULL), count(t.gemeente) FILTER (WHERE n.gemeente IS NOT NULL),"
    telling += " count(*) FILTER (WHERE n.gemeente IS NULL)"
    nieuw, gewijzigd, ingetrokken = verbinding.execute(text(f"SELECT {telling} {paren}")).one()
    velden = ", ".join(f"n.{naam}, t.{naam}" for naam in tabel.kolommen)
    vraag = (
        f"SELECT n.regelnummer, {velden} {paren} WHERE n.gemeente IS NOT NULL AND t.gemeente IS NOT NULL"
        f" ORDER BY n.regelnummer LIMIT {_GETOOND}"
    )
    wijzigingen = []
    for nummer, *rij in verbinding.execute(text(vraag)) if gewijzigd else ():
        paar = zip(tabel.kolommen, rij[1::2], rij[::2], strict=True)
        anders = tuple(item for item in paar if item[1] != item[2] and item[0] != "volgnummer")
        wijzigingen.append(Wijziging(nummer, tuple(rij[::2]), anders))
    return Verschil(nieuw, gewijzigd, gelijk, tuple(wijzigingen), ingetrokken)


def _equal(kolommen: Iterable[str]) -> str:
    return " AND ".join(
        f"coalesce(n.{naam}::text, '') = coalesce(t.{naam}::text, '')" if naam in _MAG_LEEG else f"n.{naam} = t.{naam}"
        for naam in kolommen
    )
