"""The doorbell: tells a worker that something waits in a stream. It is never the memory; what waits stands in the database.

Without a broker the workers are threads of this process. Only gemeente and AGB code go through a queue: no BSN, no contents.
"""

import dramatiq
import structlog
from dramatiq.brokers.rabbitmq import RabbitmqBroker
from dramatiq.brokers.redis import RedisBroker
from dramatiq.brokers.stub import StubBroker

from berichten.logboek import describe_failure
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.berichten.berichten import is_large_waiting
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.basis.zijproces import GROOT, VERWERK_SECONDEN
from berichten.processen.berichten.verwerk_bericht import handle_stroom

LOG = structlog.get_logger("werker")
_INGEPAKT = 16
"""How many times smaller a message is as it is kept, about."""


class VerwerkFout(RuntimeError):
    """Handling a stream failed for a reason of our own; the log tells where."""


def make_broker(url: str) -> dramatiq.Broker:
    """The broker that `url` names; empty gives one inside the process."""
    if url.startswith("amqp"):
        return RabbitmqBroker(url=url, confirm_delivery=True)
    if url.startswith("redis"):
        return RedisBroker(url=url)  # type: ignore[no-untyped-call]
    if url:
        raise ValueError("BERICHTEN_BROKER_URL moet beginnen met amqp:// of redis://, of leeg zijn.")
    return StubBroker()


class Bel:
    """A broker with the one actor of this service."""

    def __init__(self, werkplaats: Werkplaats) -> None:
        self._werkplaats = werkplaats
        self.broker = make_broker(werkplaats.instellingen.broker_url)
        self._actor = dramatiq.actor(
            broker=self.broker, actor_name="verwerk_stroom", max_retries=3, min_backoff=500, max_backoff=5000
        )(self._handle)

    def ring(self, gemeente: str, agb: str) -> None:
        """Say that something waits in this stream. When the broker is away the sweeper will say it again."""
        try:
            self._actor.send(gemeente, agb)
        except Exception as fout:
            # What waits is committed. No trouble with a bell, of which each broker has its own kinds, may make it look refused.
            LOG.warning("bel_onbereikbaar", **describe_failure(fout))

    def _handle(self, gemeente: str, agb: str) -> None:
        """Handle what waits. May run twice, or at once with another: each message is taken by one."""
        try:
            aantal = self._handle_stroom(gemeente, agb)
        except Exception as fout:
            LOG.error("verwerken_mislukt", gemeente=gemeente, agb=agb, **describe_failure(fout))
            raise VerwerkFout(type(fout).__name__) from None
        if aantal:
            LOG.info("verwerkt", gemeente=gemeente, agb=agb, berichten=aantal)

    def _handle_stroom(self, gemeente: str, agb: str) -> int:
        """A stream in which something large waits is handled in a process beside us, whole: it is one queue."""
        zij = self._werkplaats.zij
        if zij is None:
            return handle_stroom(self._werkplaats, gemeente, agb)
        with self._werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
            groot = is_large_waiting(verbinding, gemeente, agb, GROOT // _INGEPAKT)
        if not groot:
            return handle_stroom(self._werkplaats, gemeente, agb)
        aantal: int = zij.verwerker.run("stroom", gemeente, agb, seconden=VERWERK_SECONDEN)
        return aantal
