"""Logging as lines of JSON: ids of messages and rules, never a BSN, never contents.

Texts of exceptions are left out on purpose: a database error may quote the row that it refused. Type and place are enough to
find a fault.
"""

import logging
import sys
import traceback
from io import TextIOBase
from typing import TextIO, cast

import structlog


class _Foutstroom(TextIOBase):
    """Standard error as it is when a line is written: not a stream that somebody closed since logging was set up."""

    def write(self, tekst: str, /) -> int:
        return sys.stderr.write(tekst)

    def flush(self) -> None:
        sys.stderr.flush()


_FOUTSTROOM = _Foutstroom()


def configure_logging() -> None:
    """Send everything, our own lines and those of libraries, to standard error as JSON."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", _FOUTSTROOM)),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(_FOUTSTROOM)
    handler.setFormatter(_OnlyPlaces())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


class _OnlyPlaces(logging.Formatter):
    """Lines of libraries without what they know of the exception, other than its type and place."""

    def format(self, record: logging.LogRecord) -> str:
        soort = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        tekst = "" if record.exc_info else record.getMessage()
        return f'{{"level": "{record.levelname.lower()}", "logger": "{record.name}", "event": {tekst!r}, "fout": "{soort}"}}'


def describe_failure(fout: BaseException) -> dict[str, object]:
    """Type and place of a failure of our own, fit for a log."""
    plaatsen = [f"{stap.filename.rsplit('/', 1)[-1]}:{stap.lineno}" for stap in traceback.extract_tb(fout.__traceback__)[-6:]]
    return {"fout": type(fout).__name__, "plaats": plaatsen}
