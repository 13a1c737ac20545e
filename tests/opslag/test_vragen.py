"""Every statement of the service against the database that the migrations build: what a renamed column breaks is named here."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest

import berichten
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


@pytest.mark.parametrize("naam", sorted(ALLE))
def test_a_statement_fits_the_database(naam: str, werkplaats: Werkplaats) -> None:
    """Planned with nothing for each value: a name that is not there, or columns that are no fields, are refused."""
    opdracht = ALLE[naam]
    waarden = dict.fromkeys(re.findall(r"%\((\w+)\)s", opdracht.tekst))
    with werkplaats.opslag.rehearsal() as verbinding:
        driver: Any = verbinding.connection.driver_connection
        with driver.cursor() as cursor:
            cursor.execute(f"EXPLAIN {opdracht.tekst}", waarden)
            if isinstance(opdracht, Vraag):
                cursor.execute(opdracht.tekst, waarden)
                opdracht.order_of([kolom.name for kolom in cursor.description])
