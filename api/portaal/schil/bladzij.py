"""One page for one visitor: what it is made with, and how it becomes an answer."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from api.basis.problemen import Probleem
from api.basis.weigeringen import note_reason
from api.deur.gevraagd import read_gevraagd
from api.deur.toegang import Plaats
from api.portaal.schil.adres import Paginaadres, read_adres
from api.portaal.schil.langwerk import Bezig, Langwerk
from api.portaal.schil.navigatie import ROLNAMEN, current_of, help_of, menu_of
from api.portaal.toegang.bezoeker import Bezoeker, GeenEigenWachtwoord, Ingelogd
from api.portaal.toegang.formulier import read_formulier
from berichten.inzage.basis.kijker import Kijker
from berichten.kern.nietnu import NietNu
from berichten.processen.basis.geweigerd import log_geweigerd
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.standaard.waarden.gemeenten import name_of_gemeente

T = TypeVar("T")
_MELDING, _THEMA, _TOETSEN = "melding", "thema", "toetsen"
VOORKEUREN = {_THEMA: ("licht", "donker"), _TOETSEN: ("uit",)}
"""What a visitor may set for this browser, besides what it says itself."""


@dataclass(frozen=True, slots=True)
class Melding:
    """What is told above a page: what was just done, or what went wrong. `actie` is a link with its words."""

    tekst: str
    soort: str = "ok"
    """`ok`, `info`, `warning` or `error`."""
    actie: str = ""
    naar: str = ""


@dataclass(slots=True)
class Bladzij:
    """What a page is made with."""

    request: Request
    bezoeker: Bezoeker
    formulier: FormData
    """What was filled in, when it was a form."""

    @property
    def werkplaats(self) -> Werkplaats:
        werkplaats: Werkplaats = self.request.app.state.werkplaats
        return werkplaats

    @property
    def kijker(self) -> Kijker:
        """What this visitor may see."""
        return self.werkplaats.seen_by(self.bezoeker.houder)

    @property
    def handelend(self) -> Werkplaats:
        """The parts for an act in this visitor's name."""
        return self.werkplaats.asked_by(self.bezoeker.houder)

    @property
    def adres(self) -> Paginaadres:
        return read_adres(self.request)

    @property
    def vandaag(self) -> date:
        return self.werkplaats.instellingen.vandaag()

    def ring(self, agb: str) -> None:
        """What came in from this aanbieder while an act had its stream found it taken: somebody looks once more."""
        self.request.app.state.bel.ring(self.bezoeker.gemeente, agb)

    def work(self, wat: str, maak: Callable[[], T]) -> T | Bezig:
        """What this visitor asked to be made, or that it is not ready yet (`Langwerk`)."""
        langwerk: Langwerk = self.request.app.state.langwerk
        gemaakt: T | Bezig = langwerk.ask(
            self.bezoeker.houder.sleutel_id, f"{self.bezoeker.gemeente} {wat}", maak, self.werkplaats.instellingen.nu
        )
        return gemaakt

    def show(self, sjabloon: str, *, status: int = 200, meldingen: tuple[Melding, ...] = (), **waarden: Any) -> Response:
        """The page, with what the last one had to say."""
        return render(self.request, sjabloon, status, self.bezoeker, meldingen, vandaag=self.vandaag, **waarden)

    def go(self, naar: Paginaadres | str, melding: Melding | None = None) -> Response:
        """Another page after a form was handled (303), which tells what was done."""
        antwoord = RedirectResponse(str(naar), 303)
        if melding is not None:
            deel = {"tekst": melding.tekst, "soort": melding.soort, "actie": melding.actie, "naar": melding.naar}
            antwoord.set_cookie(_MELDING, json.dumps(deel), max_age=60, path="/portaal", httponly=True, samesite="lax")
        return antwoord

    def acting(self) -> tuple[Werkplaats, str, str]:
        """With what, for which gemeente and in whose name something is done."""
        return self.handelend, self.bezoeker.houder.gemeente, self.bezoeker.houder.sleutel_id

    def names_of(self, door: Iterable[str | None]) -> dict[str, str]:
        """Who is behind each value of a column `door`."""
        return self.kijker.names_of({item for item in door if item})

    def tell(self, uitkomst: object, gedaan: str, naar: Paginaadres | str) -> Response:
        """Back to a page that says what was done, or why it was not; 404 for what is not there."""
        if uitkomst is None:
            raise Probleem(404, "Dit nummer is er niet, of het is niet van uw gemeente. Kies het uit de lijst.")
        if isinstance(uitkomst, NietNu):
            return self.go(naar, Melding(uitkomst.melding, "error"))
        return self.go(naar, Melding(gedaan))


