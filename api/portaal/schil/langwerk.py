"""Work that takes longer than a page may: done in a thread of its own, while its visitor looks on or goes elsewhere."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from api.basis.problemen import Probleem

_OOGWENK = 0.2
_BEWAARD = timedelta(minutes=10)
_TEGELIJK, _MEESTE = 2, 100
"""Works at once, and those that wait or were not fetched."""
_DRUK = "Er wordt nu te veel tegelijk berekend. Probeer het over een minuut opnieuw."


@dataclass(frozen=True, slots=True)
class Bezig:
    """Not ready yet: since when, for how many seconds, and how many it took before (0: not known)."""

    sinds: datetime
    seconden: int
    vorige_keer: int


@dataclass(frozen=True, slots=True)
class _Werk:
    sinds: datetime
    uitkomst: "Future[Any]"


@dataclass(slots=True)
class Langwerk:
    """What runs, by who asked for what. What is ready is given once: whoever asks again gets it made anew."""

    geduld: float
    """Seconds that who begins a work waits for it; who looks how far it is waits for the twinkling of an eye."""
    _draden: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(_TEGELIJK, thread_name_prefix="langwerk"))
    _loopt: dict[tuple[str, str], _Werk] = field(default_factory=dict)
    _duurde: dict[str, int] = field(default_factory=dict)
    _slot: Lock = field(default_factory=Lock)

    def ask(self, wie: str, wat: str, maak: Callable[[], Any], klok: Callable[[], datetime]) -> Any:
        """What was made, or Bezig. Raises what making raised; 503 when more is being made than there is room for."""
        begonnen = self.begin(wie, wat, maak, klok())
        werk = self._loopt[wie, wat]
        wait((werk.uitkomst,), self.geduld if begonnen else min(_OOGWENK, self.geduld))
        duur = max(0, round((klok() - werk.sinds).total_seconds()))
        if not werk.uitkomst.done():
            return Bezig(werk.sinds, duur, self._duurde.get(wat, 0))
        with self._slot:
            self._loopt.pop((wie, wat), None)
            self._duurde[wat] = duur
        return werk.uitkomst.result()

    def begin(self, wie: str, wat: str, maak: Callable[[], Any], nu: datetime) -> bool:
        """Start it, unless it runs already; returns whether it was started."""
        with self._slot:
            self._forget(nu)
            if (wie, wat) in self._loopt:
                return False
            if len(self._loopt) >= _MEESTE:
                raise Probleem(503, _DRUK)
            self._loopt[wie, wat] = _Werk(nu, self._draden.submit(maak))
            return True

    def _forget(self, nu: datetime) -> None:
        """Who does not come back for it, does without."""
        for sleutel, werk in list(self._loopt.items()):
            if werk.uitkomst.done() and nu - werk.sinds > _BEWAARD:
                del self._loopt[sleutel]
