"""The pulse of a database server: whether somebody is still at home where a statement gets no answer.

A server that hangs is not told from one that is busy by waiting: the kernel keeps its connections alive. So whoever waits asks
beside: a new connection that asks for TLS, the one question that a server answers with a byte before it knows who asks, also when
it takes no more logins. It leaves nothing in the server's log.
"""

import socket
import struct
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock

GEDULD = 2.0
"""Seconds within which a server must answer, however busy it is."""
_VERS = 1.0
"""Seconds for which an answer holds: many who wait ask once."""
_VRAAG = struct.pack("!ii", 8, 80877103)
"""SSLRequest of PostgreSQL's protocol."""


@dataclass(slots=True)
class _Stand:
    lock: Lock = field(default_factory=Lock)
    gevraagd_op: float = float("-inf")
    klopt: bool = False


class Pols:
    """What this process knows of the servers that it talks to."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._standen: dict[tuple[str, str], _Stand] = {}

    def beats(self, host: str, port: str) -> bool:
        """Whether the server at this place answers now, or did a moment ago."""
        with self._lock:
            stand = self._standen.setdefault((host, port), _Stand())
        with stand.lock:
            if time.monotonic() - stand.gevraagd_op > _VERS:
                stand.klopt = _answers(host, port)
                stand.gevraagd_op = time.monotonic()
            return stand.klopt

    def find_beating(self, plekken: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Those of several places where a server answers, in their order; asked all at once."""
        if len(plekken) == 1:
            return [plek for plek in plekken if self.beats(*plek)]
        with ThreadPoolExecutor(len(plekken)) as vragers:
            kloppend = vragers.map(lambda plek: self.beats(*plek), plekken)
            return [plek for plek, klopt in zip(plekken, kloppend, strict=True) if klopt]


def _answers(host: str, port: str) -> bool:
    try:
        with _open(host, port) as lijn:
            lijn.settimeout(GEDULD)
            lijn.sendall(_VRAAG)
            return lijn.recv(1) != b""
    except OSError:
        return False


def _open(host: str, port: str) -> socket.socket:
    if not host.startswith("/"):
        return socket.create_connection((host, int(port)), timeout=GEDULD)
    lijn = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        lijn.settimeout(GEDULD)
        lijn.connect(f"{host}/.s.PGSQL.{port}")
    except OSError:
        lijn.close()
        raise
    return lijn
