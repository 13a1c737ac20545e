"""A list as a parameter comes to the database as it was, however it is written."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.types.array import ListDumper
from sqlalchemy import create_engine

from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.lijn.adres import with_driver
from berichten.opslag.lijn.lijst import Lijstschrijver
from berichten.processen.basis.werkplaats import Werkplaats

_TEKSTEN = Vraag(list, "SELECT %(lijst)s::text[] AS lijst")
_GETALLEN = Vraag(list, "SELECT %(lijst)s::numeric[]::text[] AS lijst")
_TEKST = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=6) | st.sampled_from(
    ["NULL", "null", "", '"', '","', "\\", "{}", "a,b", " a ", "é", "\n"]
)


@settings(deadline=None, max_examples=200)
@given(lijst=st.lists(_TEKST | st.none(), max_size=6) | st.lists(_TEKST, max_size=6))
def test_texts_come_as_they_were(werkplaats: Werkplaats, lijst: list[str | None]) -> None:
    with werkplaats.opslag.transaction() as verbinding:
        assert _TEKSTEN.read(verbinding, {"lijst": lijst}) == lijst


@settings(deadline=None, max_examples=50)
@given(lijst=st.lists(st.integers() | st.none(), max_size=6) | st.lists(st.integers(), max_size=6))
def test_numbers_come_as_they_were(werkplaats: Werkplaats, lijst: list[int | None]) -> None:
    with werkplaats.opslag.transaction() as verbinding:
        assert _GETALLEN.read(verbinding, {"lijst": lijst}) == [None if item is None else str(item) for item in lijst]


@pytest.mark.parametrize("lijst", [["a", "b"], [1, 2]])
def test_it_is_what_connections_of_the_service_write_with(werkplaats: Werkplaats, lijst: list[Any]) -> None:
    with werkplaats.opslag.transaction() as verbinding:
        assert verbinding.connection.driver_connection.adapters.get_dumper(list, "s") is Lijstschrijver
    anders = create_engine(with_driver(werkplaats.opslag.logins.schrijver))
    with anders.connect() as verbinding:
        assert verbinding.connection.driver_connection.adapters.get_dumper(list, "s") is ListDumper
    anders.dispose()
