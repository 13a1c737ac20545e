"""How many requests a key and a network address may make in a minute: one that runs wild does not take the service from others.

Requests are counted, whatever their size; large bodies wait for a place besides (`plaatsen.py`). With Redis as the broker all
processes count together. When Redis does not answer each counts for itself for a while: nobody is refused for a failure of ours.
"""

import ipaddress
import math
import time

import structlog
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.requests import Request
from starlette.types import Scope

from api.basis.problemen import Probleem
from api.basis.weigeringen import note_reason
from berichten.instellingen import Instellingen
from berichten.klok import read_clock

LOG = structlog.get_logger("api")

OVERSLAAN = 30.0
"""Seconds for which Redis is left alone after it did not answer."""
ALTIJD = ("/v1/gezondheid", "/v1/gereed")
"""What watches over the service asks this of many services from one address."""
_NETWERK6 = 64
"""Bits of an IPv6 address that are one customer's."""
_SLEUTEL = (
    "Met deze sleutel zijn in een minuut meer dan {meeste} verzoeken gedaan. Wacht {seconden} seconden en ga dan rustiger verder."
    " Vraag bijvoorbeeld meer regels per keer (paginaGrootte), en vraag minder vaak of een bericht al klaar is."
)
_ADRES = (
    "Vanaf uw netwerk zijn in een minuut meer dan {meeste} verzoeken gedaan. Wacht {seconden} seconden en ga dan rustiger verder."
    " Komt u er niet uit, vraag dan uw softwareleverancier of de gemeente om hulp."
)


class Tempo:
    """Counts requests. Safe to use from several threads."""

    def __init__(self, instellingen: Instellingen) -> None:
        self._per_sleutel = instellingen.sleutel_verzoeken
        self._per_adres = instellingen.adres_verzoeken
        self._eigen = FixedWindowRateLimiter(MemoryStorage())
        self._samen = _shared(instellingen.broker_url)
        self._samen_vanaf = 0.0

    @property
    def asks_others(self) -> bool:
        """Whether counting may take as long as Redis takes to answer."""
        return self._samen is not None

    def check_sleutel(self, wie: str) -> None:
        """One request with this key more; raises 429 for one too many."""
        self._check("sleutel", wie, self._per_sleutel, _SLEUTEL)

    def check_adres(self, adres: str) -> None:
        """One request from this address more; raises 429 for one too many."""
        self._check("adres", as_netwerk(adres), self._per_adres, _ADRES)

    def _check(self, soort: str, wie: str, meeste: int, tekst: str) -> None:
        if not meeste:
            return
        seconden = self._count(RateLimitItemPerMinute(meeste, namespace="berichten"), soort, wie)
        if seconden:
            raise Probleem(429, tekst.format(meeste=meeste, seconden=seconden), headers={"Retry-After": str(seconden)})

    def _count(self, grens: RateLimitItem, soort: str, wie: str) -> int:
        """Whole seconds to wait; 0 for a request that may be."""
        if self._samen is not None and time.monotonic() >= self._samen_vanaf:
            try:
                return _hit(self._samen, grens, soort, wie)
            except StorageError as fout:
                self._samen_vanaf = time.monotonic() + OVERSLAAN
                LOG.warning("tempo_zonder_redis", fout=type(fout.storage_error).__name__)
        return _hit(self._eigen, grens, soort, wie)


def _shared(broker_url: str) -> FixedWindowRateLimiter | None:
    if not broker_url.startswith(("redis://", "rediss://")):
        return None
    return FixedWindowRateLimiter(RedisStorage(broker_url, wrap_exceptions=True, socket_timeout=0.5, socket_connect_timeout=0.5))


def _hit(teller: FixedWindowRateLimiter, grens: RateLimitItem, soort: str, wie: str) -> int:
    if teller.hit(grens, soort, wie):
        return 0
    return max(1, math.ceil(teller.get_window_stats(grens, soort, wie).reset_time - read_clock().timestamp()))


def as_netwerk(adres: str) -> str:
    """Who is counted as one: an IPv4 address, or the network of an IPv6 address, of which each customer has 2 to the 64th."""
    try:
        gelezen = ipaddress.ip_address(adres)
    except ValueError:
        return adres
    return adres if gelezen.version == 4 else str(ipaddress.ip_network((int(gelezen), _NETWERK6), strict=False))


def raise_if_too_fast(scope: Scope) -> None:
    """Every request is counted by its address before anything is done for it; raises 429."""
    if scope["path"] in ALTIJD:
        return
    client = scope.get("client")
    tempo: Tempo = scope["app"].state.tempo
    try:
        tempo.check_adres(client[0] if client else "")
    except Probleem:
        note_reason(Request(scope).state, "te_snel")
        raise
