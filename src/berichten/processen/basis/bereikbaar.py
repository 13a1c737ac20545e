"""Whether the database can be worked with now, and what a failure says of that."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from psycopg import errors
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from berichten.fouten import Bedieningsfout
from berichten.opslag.lijn.bewaakt import NietBevestigd
from berichten.processen.basis.zijproces import ZijprocesDruk, ZijprocesZonderDatabase

T = TypeVar("T")
_WEG = ("08", "57P", "25006")
"""How codes begin with which a server breaks off, goes down or comes up, or is a standby; a line that was cut has none."""
GEDULD = 1.8
"""Seconds within which who asks whether the service is ready has an answer."""
_KIJKERS = ThreadPoolExecutor(4, thread_name_prefix="gereed")
"""Threads of their own: those that serve requests may all be waiting for the database."""


async def answer_soon(vraag: Callable[[], T]) -> T | None:
    """What the database says to this question; None when it does not within `GEDULD`."""
    try:
        return await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(_KIJKERS, vraag), GEDULD)
    except TimeoutError:
        return None


def is_too_long(fout: BaseException) -> bool:
    """Whether the server ended a statement because it took too long, or waited too long for who is at the same row."""
    return isinstance(fout, DBAPIError) and isinstance(fout.orig, errors.QueryCanceled | errors.LockNotAvailable)


def is_unconfirmed(fout: BaseException) -> bool:
    """Whether the server did not say in time that it has committed: it may have."""
    return isinstance(fout, DBAPIError) and isinstance(fout.orig, NietBevestigd)


def is_away(fout: BaseException) -> bool:
    """Whether the database cannot be reached, hangs, or was set back to a standby that takes no writes."""
    standby = isinstance(fout, DBAPIError) and isinstance(fout.orig, errors.ReadOnlySqlTransaction)
    return standby or isinstance(fout, OperationalError)


def fails_for_all(fout: BaseException) -> bool:
    """Whether others would only wait to hear the same: nobody is there, or no connection is free.

    A deadlock, and a row that another holds, are of who met them, though the driver counts them among the same failures.
    """
    if isinstance(fout, PoolTimeout):
        return True
    sqlstate = getattr(getattr(fout, "orig", None), "sqlstate", None)
    return is_away(fout) and (sqlstate is None or sqlstate.startswith(_WEG))


def keeps_all(fout: BaseException) -> bool:
    """Whether a next message would hardly fare better: by the database, others who are at it, or how the service was set up.

    Any other failure is of the one message at which we failed.
    """
    return is_away(fout) or isinstance(fout, PoolTimeout | ZijprocesDruk | ZijprocesZonderDatabase | Bedieningsfout)
