"""What pages load: style, script, fonts, each under a name that changes with its contents, so that a browser may keep it."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

MAP = Path(__file__).parents[1] / "statisch"
_SOORTEN = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_VERWIJST = re.compile(rb"url\(([\w.-]+)\)")


@dataclass(frozen=True, slots=True)
class Laadbestand:
    """A file with its name, as it is sent; `klein` is None for what does not get smaller."""

    naam: str
    soort: str
    inhoud: bytes
    klein: bytes | None


class VasteBestanden:
    """The files of `statisch/`, read once."""

    def __init__(self, map_: Path = MAP) -> None:
        paden = sorted(pad for pad in map_.iterdir() if pad.suffix in _SOORTEN)
        # Style last: it names the fonts, and its own name follows from what it names.
        self._namen: dict[str, str] = {}
        self._op_naam: dict[str, Laadbestand] = {}
        for pad in sorted(paden, key=lambda pad: pad.suffix == ".css"):
            self._add(pad)

    def name_of(self, bestand: str) -> str:
        """`portaal.css` as it is asked for: `portaal.1a2b3c4d5e6f.css`. Raises KeyError for a file that there is not."""
        return self._namen[bestand]

    def respond(self, request: Request, naam: str) -> Response | None:
        """The file with this name, compressed for who takes that; None when there is none."""
        bestand = self._op_naam.get(naam)
        if bestand is None:
            return None
        if bestand.klein is not None and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(bestand.klein, media_type=bestand.soort, headers={"Content-Encoding": "gzip"} | _VARIEERT)
        return Response(bestand.inhoud, media_type=bestand.soort, headers=_VARIEERT)

    def _add(self, pad: Path) -> None:
        inhoud = pad.read_bytes()
        if pad.suffix == ".css":
            inhoud = _VERWIJST.sub(lambda vondst: b"url(" + self._namen[vondst[1].decode()].encode() + b")", inhoud)
        naam = f"{pad.stem}.{hashlib.sha256(inhoud).hexdigest()[:12]}{pad.suffix}"
        klein = None if pad.suffix == ".woff2" else gzip.compress(inhoud, 9, mtime=0)
        self._namen[pad.name] = naam
        self._op_naam[naam] = Laadbestand(naam, _SOORTEN[pad.suffix], inhoud, klein)


_VARIEERT = {"Vary": "Accept-Encoding"}
