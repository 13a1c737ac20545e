"""Senders: each sends the messages of its town in order, each until it is let in, whatever happens to the service meanwhile."""

import http.client
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from threading import Event, Lock, Thread

GEDULD = 30.0
"""Seconds after which a sender gives up on an answer; there should be none for which it has to."""
_HERHALING = 0.02
"""Part of the messages that is sent once more after they were let in, as a sender does that is not sure."""
_PAUZE = 0.4
_STIL = 3.0
"""Seconds after which a line is left: the service closes one that nobody uses."""


@dataclass(frozen=True, slots=True)
class Post:
    """A message to be sent: its key, and its bytes."""

    naam: str
    sleutel: str
    inhoud: bytes


@dataclass(slots=True)
class Grootboek:
    """What all senders know together."""

    ontvangen: dict[str, str | None] = field(default_factory=dict)
    """By name of the message the id that the service gave it; None where it was refused for its contents."""
    statussen: Counter[int] = field(default_factory=Counter)
    geen_antwoord: int = 0
    """Requests whose connection was refused or broke."""
    gehangen: int = 0
    """Requests on which a sender gave up."""
    herhaald: int = 0
    anders: list[str] = field(default_factory=list)
    """What no sender may ever get: another id for the same bytes, or a status that has no place here."""
    traagste: float = 0.0
    laatst_goed: float = field(default_factory=time.monotonic)
    goed: list[tuple[float, float]] = field(default_factory=list)
    """Moment and seconds of each answer that let a message in."""
    lock: Lock = field(default_factory=Lock)

    def note(self, naam: str, status: int, antwoord: bytes, seconden: float) -> bool:
        """Write an answer down; whether the message is done with."""
        with self.lock:
            self.statussen[status] += 1
            self.traagste = max(self.traagste, seconden)
            if status in (429, 503):
                return False
            if status not in (200, 202, 400):
                self.anders.append(f"{naam}: status {status}")
                return False
            bericht = json.loads(antwoord).get("berichtId") if status != 400 else None
            if naam in self.ontvangen and self.ontvangen[naam] != bericht:
                self.anders.append(f"{naam}: eerst {self.ontvangen[naam]}, toen {bericht}")
            self.ontvangen[naam] = bericht
            self.laatst_goed = time.monotonic()
            self.goed.append((self.laatst_goed, seconden))
            return True


class Zender:
    """One town, in a thread of its own."""

    def __init__(self, posten: Sequence[Post], poorten: Sequence[int], boek: Grootboek, per_seconde: float, seed: int) -> None:
        self._posten, self._poorten, self._boek = posten, poorten, boek
        self._tussen = 1.0 / per_seconde
        self._rng = Random(seed)
        self._lijnen: dict[int, tuple[http.client.HTTPConnection, float]] = {}
        self._stop = Event()
        self._thread = Thread(target=self._run, name=f"zender {seed}", daemon=True)
        self.klaar = False

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Send no more; the message under way is sent until it is let in."""
        self._stop.set()

    def join(self) -> None:
        self._thread.join()

    def _run(self) -> None:
        volgende = time.monotonic() + self._rng.random() * self._tussen
        for post in self._posten:
            if self._stop.wait(max(0.0, volgende - time.monotonic())):
                break
            # What could not be sent for a while is not made up for all at once.
            volgende = max(volgende + self._tussen, time.monotonic() - 2.0)
            while not self._try(post):
                time.sleep(_PAUZE)
            if self._rng.random() < _HERHALING:
                self._boek.herhaald += 1
                for port in self._poorten:
                    self._try(post, port)
        self.klaar = True

    def _try(self, post: Post, port: int | None = None) -> bool:
        """One attempt, at whichever door; the next tries another."""
        port = port or self._rng.choice(self._poorten)
        begin = time.monotonic()
        try:
            status, antwoord = self._ask(port, post)
        except TimeoutError:
            with self._boek.lock:
                self._boek.gehangen += 1
            return False
        except (OSError, http.client.HTTPException):
            with self._boek.lock:
                self._boek.geen_antwoord += 1
            return False
        return self._boek.note(post.naam, status, antwoord, time.monotonic() - begin)

    def _ask(self, port: int, post: Post) -> tuple[int, bytes]:
        lijn, gebruikt = self._lijnen.pop(port, (None, 0.0))
        if lijn is None or time.monotonic() - gebruikt > _STIL:
            lijn = http.client.HTTPConnection("127.0.0.1", port, timeout=GEDULD)
        koppen = {"Authorization": f"Bearer {post.sleutel}", "Content-Type": "application/xml"}
        lijn.request("POST", "/v1/berichten", post.inhoud, koppen)
        antwoord = lijn.getresponse()
        inhoud = antwoord.read()
        self._lijnen[port] = lijn, time.monotonic()
        return antwoord.status, inhoud
