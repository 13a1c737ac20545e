"""Row-level security itself: whatever the code above it asks, a reader is shown its own rows and can write nothing."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Login, Toegang
from berichten.processen.archief.bronnen import Invoer
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.voorbeelden.model.model import GEMEENTE
from tests.api.dienst import prepare
from tests.api.gevallen import STAD, find_declaratie
from tests.conftest import VANDAAG
from tests.hulp.een_bericht import process_file
from tests.hulp.eigenaar import as_owner

EIGEN = find_declaratie(STAD).afzender
GEVULD = (
    *("aanbieder", "bericht", "bericht_inhoud", "antwoord", "bevinding", "toewijzing", "toewijzing_versie", "levering"),
    *("declaratie", "prestatie", "journaal"),
)
"""Tables in which the town leaves rows of more than one aanbieder."""


@pytest.fixture(scope="module")
def gevuld(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Werkplaats]:
    """A database in which a whole town was handled. Nothing that a test here tries is committed."""
    map_ = tmp_path_factory.mktemp("gevuld")
    with open_werkplaats(Instellingen(database_url=module_database, var=map_, huidige_datum=VANDAAG)) as werkplaats:
        prepare(werkplaats, STAD)
        for bericht in STAD.berichten:
            process_file(werkplaats, Invoer(bericht.bestandsnaam, bericht.inhoud), map_)
        yield werkplaats


def test_a_reader_sees_its_own_rows_of_every_table(gevuld: Werkplaats) -> None:
    with gevuld.opslag.transaction() as verbinding:
        alles = {tabel: count(verbinding, tabel) for tabel in GEVULD}
        eigen = {tabel: count(verbinding, tabel, f"WHERE gemeente = '{GEMEENTE}' AND agb = '{EIGEN}'") for tabel in GEVULD}
    with gevuld.opslag.transaction(Toegang(GEMEENTE, EIGEN)) as verbinding:
        gezien = {tabel: count(verbinding, tabel) for tabel in GEVULD}
        vreemd = {tabel: count(verbinding, tabel, f"WHERE agb IS DISTINCT FROM '{EIGEN}'") for tabel in GEVULD}
    with gevuld.opslag.transaction(Toegang(GEMEENTE, None)) as verbinding:
        medewerker = {tabel: count(verbinding, tabel) for tabel in GEVULD}
    assert gezien == eigen
    assert set(vreemd.values()) == {0}
    assert medewerker == alles
    assert all(0 < gezien[tabel] < alles[tabel] for tabel in GEVULD)


def test_who_reads_is_known_in_every_plan(gevuld: Werkplaats) -> None:
    """A worker of a parallel plan is another process than the one that was signed for."""
    with gevuld.opslag.transaction() as verbinding:
        (nieuw,) = verbinding.execute(text("SELECT current_setting('server_version_num')::int >= 160000")).one()
    for toegang in (Toegang(GEMEENTE, None), Toegang(GEMEENTE, EIGEN)):
        gezien = []
        for altijd in ("off", "on"):
            with gevuld.opslag.transaction(toegang) as verbinding:
                verbinding.execute(text(f"SET LOCAL {'debug_parallel_query' if nieuw else 'force_parallel_mode'} = {altijd}"))
                verbinding.execute(text("SET LOCAL parallel_setup_cost = 0"))
                verbinding.execute(text("SET LOCAL min_parallel_table_scan_size = 0"))
                gezien.append({tabel: count(verbinding, tabel) for tabel in GEVULD})
        assert gezien[0] == gezien[1]
        assert min(gezien[0].values()) > 0


@pytest.mark.parametrize("toegang", [Toegang("0001", None), Toegang("0001", EIGEN), Toegang(GEMEENTE, "42429999"), Toegang("", "")])
def test_a_reader_from_elsewhere_sees_nothing(gevuld: Werkplaats, toegang: Toegang) -> None:
    with gevuld.opslag.transaction(toegang) as verbinding:
        assert {tabel: count(verbinding, tabel) for tabel in GEVULD} == dict.fromkeys(GEVULD, 0)


def test_what_one_reader_may_see_does_not_stay_behind_for_the_next(gevuld: Werkplaats) -> None:
    """Connections are shared: the view of a request ends with its transaction."""
    ander = next(item.agb for item in STAD.aanbieders if item.agb != EIGEN)
    for agb in (EIGEN, ander, EIGEN):
        with gevuld.opslag.transaction(Toegang(GEMEENTE, agb)) as verbinding:
            assert set(verbinding.execute(text("SELECT agb FROM bericht")).scalars()) == {agb}


@pytest.mark.parametrize(
    ("toegang", "soort"),
    [*((login, str(login)) for login in Login), (Toegang(GEMEENTE, None), "staf"), (Toegang(GEMEENTE, EIGEN), "aanbieder")],
)
def test_each_kind_of_work_has_a_login_that_owns_nothing(gevuld: Werkplaats, toegang: Toegang | Login, soort: str) -> None:
    with gevuld.opslag.transaction(toegang) as verbinding:
        wie = verbinding.execute(text("SELECT session_user, current_user")).one()
        bezit = verbinding.execute(text("SELECT count(*) FROM pg_class WHERE relowner = session_user::regrole")).scalar_one()
        sterk = verbinding.execute(
            text(
                "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication FROM pg_roles"
                " WHERE rolname = :wie"
            ),
            {"wie": wie[0]},
        ).scalar_one()
    assert set(wie) == {wie[0]}
    assert wie[0].endswith(f"_{soort}")
    assert (bezit, sterk) == (0, False)


@pytest.mark.parametrize("tabel", GEVULD)
def test_a_reader_cannot_write(gevuld: Werkplaats, tabel: str) -> None:
    for opdracht in list_writes(tabel):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            gevuld.opslag.transaction(Toegang(GEMEENTE, EIGEN)) as verbinding,
        ):
            verbinding.execute(text(opdracht))


def list_writes(tabel: str) -> Iterator[str]:
    yield f"INSERT INTO {tabel} (gemeente) VALUES ('{GEMEENTE}')"
    yield f"UPDATE {tabel} SET gemeente = '{GEMEENTE}'"
    yield f"DELETE FROM {tabel}"
    yield f"TRUNCATE {tabel}"


def test_a_reader_cannot_read_keys(gevuld: Werkplaats) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        gevuld.opslag.transaction(Toegang(GEMEENTE, None)) as verbinding,
    ):
        verbinding.execute(text("SELECT * FROM api_sleutel"))


@pytest.mark.parametrize("tabel", ["journaal", "bevinding", "besluit", "opmerking"])
@pytest.mark.parametrize("opdracht", ["UPDATE {} SET agb = agb", "DELETE FROM {}", "TRUNCATE {}"])
def test_books_and_findings_are_only_added_to(gevuld: Werkplaats, tabel: str, opdracht: str) -> None:
    """Not even by the owner of the tables."""
    with pytest.raises(Exception, match="alleen om aan toe te voegen"), as_owner(gevuld) as verbinding:
        verbinding.execute(text(opdracht.format(tabel)))


def count(verbinding: Connection, tabel: str, waar: str = "") -> int:
    return verbinding.execute(text(f"SELECT count(*) FROM {tabel} {waar}")).scalar_one()
