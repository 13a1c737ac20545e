"""Templates: read and parsed once at the start, everything escaped, and no name passed over that is not there."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.portaal.schil.bestanden import VasteBestanden
from api.portaal.schil.opmaak import FILTERS, FUNCTIES, hold_amounts

MAP = Path(__file__).parents[1]
"""Templates are named from here: `contractbeheer/werkvoorraad.html`."""


def list_templates() -> list[str]:
    """Every template of the portal."""
    return sorted(str(pad.relative_to(MAP)) for pad in MAP.rglob("*.html"))


def make_environment(bestanden: VasteBestanden) -> Environment:
    """With the house's words for figures, and every template parsed."""
    omgeving = Environment(
        loader=FileSystemLoader(MAP), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        auto_reload=False, cache_size=-1, finalize=hold_amounts,
    )  # fmt: skip
    omgeving.filters.update(FILTERS)
    hulp: dict[str, Any] = {**FUNCTIES, "statisch": lambda naam: f"/portaal/statisch/{bestanden.name_of(naam)}"}
    omgeving.globals.update(hulp)
    for naam in list_templates():
        omgeving.get_template(naam)
    return omgeving
