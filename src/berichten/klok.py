"""The clock on the wall in the Netherlands: the only place where a moment becomes a day.

Moments are kept in UTC; a day that people, terms and seals speak of is a day in Europe/Amsterdam. Between 22:00 or 23:00 and 24:00
UTC those two differ, so no other module asks a moment for its date (tests/kern/test_klok.py holds them to it).
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NEDERLAND = ZoneInfo("Europe/Amsterdam")
MAG_SCHELEN = timedelta(minutes=5)
"""Between the clocks of machines that work together; those that are kept on time differ by less than a second."""
_NET_ERVOOR = timedelta(microseconds=1)
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt +][0-9]{2}:[0-9]{2}.*")


def read_clock() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def read_iso_dag(tekst: str) -> date:
    """A day as somebody wrote it: `2026-04-30`, and none of the other forms of ISO 8601 (`20260430`, `2026-W18-4`), which are more
    often a slip of the hand than a wish. Raises ValueError."""
    dag = date.fromisoformat(tekst)
    if dag.isoformat() != tekst:
        raise ValueError(f"{tekst!r} is geen dag als 2026-04-30")
    return dag


def read_iso_moment(tekst: str) -> datetime:
    """A moment as somebody wrote it: `2026-04-30T12:00`, with seconds and a zone if they like; without zone the clock of the
    Netherlands. Raises ValueError, for a day alone too."""
    if not _MOMENT.fullmatch(tekst):
        raise ValueError(f"{tekst!r} is geen moment als 2026-04-30T12:00")
    moment = datetime.fromisoformat(tekst)
    return moment if moment.tzinfo else moment.replace(tzinfo=NEDERLAND)


def dutch_day(moment: datetime) -> date:
    """The day in the Netherlands at a moment of any zone."""
    return dutch_time(moment).date()


def dutch_time(moment: datetime) -> datetime:
    """The clock in the Netherlands at a moment of any zone, with its zone. Raises ValueError for a moment without zone."""
    if moment.tzinfo is None:
        raise ValueError("een moment zonder tijdzone is geen moment")
    return moment.astimezone(NEDERLAND)


def begin_of(dag: date) -> datetime:
    """The first moment of a day in the Netherlands, in UTC. Raises ValueError at the ends of the calendar."""
    try:
        return datetime.combine(dag, time(), NEDERLAND).astimezone(UTC)
    except OverflowError as fout:
        raise ValueError(f"{dag} heeft geen begin in UTC") from fout


def end_of(dag: date) -> datetime:
    """The last moment (to the microsecond) of a day in the Netherlands, in UTC. Raises ValueError at the ends of the calendar."""
    try:
        return begin_of(dag + timedelta(days=1)) - _NET_ERVOOR
    except OverflowError as fout:
        raise ValueError(f"na {dag} komt geen dag meer") from fout


def put_on(dag: date, moment: datetime, sinds: datetime | None = None) -> datetime:
    """The moment on that Dutch day at which the Dutch clock reads as it does at `moment`; in UTC.

    With `sinds` it is as long after the day's beginning as `moment` is after `sinds`, and stops at its last moment: a run that
    lasts over a midnight stays on its day, and time never goes back.
    """
    if sinds is None:
        return datetime.combine(dag, dutch_time(moment).time(), NEDERLAND).astimezone(UTC)
    return min(max(begin_of(dag), begin_of(dag) + (moment - sinds)), end_of(dag))
