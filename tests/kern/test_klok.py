"""One clock, in the Netherlands' day: no moment becomes a day anywhere but in `klok`, and none becomes the wrong one."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichten import instellingen as instellingen_module
from berichten.instellingen import Instellingen
from berichten.kern.tekst import datum, fill
from berichten.klok import begin_of, dutch_day, dutch_time, end_of, put_on
from berichten.rapporten.boeken.periode import read_peilmoment

WORTEL = Path(__file__).parents[2]
MOMENTEN = st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))
DAGEN = st.dates(date(2020, 1, 1), date(2035, 12, 31))

OVERGANGEN = [
    ("2026-06-30T21:59:59", "2026-06-30"),  # summer: the day ends at 22:00 UTC
    ("2026-06-30T22:00:00", "2026-07-01"),
    ("2026-12-31T22:59:59", "2026-12-31"),  # winter: at 23:00, and with it the year
    ("2026-12-31T23:00:00", "2027-01-01"),
    ("2026-02-28T23:30:00", "2026-03-01"),
    ("2028-02-28T23:30:00", "2028-02-29"),
    ("2028-02-29T23:30:00", "2028-03-01"),
    ("2026-03-28T22:59:59", "2026-03-28"),  # the night in which summer time begins: its first midnight is still at 23:00
    ("2026-03-28T23:00:00", "2026-03-29"),
    ("2026-03-29T22:00:00", "2026-03-30"),
    ("2026-10-24T22:00:00", "2026-10-25"),  # and in which it ends: a day of twenty-five hours
    ("2026-10-25T22:59:59", "2026-10-25"),
    ("2026-10-25T23:00:00", "2026-10-26"),
]


@pytest.mark.parametrize(("moment", "dag"), OVERGANGEN)
def test_the_day_changes_at_midnight_in_the_netherlands(moment: str, dag: str) -> None:
    assert dutch_day(datetime.fromisoformat(moment).replace(tzinfo=UTC)) == date.fromisoformat(dag)


@pytest.mark.parametrize(("moment", "dag"), OVERGANGEN)
def test_today_is_the_day_of_now(monkeypatch: pytest.MonkeyPatch, moment: str, dag: str) -> None:
    nu = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    monkeypatch.setattr(instellingen_module, "read_clock", lambda: nu)
    zonder = Instellingen(huidige_datum=None)
    assert (zonder.nu(), zonder.vandaag()) == (nu, date.fromisoformat(dag))


@given(MOMENTEN, DAGEN)
def test_a_date_that_was_set_is_the_day_of_now_at_every_hour(moment: datetime, dag: date) -> None:
    assert dutch_day(put_on(dag, moment)) == dag


@given(MOMENTEN, DAGEN, st.timedeltas(timedelta(0), timedelta(days=2)), st.timedeltas(timedelta(0), timedelta(days=2)))
def test_a_clock_that_was_set_never_goes_back_nor_leaves_its_day(
    sinds: datetime, dag: date, eerst: timedelta, later: timedelta
) -> None:
    een, twee = put_on(dag, sinds + eerst, sinds), put_on(dag, sinds + eerst + later, sinds)
    assert begin_of(dag) <= een <= twee <= end_of(dag)


@given(DAGEN)
def test_a_day_holds_its_first_and_last_moment_and_no_more(dag: date) -> None:
    net = timedelta(microseconds=1)
    assert [dutch_day(moment) for moment in (begin_of(dag), end_of(dag))] == [dag, dag]
    assert dutch_day(begin_of(dag) - net) < dag < dutch_day(end_of(dag) + net)


@pytest.mark.parametrize("dag", [date.max, date.min])
def test_the_ends_of_the_calendar_are_refused_as_values(dag: date) -> None:
    with pytest.raises(ValueError, match=r"heeft geen begin|komt geen dag"):
        (begin_of if dag == date.min else end_of)(dag)


def test_a_moment_without_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="tijdzone"):
        dutch_time(datetime(2026, 6, 30, 12))


def test_settings_at_one_moment_stand_still(monkeypatch: pytest.MonkeyPatch) -> None:
    tikken = iter(datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC) + timedelta(seconds=n) for n in range(10))
    monkeypatch.setattr(instellingen_module, "read_clock", lambda: next(tikken))
    stil = Instellingen(huidige_datum=None).at_one_moment()
    assert (stil.nu(), stil.vandaag(), stil.nu()) == (stil.nu(), date(2026, 6, 30), stil.at_one_moment().nu())


def test_a_moment_that_another_clock_told_is_believed_when_it_is_a_little_later(monkeypatch: pytest.MonkeyPatch) -> None:
    nu = datetime(2026, 6, 30, 12, tzinfo=UTC)
    monkeypatch.setattr(instellingen_module, "read_clock", lambda: nu)
    verschil = [timedelta(minutes=minuten) for minuten in (-1440, -1, 0, 1, 5, 6, 1440)]
    stil = [Instellingen(huidige_datum=None).at_one_moment(nu + item).nu() - nu for item in verschil]
    assert stil == [timedelta(minutes=minuten) for minuten in (0, 0, 0, 1, 5, 0, 0)]


def test_sentences_speak_of_dutch_days() -> None:
    laat = datetime(2026, 12, 31, 23, 15, tzinfo=UTC)
    assert (datum(laat), fill("Ontvangen op {op}.", {"op": laat})) == ("1 januari 2027", "Ontvangen op 1 januari 2027.")


def test_a_peildatum_ends_with_the_dutch_day() -> None:
    later = datetime(2027, 1, 1, tzinfo=UTC)
    assert read_peilmoment("2026-06-30", later) == datetime(2026, 6, 30, 21, 59, 59, 999999, tzinfo=UTC)
    assert read_peilmoment("2026-10-25", later) == datetime(2026, 10, 25, 22, 59, 59, 999999, tzinfo=UTC)


def _bronnen() -> Iterator[tuple[Path, str]]:
    for map_ in ("src/berichten", "api", "workers"):
        for bestand in sorted((WORTEL / map_).rglob("*.py")):
            if bestand.name != "klok.py":
                yield bestand, bestand.read_text(encoding="utf-8")


def test_no_other_module_makes_a_day_of_a_moment_or_reads_the_clock() -> None:
    """`.date()` takes the day of whatever zone a moment happens to have; `datetime.now` is a second clock."""
    fout = []
    for bestand, tekst in _bronnen():
        for knoop in ast.walk(ast.parse(tekst)):
            if not (isinstance(knoop, ast.Call) and isinstance(knoop.func, ast.Attribute)):
                continue
            naam, waarop = knoop.func.attr, ast.unparse(knoop.func.value)
            eigen_klok = waarop in ("date", "datetime") and naam in ("today", "now", "utcnow", "fromtimestamp")
            if eigen_klok or (waarop, naam) == ("time", "time") or (naam == "date" and not knoop.args):
                fout.append(f"{bestand.relative_to(WORTEL)}:{knoop.lineno}: {ast.unparse(knoop)}")
    assert fout == []


_DAG_IN_SQL = re.compile(
    r"(?i)\b\w*_op\s*::\s*date|cast\(\s*\w*\.?\w*_op\s+as\s+date|\bcurrent_(date|time|timestamp)\b|(?<!\.)\bnow\(\)"
)
_DAG_IN_TEKST = re.compile(r"\{[^{}()]*_op(?:\b[^{}()]*)?:%")


def test_no_query_and_no_sentence_asks_the_server_or_utc_for_a_day() -> None:
    fout = []
    for bestand, tekst in _bronnen():
        fout += [
            f"{bestand.relative_to(WORTEL)}:{nummer}"
            for nummer, regel in enumerate(tekst.splitlines(), 1)
            if _DAG_IN_SQL.search(regel) or _DAG_IN_TEKST.search(regel)
        ]
    assert fout == []
