"""What a visitor may set for this browser: light or dark, and whether single keys do something; and which keys there are."""

from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from api.portaal.schil.bladzij import VOORKEUREN, Ieder, Melding
from api.portaal.schil.paginarouter import Paginarouter

router = Paginarouter()
_JAAR = 365 * 24 * 3600
TOETSEN = (
    ("/", "Naar het zoekveld"),
    ("j en k", "Volgende en vorige rij, of volgende en vorige regel van de werkvoorraad"),
    ("x", "Kies de rij waarop u staat"),
    ("Enter", "Open de rij waarop u staat"),
    ("t, a en s", "Toekennen, afwijzen en terugvragen: van de gekozen rijen, of van de regel die open staat"),
    ("?", "Deze lijst"),
)


@router.get("/voorkeuren")
def get_voorkeuren(bladzij: Ieder) -> Response:
    """The form, and the list of keys."""
    return bladzij.show("algemeen/voorkeuren.html", titel="Voorkeuren en sneltoetsen", toetsenlijst=TOETSEN)


@router.post("/voorkeuren")
def post_voorkeuren(bladzij: Ieder, thema: Annotated[str, Form()] = "", toetsen: Annotated[str, Form()] = "") -> Response:
    """Kept in this browser only; what is no choice leaves it to the browser."""
    antwoord = bladzij.go("/portaal/voorkeuren", Melding("Uw voorkeuren zijn bewaard in deze browser."))
    for naam, waarde in (("thema", thema), ("toetsen", toetsen)):
        if waarde in VOORKEUREN[naam]:
            antwoord.set_cookie(naam, waarde, max_age=_JAAR, path="/portaal", httponly=True, samesite="lax")
        else:
            antwoord.delete_cookie(naam, path="/portaal")
    return antwoord
