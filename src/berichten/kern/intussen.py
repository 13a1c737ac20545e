"""Two things at once, of a large message: what waits for the database or packs bytes lets Python go, and something else goes on."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def meanwhile(werk: Callable[[], T], wel: bool) -> Iterator[Callable[[], T]]:
    """While the block runs `werk` runs in a thread, if `wel`; else it is done when its outcome is asked for.

    Gives what asks for the outcome, and raises what `werk` raised. That uses no connection, and changes nothing that the block
    looks at. The block ends when both have ended. Gains nothing where both reckon: Python runs one thread at a time.
    """
    if not wel:
        yield werk
        return
    with ThreadPoolExecutor(1, thread_name_prefix="intussen") as draad:
        yield draad.submit(werk).result
