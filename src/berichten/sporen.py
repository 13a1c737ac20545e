"""Traces for who watches over a service, when a collector is set: how long each step took, and nothing of what it was about.

A step has the name of a route, a login or a task, and counts: never a BSN, an AGB code, an id, contents or the text of a failure.
Where no collector is set OpenTelemetry is not loaded, and need not be there (`spoorlijn`).
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib import import_module
from typing import Protocol

from berichten.fouten import Bedieningsfout
from berichten.instellingen import Instellingen

Kenmerk = str | int


class Spoor(Protocol):
    """A step that is going on."""

    def update_name(self, name: str) -> None:
        """Name it, once it is known what it is."""

    def set_attribute(self, key: str, value: Kenmerk) -> None:
        """Tell something of it."""


class _GeenSpoor:
    def update_name(self, name: str) -> None:
        """Nobody listens."""

    def set_attribute(self, key: str, value: Kenmerk) -> None:
        """Nobody listens."""


Stappenmaker = Callable[[str, dict[str, Kenmerk]], AbstractContextManager[Spoor]]
_GEEN: AbstractContextManager[Spoor] = nullcontext(_GeenSpoor())
_lijn: list[Stappenmaker] = []
"""Of this process; empty when nobody listens."""


@contextmanager
def tracing(instellingen: Instellingen, rol: str) -> Iterator[None]:
    """Send traces of this process (`rol`: what it is) for as long as this lasts, when a collector is set.

    Raises Bedieningsfout where one is set and OpenTelemetry is not installed.
    """
    if not instellingen.sporen_url or _lijn:
        yield
        return
    try:
        spoorlijn = import_module("berichten.spoorlijn")
    except ImportError:
        raise Bedieningsfout(
            "BERICHTEN_SPOREN_URL is gezet, maar OpenTelemetry is niet geïnstalleerd. Installeer het met: pip install"
            " --require-hashes -r docker/requirements-sporen.txt. Of laat de instelling leeg."
        ) from None
    with spoorlijn.open_line(instellingen.sporen_url, rol) as lijn:
        _lijn.append(lijn)
        try:
            yield
        finally:
            _lijn.clear()


def step(naam: str, **kenmerken: Kenmerk) -> AbstractContextManager[Spoor]:
    """One step, within the one that is going on in this thread or task; a failure is told by its type alone."""
    return _lijn[0](naam, kenmerken) if _lijn else _GEEN
