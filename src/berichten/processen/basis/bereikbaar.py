"""Whether the database can be worked with now, and what a failure says of that."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from psycopg import errors
from sqlalchemy.exc import DBAPIError, OperationalError

from berichten.processen.basis.werkplaats import Werkplaats

GEDULD = 1.8
"""Seconds within which who asks whether the service is ready has an answer."""
_KIJKERS = ThreadPoolExecutor(4, thread_name_prefix="gereed")
"""Threads of their own: those that serve requests may all be waiting for the database."""


async def is_ready_soon(werkplaats: Werkplaats) -> bool:
    """Whether the database answers within `GEDULD`."""
    try:
        return await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(_KIJKERS, werkplaats.is_ready), GEDULD)
    except TimeoutError:
        return False


def is_too_long(fout: BaseException) -> bool:
    """Whether the server ended a statement because it took too long."""
    return isinstance(fout, DBAPIError) and isinstance(fout.orig, errors.QueryCanceled)


def is_away(fout: BaseException) -> bool:
    """Whether the database cannot be reached, hangs, or was set back to a standby that takes no writes."""
    standby = isinstance(fout, DBAPIError) and isinstance(fout.orig, errors.ReadOnlySqlTransaction)
    return standby or isinstance(fout, OperationalError)
