"""What a visitor may set: for this browser light or dark and single keys, and by person whether notices come by mail."""

from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from api.basis.problemen import Probleem
from api.portaal.schil.bladzij import VOORKEUREN, Bladzij, Ieder, Melding
from api.portaal.schil.paginarouter import Paginarouter
from berichten.processen.seintjes.kies_seintje import can_choose, choose_seintjes, find_choice

router = Paginarouter()
_WANNEER = {
    "aanbieder": "er een antwoord klaarstaat, de gemeente iets vraagt of over een regel heeft besloten",
    "contractbeheer": "een aanbieder iets vraagt of antwoordt",
}
_ZONDER_ADRES = "Vul het e-mailadres in waarop u het seintje wilt krijgen."
_AAN = "U krijgt voortaan een e-mail als er iets voor u klaarstaat."
_UIT = "U krijgt geen e-mail meer."
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
    return _show(bladzij, find_choice(bladzij.werkplaats, bladzij.bezoeker.houder))


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


@router.post("/voorkeuren/e-mail")
def post_seintjeskeuze(bladzij: Ieder, keuze: Annotated[str, Form()] = "", adres: Annotated[str, Form()] = "") -> Response:
    """Kept with the person, whatever the browser; 403 where no mail is sent, or to no one in this role."""
    houder = bladzij.bezoeker.houder
    if not can_choose(bladzij.werkplaats, houder):
        raise Probleem(403, "Voor uw rol versturen we geen e-mail.")
    if keuze == "aan" and not adres.strip():
        return _show(bladzij, "", _ZONDER_ADRES, aan=True)
    fout = choose_seintjes(bladzij.werkplaats, houder, adres if keuze == "aan" else "")
    if fout:
        return _show(bladzij, adres, fout, aan=True)
    return bladzij.go("/portaal/voorkeuren", Melding(_AAN if keuze == "aan" else _UIT))


def _show(bladzij: Bladzij, adres: str, fout: str = "", aan: bool = False) -> Response:
    instellingen, houder = bladzij.werkplaats.instellingen, bladzij.bezoeker.houder
    return bladzij.show(
        "algemeen/voorkeuren.html",
        status=400 if fout else 200,
        titel="Voorkeuren en sneltoetsen",
        toetsenlijst=TOETSEN,
        wanneer=_WANNEER[houder.rol] if can_choose(bladzij.werkplaats, houder) else "",
        uren=instellingen.seintje_uren,
        postadres=adres,
        aan=aan or bool(adres),
        fout=fout,
        meldingen=(Melding("Uw keuze is niet bewaard. Bij het veld staat waarom.", "error"),) if fout else (),
    )
