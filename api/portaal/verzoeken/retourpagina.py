"""Allocations that did not arrive well at the aanbieder: the oldest first, with what to do and a form to take each off the list."""

from typing import Annotated
from uuid import UUID

from fastapi import Form
from fastapi.responses import Response

from api.besluiten.besluitmodellen import STATUSSEN
from api.portaal.schil.bladzij import Bladzij, Melding
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.paginarouter import Paginarouter
from api.portaal.verzoeken.verzoekenlijst import Verzoekbeslissers
from berichten.inzage.berichten.retourlijst import Openretourfilter, list_afgeronde, list_retouren
from berichten.inzage.naslag.namen import find_namen
from berichten.processen.berichten.rond_retour_af import Afronding, settle_retour

router = Paginarouter()
PER_KEER = 25
AFGEROND = 10
"""Of what was settled last so many are told below the list."""
STANDEN = {"afgekeurd": "Afgekeurd", "zonder_antwoord": "Niet beantwoord"}


@router.get("/retouren")
def get_retourpagina(bladzij: Verzoekbeslissers) -> Response:
    """A pointer that was never given out begins the list again."""
    return _show(bladzij)


@router.post("/retouren/{bericht_id}/afronding")
def post_retourafronding(
    bladzij: Verzoekbeslissers,
    bericht_id: UUID,
    toelichting: Annotated[str, Form(max_length=10_000)] = "",
    gezien: Annotated[UUID | None, Form()] = None,
) -> Response:
    """What cannot be done is told above the list."""
    wat = Afronding(bericht_id, toelichting, gezien)
    geweigerd = settle_retour(bladzij.werkplaats, bladzij.bezoeker.houder, wat)
    if geweigerd is None:
        return bladzij.go("/portaal/retouren", Melding("Dit JW301 is afgerond en staat niet meer in de lijst."))
    return _show(bladzij, STATUSSEN[geweigerd.soort], geweigerd.melding, str(bericht_id), toelichting)


def _show(bladzij: Bladzij, status: int = 200, fout: str = "", bij: str = "", getypt: str = "") -> Response:
    """The list, with what was typed at one of them."""
    invoer, namen = Adresinvoer(bladzij.adres), find_namen(bladzij.kijker)
    zeef = Openretourfilter(
        invoer.keuze("stand", tuple(STANDEN)), invoer.code("agb", "[0-9]{8}", "Een AGB-code heeft acht cijfers.")
    )
    na = invoer.tekst("na")
    lijst = list_retouren(bladzij.kijker, zeef, PER_KEER, na if na.isdecimal() and len(na) < 19 else None)
    aan = [
        ("stand", zeef.stand and STANDEN[zeef.stand].lower()),
        ("agb", zeef.agb and f"aanbieder: {namen.aanbieders.get(zeef.agb, zeef.agb)}"),
    ]
    return bladzij.show(
        "verzoeken/retouren.html",
        status=status,
        titel="Retouren",
        lijst=lijst,
        afgerond=list_afgeronde(bladzij.kijker, AFGEROND),
        namen=namen,
        standen=STANDEN,
        invoer=invoer,
        aanbieders=sorted(((agb, naam) for agb, naam in namen.aanbieders.items()), key=lambda item: item[1].casefold()),
        chips=[(woorden, bladzij.adres.zonder(naam).zonder("na")) for naam, woorden in aan if woorden],
        meldingen=(*invoer.meldingen(), *((Melding(fout, "error"),) if fout else ())),
        bij=bij,
        getypt=getypt,
    )
