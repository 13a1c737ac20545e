"""Reads the tables of a page as text, with the addresses behind their cells."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True)
class Paginatabel:
    """One table: headings, rows and the row below, as text; `links` has the first address of each cell of `rijen`."""

    koppen: list[str] = field(default_factory=list)
    rijen: list[list[str]] = field(default_factory=list)
    links: list[list[str]] = field(default_factory=list)
    voet: list[str] = field(default_factory=list)


class _Lezer(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tabellen: list[Paginatabel] = []
        self._deel = ""
        self._cel: list[str] | None = None
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tabellen.append(Paginatabel())
        elif tag in ("thead", "tbody", "tfoot"):
            self._deel = tag
        elif tag == "tr" and self._deel == "tbody":
            self.tabellen[-1].rijen.append([])
            self.tabellen[-1].links.append([])
        elif tag in ("td", "th"):
            self._cel, self._link = [], ""
        elif tag == "a" and self._cel is not None:
            self._link = self._link or dict(attrs).get("href") or ""

    def handle_data(self, data: str) -> None:
        if self._cel is not None:
            self._cel.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("td", "th") or self._cel is None:
            return
        tabel, tekst = self.tabellen[-1], " ".join("".join(self._cel).split())
        if self._deel == "tbody":
            tabel.rijen[-1].append(tekst)
            tabel.links[-1].append(self._link)
        else:
            (tabel.koppen if self._deel == "thead" else tabel.voet).append(tekst)
        self._cel = None


def read_tabellen(pagina: str) -> list[Paginatabel]:
    """Every table of a page, in order."""
    lezer = _Lezer()
    lezer.feed(pagina)
    return lezer.tabellen


def read_centen(bedrag: str) -> int:
    """`€ 1.234,50` or `1234,50` in cents."""
    return int("".join(teken for teken in bedrag if teken.isdigit() or teken == "-"))
