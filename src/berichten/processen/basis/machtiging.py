"""Act for another aanbieder: the holder of a key as who that is, when a mandate says so."""

from dataclasses import replace

from sqlalchemy import Connection

from berichten.instellingen import Instellingen
from berichten.opslag.toegang.machtigingen import has_machtiging
from berichten.opslag.toegang.sleutels import Sleutelhouder


def act_for(verbinding: Connection, instellingen: Instellingen, houder: Sleutelhouder, agb: str) -> Sleutelhouder | None:
    """The holder as this aanbieder; None when no mandate of today allows that. An aanbieder is always itself."""
    if houder.agb is None or houder.agb == agb:
        return houder if houder.agb == agb else None
    if has_machtiging(verbinding, houder.gemeente, houder.agb, agb, instellingen.vandaag()):
        return replace(houder, agb=agb)
    return None
