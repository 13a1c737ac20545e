"""Sums of lines by allocation up to a line, for who asks of many: he adds the lines that came after it.

Who asks of few looks at their lines: that is as quick. The night adds up (`opslag/financien/toewijzingsommen.py`).
"""

from collections.abc import Mapping

from sqlalchemy import Connection

from berichten.opslag.basis.delen import SLOT_SAMEN
from berichten.opslag.basis.vraag import Opdracht, Vraag

VEEL = 500
"""Of so many allocations it pays to take the sums."""
SINDSDIEN = 10
"""Lines since the sums for each allocation that is asked, at most: no index has those by allocation, so all of them are read."""
_HOUD = Opdracht(SLOT_SAMEN)
_ALLEEN = Opdracht("SET LOCAL max_parallel_workers_per_gather = 0")
_TOT = Vraag(int, "SELECT tot FROM toewijzingstand WHERE gemeente = %(g)s")
# Of the gemeente it passes over no more lines than may be, and one.
_TOT_VLAKBIJ = Vraag(
    int,
    """
    SELECT tot FROM toewijzingstand s
    WHERE gemeente = %(g)s AND tot > 0 AND NOT EXISTS (
        SELECT FROM prestatie p WHERE p.gemeente = s.gemeente AND p.prestatie_id > s.tot
        ORDER BY p.prestatie_id OFFSET %(n)s LIMIT 1)
    """,
)


def are_many(aantal: int) -> bool:
    """Whether it pays to take the sums of so many allocations."""
    return aantal >= VEEL


def hold_sums(verbinding: Connection, gemeente: str) -> int:
    """Up to which line (prestatie_id) there are sums, 0 for none; that stays so until the transaction ends.

    A value in the next question, and not a part of it: so that the planner sees how few lines came after it. From here on the
    transaction does without processes that help it: to begin them takes longer than to read some ten thousand sums.
    """
    return _hold(verbinding, gemeente, _TOT, {"g": gemeente})


def hold_sums_for(verbinding: Connection, gemeente: str, aantal: int) -> int | None:
    """The same for who asks of so many allocations; None where it does better to look at their lines.

    So it does where they are few, and where the sums are at nothing or far behind: after they were begun anew, in a gemeente that
    is new, while years are taken in, or while one declaration keeps waiting.
    """
    if not are_many(aantal):
        return None
    return _hold(verbinding, gemeente, _TOT_VLAKBIJ, {"g": gemeente, "n": SINDSDIEN * aantal}) or None


def _hold(verbinding: Connection, gemeente: str, vraag: Vraag[int], waarden: Mapping[str, object]) -> int:
    _HOUD.run(verbinding, {"slot": name_slot(gemeente)})
    tot = vraag.one(verbinding, waarden) or 0
    if tot:
        _ALLEEN.run(verbinding)
    return tot


def name_slot(gemeente: str) -> str:
    """What is claimed by who works with the sums of a gemeente; a trigger takes it too (migration 0039)."""
    return f"toewijzingtotaal {gemeente}"
