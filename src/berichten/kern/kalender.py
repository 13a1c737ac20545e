"""Calendar of the standard: months, ISO weeks, Sundays and working days. Pure; all periods include both their dates."""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import holidays

ALTIJD = date.min
"""First day of a period that has no beginning, as an empty ingangsdatum of a reference file says."""
_DAG = timedelta(days=1)


@lru_cache(maxsize=4096)
def begin_of_maand(dag: date) -> date:
    """Return the first day of the month that `dag` lies in."""
    return dag.replace(day=1)


@lru_cache(maxsize=4096)
def einde_of_maand(dag: date) -> date:
    """Return the last day of the month that `dag` lies in."""
    return dag.replace(day=monthrange(dag.year, dag.month)[1])


def add_maanden(dag: date, aantal: int) -> date:
    """Return the same day of the month `aantal` months later (earlier if negative), or that month's last day if it is shorter."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + aantal, 12)
    return date(jaar, maand + 1, min(dag.day, monthrange(jaar, maand + 1)[1]))


def list_maanden(begin: date, einde: date) -> tuple[date, ...]:
    """Return the first day of every month that the period touches, in order; empty when `einde` lies before `begin`."""
    return tuple(add_maanden(begin_of_maand(begin), nummer) for nummer in range(count_maanden(begin, einde)))


def count_maanden(begin: date, einde: date) -> int:
    """Count the calendar months that the period touches; 0 when `einde` lies before `begin`."""
    if einde < begin:
        return 0
    return (einde.year - begin.year) * 12 + einde.month - begin.month + 1


def age_on(geboren: date, dag: date) -> int:
    """Return the whole years of age on `dag`; who was born on 29 February is a year older on 1 March of other years."""
    return dag.year - geboren.year - ((dag.month, dag.day) < (geboren.month, geboren.day))


def count_dagen(begin: date, einde: date) -> int:
    """Count the days of the period; 0 when `einde` lies before `begin`."""
    return max(0, (einde - begin).days + 1)


@lru_cache(maxsize=4096)
def count_weken(begin: date, einde: date) -> int:
    """Count the ISO weeks (Monday to Sunday) that the period touches (iJw 3.2, IV077); 0 when `einde` lies before `begin`."""
    if einde < begin:
        return 0
    return (_maandag(einde) - _maandag(begin)).days // 7 + 1


def count_zondagen(begin: date, einde: date) -> int:
    """Count the Sundays of the period (iJw 3.2, IV076 and IV077); 0 when `einde` lies before `begin`."""
    laatste = last_zondag(begin, einde)
    return 0 if laatste is None else (laatste - begin).days // 7 + 1


@lru_cache(maxsize=4096)
def last_zondag(begin: date, einde: date) -> date | None:
    """Return the last Sunday of the period, or None when it holds none."""
    zondag = einde - timedelta(days=einde.isoweekday() % 7)
    return zondag if zondag >= begin else None


def is_werkdag(dag: date) -> bool:
    """Tell whether `dag` is Monday to Friday and no Dutch public holiday, as the `holidays` library lists those."""
    return dag.isoweekday() <= 5 and dag not in _feestdagen(dag.year)


def add_werkdagen(dag: date, aantal: int) -> date:
    """Return the working day that is `aantal` (0 or more) working days after `dag`; `dag` itself never counts.

    With 0 the answer is `dag`, be it a working day or not. Terms of iJw 3.2 (OP090) are counted this way.

    Raises ValueError for a negative number.
    """
    if aantal < 0:
        raise ValueError("aantal werkdagen mag niet negatief zijn")
    while aantal:
        dag += _DAG
        aantal -= is_werkdag(dag)
    return dag


def count_werkdagen(na: date, tot: date) -> int:
    """Count the working days after `na` up to and including `tot`; 0 when `tot` does not lie after `na`."""
    return sum(is_werkdag(na + nummer * _DAG) for nummer in range(1, (tot - na).days + 1))


def _maandag(dag: date) -> date:
    return dag - timedelta(days=dag.weekday())


@lru_cache(maxsize=64)
def _feestdagen(jaar: int) -> frozenset[date]:
    return frozenset(_load_nederland()(years=jaar))


@lru_cache(maxsize=1)
def _load_nederland() -> type[holidays.HolidayBase]:
    """The list of the Netherlands by itself: asked for a country the library first reads those of all others (8 MiB, 70 ms)."""
    spec = spec_from_file_location("feestdagen_nl", Path(holidays.__file__).parent / "countries" / "netherlands.py")
    if spec is None or spec.loader is None:
        raise ImportError("de lijst met feestdagen ontbreekt")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    gevonden: type[holidays.HolidayBase] = module.Netherlands
    return gevonden
