"""One table, one definition: what the code knows of a table is what the migrations made of it, column by column."""

import importlib
import pkgutil

import pytest
from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

from berichten.opslag import tabellen
from berichten.opslag.tabellen.metadata import METADATA
from berichten.processen.basis.werkplaats import Werkplaats

for _module in pkgutil.walk_packages(tabellen.__path__, "berichten.opslag.tabellen."):
    importlib.import_module(_module.name)

Kolom = tuple[str, str, bool]


def _type(soort: TypeEngine[object]) -> str:
    return str(soort.compile(dialect=postgresql.dialect()))


def test_every_table_is_defined(werkplaats: Werkplaats) -> None:
    with werkplaats.opslag.transaction() as verbinding:
        echt = set(inspect(verbinding).get_table_names())
    assert set(METADATA.tables) == echt - {"alembic_version"}


@pytest.mark.parametrize("naam", sorted(METADATA.tables))
def test_a_table_is_as_the_migrations_made_it(naam: str, werkplaats: Werkplaats) -> None:
    tabel = METADATA.tables[naam]
    with werkplaats.opslag.transaction() as verbinding:
        kijker = inspect(verbinding)
        echt = [(kolom["name"], _type(kolom["type"]), kolom["nullable"]) for kolom in kijker.get_columns(naam)]
        sleutel = kijker.get_pk_constraint(naam)["constrained_columns"]
    gekend: list[Kolom] = [(kolom.name, _type(kolom.type), bool(kolom.nullable)) for kolom in tabel.columns]
    assert gekend == echt
    assert {kolom.name for kolom in tabel.primary_key.columns} == set(sleutel)
    assert tabel.columns[0].name == "gemeente"
