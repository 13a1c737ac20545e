"""Sums of lines by allocation up to a line, for who asks of many: he adds the lines that came after it.

Who asks of few looks at their lines: that is as quick. The night adds up (`opslag/financien/toewijzingsommen.py`).
"""

from sqlalchemy import Connection

from berichten.opslag.basis.delen import SLOT_SAMEN
from berichten.opslag.basis.vraag import Opdracht, Vraag

VEEL = 500
"""Of so many allocations it pays to take the sums."""
_HOUD = Opdracht(SLOT_SAMEN)
_ALLEEN = Opdracht("SET LOCAL max_parallel_workers_per_gather = 0")
_TOT = Vraag(int, "SELECT tot FROM toewijzingstand WHERE gemeente = %(g)s")


def are_many(aantal: int) -> bool:
    """Whether it pays to take the sums of so many allocations."""
    return aantal >= VEEL


def hold_sums(verbinding: Connection, gemeente: str) -> int:
    """Up to which line (prestatie_id) there are sums; that stays so until the transaction ends.

    A value in the next question, and not a part of it: so that the planner sees how few lines came after it. From here on the
    transaction does without processes that help it: to begin them takes longer than to read some ten thousand sums.
    """
    _HOUD.run(verbinding, {"slot": name_slot(gemeente)})
    _ALLEEN.run(verbinding)
    return _TOT.one(verbinding, {"g": gemeente}) or 0


def name_slot(gemeente: str) -> str:
    """What is claimed by who works with the sums of a gemeente; a trigger takes it too (migration 0039)."""
    return f"toewijzingtotaal {gemeente}"
