"""A signature under the words on whose behalf a transaction reads, so that no statement can say other words.

The database checks it by itself (`slot.wie()`): it knows the key of each process, which no login can read. A key lasts a day, a
signature a minute, and only for one connection of one login.
"""

import hashlib
import hmac
import secrets
from threading import Lock

from sqlalchemy import NullPool, text

from berichten.klok import read_clock
from berichten.opslag.lijn.bewaakt import make_engine

_GELDIG = 60
"""Seconds after which a signature cannot begin a transaction any more."""
_REGISTREER = text("SELECT extract(epoch FROM clock_timestamp())::float8 FROM slot.registreer(:kid, :ipad, :opad)")
_IPAD, _OPAD = bytes(b ^ 0x36 for b in range(256)), bytes(b ^ 0x5C for b in range(256))


class Ondertekenaar:
    """Signs for one process; its first signature registers its key, by a login that may do nothing else."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = Lock()
        self._kid = ""
        self._geheim = b""
        self._voor = 0.0
        """Seconds by which the database's clock is ahead of ours."""

    def sign(self, pid: int, login: str, gemeente: str, agb: str) -> str:
        """The signed words for the connection with server process `pid` of this login."""
        with self._lock:
            if not self._kid:
                self._register()
            tot = int(read_clock().timestamp() + self._voor) + _GELDIG
            woorden = f"{self._kid}|{pid}|{tot}|{login}|{gemeente}|{agb}"
            return f"{woorden}|{hmac.digest(self._geheim, woorden.encode(), 'sha256').hex()}"

    def renew(self) -> None:
        """Take another key and look at the database's clock again: a signature was not accepted."""
        with self._lock:
            self._register()

    def _register(self) -> None:
        kid, geheim = secrets.token_hex(8), secrets.token_bytes(32)
        gevuld = geheim.ljust(hashlib.sha256().block_size, b"\0")
        engine = make_engine(self._url, poolclass=NullPool)
        with engine.begin() as verbinding:
            nu = verbinding.execute(
                _REGISTREER, {"kid": kid, "ipad": gevuld.translate(_IPAD), "opad": gevuld.translate(_OPAD)}
            ).scalar_one()
        self._kid, self._geheim, self._voor = kid, geheim, nu - read_clock().timestamp()
