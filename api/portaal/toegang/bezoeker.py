"""Who looks at a page. Pages take a `Bladzij` (`schil/bladzij.py`), which begins here.

Without a session that holds the browser is sent to log in, and comes back to the page from there. A form comes in by `Formulier`
(`formulier.py`).
"""

import hmac
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from api.deur.koppen import PORTAAL
from api.deur.toegang import Plaats, read_herkomst
from api.portaal.toegang.koekje import read_koekje
from berichten.kern.houder import Sleutelhouder
from berichten.kern.persoon import Sessie
from berichten.processen.toegang.volg_sessie import as_houder, recognise_sessie

INLOGGEN, WACHTWOORD = f"{PORTAAL}/inloggen", f"{PORTAAL}/wachtwoord"


@dataclass(frozen=True, slots=True)
class Bezoeker:
    """A person who is logged in, in the role that was chosen."""

    sessie: Sessie
    houder: Sleutelhouder
    """As use cases and views know who calls (`werkplaats.seen_by(houder)`); in a column `door` stands the person."""
    csrf: str
    """For the hidden field `csrf` of every form."""

    @property
    def persoon(self) -> str:
        """Id of the person."""
        return self.sessie.persoon_id

    @property
    def naam(self) -> str:
        return self.sessie.naam

    @property
    def rol(self) -> str:
        return self.sessie.rol

    @property
    def gemeente(self) -> str:
        return self.sessie.gemeente

    @property
    def agb(self) -> str | None:
        """AGB code of the aanbieder that this person works for; None for staff of the gemeente."""
        return self.sessie.agb


class GeenSessie(Exception):
    """Nobody is logged in; the browser goes to the log-in page."""


class GeenEigenWachtwoord(Exception):
    """Who is logged in came by a password that a colleague made; the browser goes to the page where one is chosen."""


def find_bezoeker(request: Request, werkplaats: Plaats) -> Bezoeker | None:
    """Who is logged in; None when nobody is, or no longer."""
    sessie = recognise_sessie(werkplaats, read_koekje(request))
    if sessie is None:
        return None
    houder = request.state.houder = as_houder(sessie, read_herkomst(request))
    return Bezoeker(sessie, houder, csrf_of(sessie))


def csrf_of(sessie: Sessie) -> str:
    """What the hidden field `csrf` holds in forms that are made for a session."""
    return hmac.digest(sessie.csrf_geheim, b"formulier", "sha256").hex()


MisschienIngelogd = Annotated[Bezoeker | None, Depends(find_bezoeker)]


def get_bezoeker(bezoeker: MisschienIngelogd) -> Bezoeker:
    """Who is logged in. Raises GeenSessie, of which `terugkeer.py` makes a visit to the log-in page."""
    if bezoeker is None:
        raise GeenSessie
    return bezoeker


Ingelogd = Annotated[Bezoeker, Depends(get_bezoeker)]
