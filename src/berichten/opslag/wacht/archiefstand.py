"""Whether the server keeps its log of changes elsewhere too: when it does not, what is booked now is on one disk."""

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Vraag

_BEWAART = Vraag(
    bool,
    """
    SELECT current_setting('archive_mode') <> 'off'
        AND coalesce(last_failed_time, '-infinity') <= coalesce(last_archived_time, '-infinity') AS bewaart
    FROM pg_stat_archiver
    """,
)


def keeps_log(verbinding: Connection) -> bool:
    """True when the server copies its log, and the last piece that it tried to copy arrived."""
    return _BEWAART.read(verbinding)
