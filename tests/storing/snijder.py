"""A line to the database that breaks in the middle of a COPY, when it is told to: half of what was sent comes through."""

import socket
import struct
from contextlib import suppress
from threading import Thread

_COPY_IN = b"G"
"""With this the server says that it takes the rows of a COPY (CopyInResponse of PostgreSQL's protocol)."""


class Snijder:
    """A port that passes everything on to another."""

    def __init__(self, naar: int) -> None:
        self._naar = naar
        self._luistert = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._luistert.getsockname()[1])
        self.armed = False
        """Whether the next COPY is cut."""
        self.gesneden = 0
        Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            hier = self._luistert.accept()[0]
            try:
                daar = socket.create_connection(("127.0.0.1", self._naar), timeout=3)
            except OSError:
                hier.close()
                continue
            daar.settimeout(None)
            _Lijn(self, hier, daar).start()


class _Lijn:
    def __init__(self, snijder: Snijder, hier: socket.socket, daar: socket.socket) -> None:
        self._snijder, self._hier, self._daar = snijder, hier, daar
        self._snijd = False

    def start(self) -> None:
        for doe in (self._to_server, self._to_client):
            Thread(target=doe, daemon=True).start()

    def _to_server(self) -> None:
        with suppress(OSError):
            while deel := self._hier.recv(65536):
                if self._snijd:
                    self._daar.sendall(deel[: len(deel) // 2])
                    self._snijder.gesneden += 1
                    break
                self._daar.sendall(deel)
        self._end()

    def _to_client(self) -> None:
        with suppress(OSError):
            rest = b""
            while deel := self._daar.recv(65536):
                rest = self._look(rest + deel)
                self._hier.sendall(deel)
        self._end()

    def _look(self, gekomen: bytes) -> bytes:
        """Go from message to message; what is left of the last one that was begun."""
        plek = 1 if gekomen in (b"N", b"S") else 0
        while plek + 5 <= len(gekomen):
            einde = plek + 1 + struct.unpack_from("!i", gekomen, plek + 1)[0]
            if einde > len(gekomen):
                break
            if gekomen[plek : plek + 1] == _COPY_IN and self._snijder.armed:
                self._snijder.armed, self._snijd = False, True
            plek = einde
        return gekomen[plek:]

    def _end(self) -> None:
        for lijn in (self._hier, self._daar):
            with suppress(OSError):
                lijn.shutdown(socket.SHUT_RDWR)
            lijn.close()
