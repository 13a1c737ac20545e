"""What a module tells in the log while a test looks, whoever opened its log before."""

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any
from unittest.mock import patch

import structlog
from structlog.testing import capture_logs


@contextmanager
def logs_of(module: ModuleType) -> Iterator[list[MutableMapping[str, Any]]]:
    """The lines that this module writes, each with `event` and `log_level`.

    `capture_logs` alone misses them where an earlier test in this process started the service: a log remembers how it was opened.
    """
    with patch.object(module, "LOG", structlog.get_logger()), capture_logs() as regels:
        yield regels
