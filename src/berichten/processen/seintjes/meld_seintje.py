"""Say that something is ready for somebody, in the transaction in which it happens; it is mailed later (`verstuur_seintjes`)."""

from collections.abc import Collection
from datetime import timedelta
from typing import Literal

from sqlalchemy import Connection

from berichten.instellingen import Instellingen
from berichten.kern.rechten import LOKAAL_TEAM
from berichten.klok import dutch_day
from berichten.opslag.seintjes.seintjes import Wanneer, put_seintjes
from berichten.processen.basis.werkplaats import Werkplaats

Aanleiding = Literal["antwoord", "vraag", "besluit", "casus"]
_BEKEND = timedelta(days=30)
"""For how long somebody who logs in elsewhere is known to have a role: it is given for a day, at each log-in."""


def at_moment(instellingen: Instellingen) -> Wanneer:
    """The moment of these settings."""
    nu = instellingen.nu()
    return Wanneer(nu, dutch_day(nu), dutch_day(nu - _BEKEND))


def announce_to_aanbieders(
    verbinding: Connection, werkplaats: Werkplaats, gemeente: str, aanleiding: Aanleiding, agbs: Collection[str]
) -> None:
    """People of these aanbieders; nothing where no mail is sent."""
    _put(verbinding, werkplaats, gemeente, aanleiding, "aanbieder", agbs)


def announce_to_staff(verbinding: Connection, werkplaats: Werkplaats, gemeente: str, aanleiding: Aanleiding) -> None:
    """Who decides on held lines; nothing where no mail is sent."""
    _put(verbinding, werkplaats, gemeente, aanleiding, "contractbeheer", None)


def announce_to_team(verbinding: Connection, werkplaats: Werkplaats, gemeente: str, personen: Collection[str]) -> None:
    """Those of these people who have the role of a local team: there are new signals; nothing where no mail is sent."""
    if werkplaats.instellingen.smtp_host:
        put_seintjes(verbinding, gemeente, "casus", LOKAAL_TEAM, None, at_moment(werkplaats.instellingen), personen)


def _put(
    verbinding: Connection, werkplaats: Werkplaats, gemeente: str, aanleiding: Aanleiding, rol: str, agbs: Collection[str] | None
) -> None:
    if werkplaats.instellingen.smtp_host:
        put_seintjes(verbinding, gemeente, aanleiding, rol, agbs, at_moment(werkplaats.instellingen))
