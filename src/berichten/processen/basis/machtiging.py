"""Who calls: the holder of a key, or that holder as another aanbieder when a mandate says so."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from berichten.instellingen import Instellingen
from berichten.kern.houder import Sleutelfout, Sleutelhouder
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.machtigingen import find_machtiging
from berichten.opslag.toegang.sleutels import find_sleutelhouders
from berichten.processen.basis.werkplaats import Werkplaats


def recognise(werkplaats: Werkplaats, sleutel: str) -> Sleutelhouder | Sleutelfout:
    """Who holds this key or token now, or why it does not work."""
    if werkplaats.uitgever is not None and asks_provider(werkplaats, sleutel):
        from berichten.processen.basis.herken_token import recognise_token  # noqa: PLC0415

        return recognise_token(werkplaats.instellingen, werkplaats.opslag, werkplaats.uitgever, sleutel)
    return recognise_together(werkplaats, [sleutel])[0]


def asks_provider(werkplaats: Werkplaats, sleutel: str) -> bool:
    """Whether this is a token, which may take as long as the OpenID provider takes to answer."""
    if werkplaats.uitgever is None or not werkplaats.instellingen.token_audience:
        return False
    # Loaded with the provider, and not before (`werkplaats`).
    from berichten.processen.basis.herken_token import is_token  # noqa: PLC0415

    return is_token(sleutel)


def recognise_together(werkplaats: Werkplaats, sleutels: Sequence[str]) -> list[Sleutelhouder | Sleutelfout]:
    """Who hold these keys, none of them a token, in one query."""
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        return find_sleutelhouders(verbinding, sleutels, werkplaats.instellingen.nu())


def become(werkplaats: Werkplaats, houder: Sleutelhouder, agb: str) -> Sleutelhouder | None:
    """`act_for` in a transaction of its own."""
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        return act_for(verbinding, werkplaats.instellingen, houder, agb)


def act_for(verbinding: Connection, instellingen: Instellingen, houder: Sleutelhouder, agb: str) -> Sleutelhouder | None:
    """The holder as this aanbieder; None when no mandate of today allows that. An aanbieder is always itself."""
    if houder.agb is None or houder.agb == agb:
        return houder if houder.agb == agb else None
    nummer = find_machtiging(verbinding, houder.gemeente, houder.agb, agb, instellingen.vandaag())
    return None if nummer is None else replace(houder, agb=agb, machtiging=nummer)