def render(
    request: Request,
    sjabloon: str,
    status: int = 200,
    bezoeker: Bezoeker | None = None,
    meldingen: tuple[Melding, ...] = (),
    **waarden: Any,
) -> Response:
    """A page as an answer; without a visitor only its own words."""
    adres = read_adres(request)
    open_ = bezoeker is not None and bezoeker.sessie.eigen_wachtwoord
    menu = menu_of(bezoeker.rol) if bezoeker is not None and open_ else ()
    hier = current_of(menu, adres.pad)
    bewaard = _read_melding(request)
    tekst = request.app.state.sjablonen.get_template(sjabloon).render(
        adres=adres,
        bezoeker=bezoeker,
        rolnaam="" if bezoeker is None else ROLNAMEN.get(bezoeker.rol, bezoeker.rol),
        gemeente="" if bezoeker is None else name_of_gemeente(bezoeker.gemeente),
        menu=menu,
        open=open_,
        hier=hier,
        hulp=help_of(bezoeker.rol, hier) if bezoeker is not None and open_ else "",
        meldingen=(*bewaard, *meldingen),
        voorkeuren=_read_voorkeuren(request),
        **waarden,
    )
    antwoord = HTMLResponse(tekst, status)
    if bewaard:
        antwoord.delete_cookie(_MELDING, path="/portaal")
    return antwoord


def _read_voorkeuren(request: Request) -> dict[str, str]:
    """What was chosen for this browser; empty for what is left to it."""
    gekozen = {naam: request.cookies.get(naam, "") for naam in VOORKEUREN}
    return {naam: waarde if waarde in VOORKEUREN[naam] else "" for naam, waarde in gekozen.items()}


def _read_melding(request: Request) -> tuple[Melding, ...]:
    """What the last page left to be told; nothing when that is no notice of ours."""
    try:
        deel = json.loads(request.cookies.get(_MELDING, "null"))
        gelezen = Melding(**{naam: str(waarde) for naam, waarde in deel.items()})
    except (AttributeError, TypeError, ValueError):
        return ()
    # Only a page of ours may be behind its link, whoever wrote the cookie.
    return (gelezen,) if gelezen.naar in ("",) or gelezen.naar.startswith("/portaal/") else ()


async def read_own_form(request: Request, bezoeker: Ingelogd, werkplaats: Plaats) -> FormData:
    """Every form that changes something proves that a page of this session sent it; empty for a page that is only looked at."""
    return FormData() if request.method == "GET" else await read_formulier(request, bezoeker, werkplaats)


Eigenformulier = Annotated[FormData, Depends(read_own_form)]


def for_roles(*rollen: str, eigen_wachtwoord: bool = True) -> Callable[[Request, Bezoeker, FormData], Bladzij]:
    """A dependency that gives the page to these roles; 403 for others, and for a form that comes from elsewhere.

    Who came in by a password that a colleague made is asked for one of their own first; not by the page that asks it
    (`eigen_wachtwoord` False).
    """

    def make(request: Request, bezoeker: Ingelogd, formulier: Eigenformulier) -> Bladzij:
        request.state.bezoeker = bezoeker
        if eigen_wachtwoord and not bezoeker.sessie.eigen_wachtwoord:
            raise GeenEigenWachtwoord
        bladzij = Bladzij(request, bezoeker, formulier)
        if bezoeker.rol not in rollen:
            note_reason(request.state, "rol")
            log_geweigerd(bladzij.werkplaats, bezoeker.houder, "rol", read_gevraagd(request))
            rol = ROLNAMEN.get(bezoeker.rol, bezoeker.rol)
            raise Probleem(403, f"Deze pagina is niet voor uw rol ({rol}). Kies een pagina uit het menu.")
        return bladzij

    return make


IEDEREEN = tuple(ROLNAMEN)
Ieder = Annotated[Bladzij, Depends(for_roles(*IEDEREEN))]
Nieuwkomer = Annotated[Bladzij, Depends(for_roles(*IEDEREEN, eigen_wachtwoord=False))]
"""Who is logged in, also by a password that a colleague made."""
Contractbeheer = Annotated[Bladzij, Depends(for_roles("contractbeheer"))]
Financien = Annotated[Bladzij, Depends(for_roles("financien"))]
Controle = Annotated[Bladzij, Depends(for_roles("financien", "controle"))]
"""Who answers for the figures, and who controls them."""
Regiolezer = Annotated[Bladzij, Depends(for_roles("regio", "financien"))]
"""People of the region, and finance of a member."""
Controleur = Annotated[Bladzij, Depends(for_roles("controle"))]
Steekproeflezer = Annotated[Bladzij, Depends(for_roles("financien", "controle", "beheer"))]
"""Who draws samples, and who sees which were drawn."""
Aanbieder = Annotated[Bladzij, Depends(for_roles("aanbieder"))]
Casuskijker = Annotated[Bladzij, Depends(for_roles("contractbeheer", "lokaal_team"))]
"""Who has the regie over the care of families, and who hands it on where nobody has."""
Kwartaallezer = Annotated[Bladzij, Depends(for_roles("contractbeheer", "financien", "beheer", "controle"))]
Accounthouder = Contractbeheer
Begroter = Annotated[Bladzij, Depends(for_roles("financien", "beheer"))]
"""Who reads quarterly reports, who writes and establishes them, and who loads what may be spent."""
Insteller = Annotated[Bladzij, Depends(for_roles("contractbeheer", "financien", "beheer"))]
"""Who sets something for the steering of the gemeente."""
Beheer = Annotated[Bladzij, Depends(for_roles("beheer"))]
Toezicht = Annotated[Bladzij, Depends(for_roles("beheer", "privacy"))]
"""Who keeps watch over who looked."""
