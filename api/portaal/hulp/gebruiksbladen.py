"""The user docs (`docs/gebruik`) as HTML. They come with the package, so what is read is of the version that runs."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

import berichten
from api.portaal.schil.adres import BASIS
from api.portaal.schil.navigatie import anchor_of

_HULP = f"{BASIS}/hulp"
_BREED, _HOOG = "1366", "768"
"""Pixels of every picture."""


@dataclass(frozen=True, slots=True)
class Gebruiksblad:
    """One page of the docs; `inhoud` is what follows on its title."""

    naam: str
    titel: str
    inhoud: Markup


def find_docs() -> Path:
    """The folder with `gebruik/` and `beeld/`: in the package, or in the repository. Raises FileNotFoundError."""
    pakket = Path(berichten.__file__).parent
    for kandidaat in (pakket / "_docs", pakket.parents[1] / "docs"):
        if (kandidaat / "gebruik").is_dir():
            return kandidaat
    raise FileNotFoundError("de gebruiksbladen van de dienst ontbreken: geen map berichten/_docs en geen map docs")


@cache
def list_gebruiksbladen() -> dict[str, Gebruiksblad]:
    """Every page by its name, in the order of the names."""
    return {pad.stem: _read(pad.stem, pad.read_text(encoding="utf-8")) for pad in sorted((find_docs() / "gebruik").glob("*.md"))}


def find_beeld(naam: str) -> Path | None:
    """A picture of the docs; None for a name that none of them has."""
    return next((pad for pad in (find_docs() / "beeld").glob("*.webp") if pad.name == naam), None)


def _read(naam: str, tekst: str) -> Gebruiksblad:
    kop, _, rest = tekst.partition("\n")
    lezer = MarkdownIt("commonmark", {"html": False}).enable("table")
    delen = lezer.parse(rest)
    _name_headings(delen)
    for deel in delen:
        _lead(deel)
    return Gebruiksblad(naam, kop.removeprefix("# ").strip(), Markup(lezer.renderer.render(delen, lezer.options, {})))


def _name_headings(delen: list[Token]) -> None:
    """So that a page of the portal can point at the part that is about it."""
    for deel, woorden in pairwise(delen):
        if deel.type == "heading_open":
            deel.attrSet("id", anchor_of(woorden.content))


def _lead(deel: Token) -> None:
    """Pictures and pages of ours by their address here; of what is not served, only the words stay."""
    if deel.type == "table_open":
        deel.attrSet("class", "utrecht-table utrecht-table--html-table")
    if deel.type == "th_open":
        deel.attrSet("scope", "col")
    weg = False
    for kind in deel.children or ():
        if kind.type == "image":
            kind.attrSet("src", f"{_HULP}/beeld/{Path(str(kind.attrGet('src'))).name}")
            for naam, waarde in (("width", _BREED), ("height", _HOOG), ("loading", "lazy")):
                kind.attrSet(naam, waarde)
        elif kind.type == "link_open":
            doel = str(kind.attrGet("href"))
            weg = "/" in doel or not doel.endswith(".md")
            kind.attrSet("href", f"{_HULP}/{doel.removesuffix('.md')}")
        if weg and kind.type in ("link_open", "link_close"):
            weg = kind.type == "link_open"
            kind.type, kind.tag, kind.nesting, kind.content = "text", "", 0, ""
