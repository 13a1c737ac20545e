"""Every statement of the service against the database that the migrations build: what a renamed column breaks is named here."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest
from psycopg.pq import ExecStatus
from sqlalchemy import Connection

import berichten
from berichten.opslag.basis.veelvraag import Veelvraag
from berichten.opslag.basis.vraag import Opdracht, Vraag, Zoekvraag
from berichten.processen.basis.werkplaats import Werkplaats

Opdrachten = Opdracht | Vraag[Any]


def _statements() -> Iterator[tuple[str, Opdrachten]]:
    for module in pkgutil.walk_packages(berichten.__path__, "berichten."):
        if not module.name.endswith("__main__"):
            for naam, waarde in vars(importlib.import_module(module.name)).items():
                yield from _of_value(f"{module.name}.{naam}", waarde)


def _of_value(naam: str, waarde: object) -> Iterator[tuple[str, Opdrachten]]:
    if isinstance(waarde, Opdracht | Vraag):
        yield naam, waarde
    elif isinstance(waarde, Zoekvraag):
        yield naam, waarde.with_conditions(())
        for voorwaarde in waarde.voorwaarden:
            yield f"{naam}[{voorwaarde}]", waarde.with_conditions((voorwaarde,))
    elif isinstance(waarde, tuple | dict):
        for plek, item in enumerate(waarde.values() if isinstance(waarde, dict) else waarde):
            yield from _of_value(f"{naam}[{plek}]", item)


ALLE = dict(_statements())
_WIJZIGT = re.compile(r"\b(INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b")
"""What changes something is not asked for many at once: PostgreSQL wants it at the top."""


@pytest.mark.parametrize("naam", sorted(ALLE))
def test_a_statement_fits_the_database(naam: str, werkplaats: Werkplaats) -> None:
    """Parsed by the server, not carried out: a name that is not there, or columns that are no fields, are refused."""
    opdracht = ALLE[naam]
    with werkplaats.opslag.rehearsal() as verbinding:
        _make_temporary(naam.rpartition(".")[0], opdracht, verbinding)
        driver: Any = verbinding.connection.driver_connection
        kolommen = _columns_of(driver, opdracht.tekst)
        if isinstance(opdracht, Vraag):
            opdracht.order_of(kolommen)
            if not _WIJZIGT.search(opdracht.tekst):
                assert _columns_of(driver, Veelvraag(opdracht.tekst).compose(driver)) == [*kolommen, "vraagnummer"]


def _columns_of(driver: Any, tekst: str) -> list[str]:
    """The columns that a statement gives, once the server has read it."""
    gelezen = driver.pgconn.prepare(b"toets", _numbered(tekst).encode())
    assert gelezen.status == ExecStatus.COMMAND_OK, gelezen.error_message.decode()
    gevonden = driver.pgconn.describe_prepared(b"toets")
    driver.pgconn.exec_(b"DEALLOCATE toets")
    return [gevonden.fname(nummer).decode() for nummer in range(gevonden.nfields)]


def _make_temporary(module: str, opdracht: Opdrachten, verbinding: Connection) -> None:
    """The temporary tables of the module, which its other statements are about."""
    for naam, ander in ALLE.items():
        if naam.startswith(f"{module}.") and ander is not opdracht and ander.tekst.lstrip().startswith("CREATE TEMP TABLE"):
            assert isinstance(ander, Opdracht)
            ander.run(verbinding)


def _numbered(tekst: str) -> str:
    """Values by number, as the server knows them."""
    namen = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", tekst)))
    return re.sub(r"%\((\w+)\)s", lambda gevonden: f"${namen.index(gevonden[1]) + 1}", tekst).replace("%%", "%")
