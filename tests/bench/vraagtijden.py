"""How long something takes by the clock and of processors, and how long each of its queries."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any, NamedTuple

from berichten.opslag.basis.vraag import Opdracht, Vraag
from tests.bench.processor import worked

RONDES = 3


class Meting(NamedTuple):
    """Seconds."""

    klok: float
    werk: float
    """Of processors, with PostgreSQL."""
    eigen: float
    """Of this process alone."""


class Meter:
    """Measures what this process and a database server do together."""

    def __init__(self, server: int) -> None:
        self.server = server

    def median(self, doe: Callable[[], Any], rondes: int = RONDES) -> Meting:
        """Of so many rounds."""
        gemeten = [self._once(doe) for _ in range(rondes)]
        return Meting(*(median(kolom) for kolom in zip(*gemeten, strict=True)))

    def _once(self, doe: Callable[[], Any]) -> Meting:
        begin, processor, elders = time.perf_counter(), time.process_time(), worked((self.server,))
        doe()
        klok, eigen = time.perf_counter() - begin, time.process_time() - processor
        return Meting(klok, eigen + (worked((self.server,)) - elders) / 1000, eigen)


@contextmanager
def list_dearest() -> Iterator[list[tuple[float, str]]]:
    """Seconds by the clock and the first words of every statement of the house that is asked meanwhile."""
    gevraagd: list[tuple[float, str]] = []
    echt = [(soort, naam, getattr(soort, naam)) for soort, naam in ((Vraag, "_read"), (Vraag, "columns"), (Opdracht, "run"))]

    def watch(functie: Callable[..., Any]) -> Callable[..., Any]:
        def ask(zelf: Any, *waarden: Any, **meer: Any) -> Any:
            begin = time.perf_counter()
            try:
                return functie(zelf, *waarden, **meer)
            finally:
                soort = getattr(zelf, "soort", None)
                gevraagd.append(
                    (time.perf_counter() - begin, f"{soort.__name__ if soort else ''} {' '.join(zelf.tekst.split())[:80]}")
                )

        return ask

    for soort, naam, functie in echt:
        setattr(soort, naam, watch(functie))
    try:
        yield gevraagd
    finally:
        for soort, naam, functie in echt:
            setattr(soort, naam, functie)
