"""A broker (RabbitMQ or Redis, by Dramatiq) as the bell between machines: who rings sends, who works hears."""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit

import dramatiq

from berichten.opslag.berichten.berichten import Stroom

_GEDULD = 3.0
"""Seconds within which a broker answers."""
_OMKIJKEN = 100
"""Milliseconds after which who hears looks whether it must stop."""
_AMQP = {"socket_timeout": _GEDULD, "stack_timeout": 2 * _GEDULD, "blocked_connection_timeout": _GEDULD, "heartbeat": 10}
"""What stands in the URL goes before these."""


def make_broker(url: str) -> dramatiq.Broker:
    """The broker that `url` names, with bounds on how long it may keep anybody. Several RabbitMQ nodes are parted by `;`.

    A client is only imported by who has such a broker: the two take a tenth of the time in which a process starts.
    """
    if url.startswith("amqp"):
        from dramatiq.brokers.rabbitmq import RabbitmqBroker  # noqa: PLC0415

        return RabbitmqBroker(url=[_bounded(deel) for deel in url.split(";")], confirm_delivery=True)
    if url.startswith("redis"):
        import redis  # noqa: PLC0415
        from dramatiq.brokers.redis import RedisBroker  # noqa: PLC0415

        client = redis.Redis.from_url(url, socket_timeout=_GEDULD, socket_connect_timeout=_GEDULD, health_check_interval=15)
        return RedisBroker(client=client)  # type: ignore[no-untyped-call]
    raise ValueError("BERICHTEN_BROKER_URL moet beginnen met amqp:// of redis://, of leeg zijn.")


def _bounded(url: str) -> str:
    delen = urlsplit(url)
    vraag = urlencode({**{naam: str(waarde) for naam, waarde in _AMQP.items()}, **dict(parse_qsl(delen.query))})
    return delen._replace(query=vraag).geturl()


class Makelaar:
    """A broker with the one actor of this service, which hears and keeps nothing: a bell that is lost is no loss."""

    def __init__(self, url: str, hear: Callable[[Stroom], None] = lambda _: None) -> None:
        self._broker = make_broker(url)
        self._hear = hear
        self._actor = dramatiq.actor(broker=self._broker, actor_name="verwerk_stroom", max_retries=0)(self._handle)
        self._gehoor: dramatiq.Worker | None = None

    def send(self, stroom: Stroom) -> None:
        """One bell. Raises whatever the broker raises."""
        self._actor.send(*stroom)

    def start(self) -> None:
        """Begin to hear, in threads of its own."""
        self._gehoor = dramatiq.Worker(self._broker, worker_threads=1, worker_timeout=_OMKIJKEN)
        self._gehoor.start()

    def stop(self) -> None:
        if self._gehoor is not None:
            self._gehoor.stop(timeout=2000)
        self._broker.close()

    def _handle(self, gemeente: str, agb: str) -> None:
        self._hear(Stroom(gemeente, agb))
