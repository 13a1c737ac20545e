"""Who looks at a page: a person, logged in, in one role."""

from dataclasses import dataclass

from fastapi import Request

from api.basis.problemen import Probleem
from berichten.kern.houder import Sleutelhouder


@dataclass(frozen=True, slots=True)
class Bezoeker:
    """A person with a session."""

    persoon: str
    naam: str
    rol: str
    gemeente: str
    agb: str | None
    houder: Sleutelhouder
    """As whom the use cases know this person."""
    csrf: str
    """What every form of this session gives back."""


def get_bezoeker(request: Request) -> Bezoeker:
    """Who has the session of this request."""
    raise Probleem(401, "Log in om deze pagina te zien.")
