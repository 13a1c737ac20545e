"""Looks for a BSN wherever it should not be, however it is written: as text, encoded, or as a hash that anybody can undo."""

import base64
import hashlib
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

_HASHES = ("md5", "sha1", "sha256")
_TUSSEN = (".", "-", " ")


def disguises(bsn: str) -> Iterator[tuple[str, bytes]]:
    """Every form that is looked for, with its name."""
    platte = bsn.encode()
    yield "text", platte
    for teken in _TUSSEN:
        yield f"text with {teken!r}", f"{bsn[:4]}{teken}{bsn[4:6]}{teken}{bsn[6:]}".encode()
        yield f"text in threes with {teken!r}", teken.join((bsn[:3], bsn[3:6], bsn[6:])).encode()
    for codering in ("utf-16-le", "utf-16-be"):
        yield codering, bsn.encode(codering)
    for inhoud, naam in ((platte, "text"), (bsn.encode("utf-16-le"), "utf-16-le")):
        yield from ((f"base64 of {naam}", deel) for deel in _in_base64(inhoud))
        yield f"hex of {naam}", inhoud.hex().encode()
        yield f"HEX of {naam}", inhoud.hex().upper().encode()
    for soort in _HASHES:
        som = hashlib.new(soort, platte, usedforsecurity=False).digest()
        yield f"{soort} in bytes", som
        yield f"{soort} in hex", som.hex().encode()
        yield f"{soort} in HEX", som.hex().upper().encode()
        yield f"{soort} in base64", base64.b64encode(som).rstrip(b"=")
        yield f"{soort} in base64url", base64.urlsafe_b64encode(som).rstrip(b"=")


def _in_base64(inhoud: bytes) -> Iterator[bytes]:
    """Of the three ways in which it can fall among other bytes, what they have no part in."""
    for voor in range(3):
        geheel = base64.b64encode(b"\0" * voor + inhoud + b"\0" * ((-voor - len(inhoud)) % 3))
        begin, eind = (voor * 8 + 5) // 6, (voor + len(inhoud)) * 8 // 6
        yield geheel[begin:eind]


@dataclass(slots=True)
class Speurder:
    """What a run of the service left behind, by where it was found, and whose BSNs may not be in it."""

    bsns: set[str]
    gevonden: dict[str, bytes] = field(default_factory=dict)

    def add(self, waar: str, inhoud: bytes | str) -> None:
        """Something to search; more of the same place is added to it."""
        stuk = inhoud.encode(errors="surrogateescape") if isinstance(inhoud, str) else inhoud
        self.gevonden[waar] = self.gevonden.get(waar, b"") + b"\n" + stuk

    def add_files(self, map_: Path, behalve: Iterable[Path] = ()) -> None:
        """Names and contents of all files in a folder, but for what lies in these."""
        for pad in sorted(map_.rglob("*")):
            if pad.is_file() and not pad.is_symlink() and not any(pad.is_relative_to(weg) for weg in behalve):
                self.add(f"file {pad.relative_to(map_)}", pad.name.encode() + b"\n" + pad.read_bytes())

    def search(self) -> list[tuple[str, str, str]]:
        """Where, in which form, and the place around it with the BSN blotted out."""
        vormen = [(naam, vorm) for bsn in sorted(self.bsns) for naam, vorm in disguises(bsn)]
        return [
            (waar, naam, _around(inhoud, vorm)) for waar, inhoud in self.gevonden.items() for naam, vorm in vormen if vorm in inhoud
        ]

    @property
    def omvang(self) -> int:
        """Bytes that are searched."""
        return sum(map(len, self.gevonden.values()))


def _around(inhoud: bytes, vorm: bytes) -> str:
    plaats = inhoud.index(vorm)
    return f"…{inhoud[max(0, plaats - 60) : plaats]!r}XXX{inhoud[plaats + len(vorm) :][:40]!r}…"


class Tijdelijk:
    """Watches a folder of temporary files: what is gone in a moment is seen too."""

    def __init__(self, map_: Path, speurder: Speurder) -> None:
        self._map, self._speurder, self._klaar = map_, speurder, threading.Event()
        self._draad = threading.Thread(target=self._watch, daemon=True)
        self.namen: set[str] = set()

    def __enter__(self) -> "Tijdelijk":
        self._draad.start()
        return self

    def __exit__(self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None) -> None:
        self._klaar.set()
        self._draad.join()

    def _watch(self) -> None:
        bekend: dict[str, tuple[int, int]] = {}
        while not self._klaar.wait(0.005):
            # A folder may go while it is looked through.
            with suppress(OSError):
                for pad in self._map.rglob("*"):
                    self._look(pad, bekend)

    def _look(self, pad: Path, bekend: dict[str, tuple[int, int]]) -> None:
        with suppress(OSError):
            stand = pad.stat()
            if pad.is_file() and bekend.get(str(pad)) != (stand.st_mtime_ns, stand.st_size):
                bekend[str(pad)] = (stand.st_mtime_ns, stand.st_size)
                self.namen.add(re.sub(r"\w{8}(?=\.|$)", "*", pad.name))
                self._speurder.add("temporary files", pad.name.encode() + b"\n" + pad.read_bytes())
