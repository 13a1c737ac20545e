"""One line of a declaration for its aanbieder: why it waits or was rejected, what to do, and a question to the gemeente."""

from typing import Annotated
from uuid import UUID

from fastapi import Form, Path
from fastapi.responses import Response

from api.basis.problemen import Probleem, raise_unless_found
from api.portaal.aanbieder.berichtpagina import ONBEKEND
from api.portaal.aanbieder.berichtwoorden import name_bericht
from api.portaal.aanbieder.redenwoorden import UITKOMSTEN, compare
from api.portaal.schil.adres import make_adres
from api.portaal.schil.bladzij import Aanbieder, Bladzij, Melding
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.paginarouter import Paginarouter
from berichten.beoordeling.besluit import Besluitweigering
from berichten.inzage.berichten.berichten import Bericht, find_bericht
from berichten.inzage.besluiten.prestaties import Prestatiedossier, Prestatiefilter, find_prestatie, list_prestaties
from berichten.inzage.besluiten.verloop import tell_prestatie
from berichten.processen.besluiten.plaats_opmerking import place_opmerking

router = Paginarouter()
PER_KEER = 50
_GEEN_REGEL = "Deze regel bestaat niet, of hij is niet van u. Ga terug naar uw berichten."
_BEWAARD = "Uw bericht aan de gemeente is bewaard. De beoordelaar leest het bij deze regel."
_NIET_BEWAARD = "Uw bericht is niet bewaard. Bij het veld staat waarom."
Regelnummer = Annotated[int, Path(ge=1, le=(1 << 63) - 1)]


@router.get("/berichten/{bericht_id}/regels")
def get_regels(bladzij: Aanbieder, bericht_id: UUID) -> Response:
    """Every line of a declaration in its order, narrowed by outcome or rule."""
    bericht = raise_unless_found(find_bericht(bladzij.kijker, bericht_id), ONBEKEND)
    invoer = Adresinvoer(bladzij.adres)
    uitkomst = invoer.keuze("uitkomst", tuple(UITKOMSTEN))
    regel = invoer.code("regel", "[A-Z]{2,20}[0-9]{0,4}", "Kies een regel van de bladzijde met uitleg.")
    na = invoer.code("na", "[0-9]{1,18}", "Deze bladzijde is er niet.")
    lijst = list_prestaties(bladzij.kijker, bericht_id, Prestatiefilter(uitkomst, regel=regel), PER_KEER, na)
    return bladzij.show(
        "aanbieder/regellijst.html",
        titel=f"Regels van {name_bericht(bericht)[0].lower()}{name_bericht(bericht)[1:]}",
        bericht=bericht,
        naam=name_bericht(bericht),
        lijst=raise_unless_found(lijst, ONBEKEND),
        uitkomsten=UITKOMSTEN,
        uitkomst=uitkomst,
        regel=regel,
        meldingen=invoer.meldingen(),
    )


@router.get("/berichten/{bericht_id}/regels/{prestatie_id}")
def get_regel(bladzij: Aanbieder, bericht_id: UUID, prestatie_id: Regelnummer) -> Response:
    """404 also for a line of another message."""
    return _show(bladzij, *_find(bladzij, bericht_id, prestatie_id))


@router.post("/berichten/{bericht_id}/regels/{prestatie_id}")
def post_opmerking(
    bladzij: Aanbieder, bericht_id: UUID, prestatie_id: Regelnummer, tekst: Annotated[str, Form(max_length=10_000)] = ""
) -> Response:
    """A question or an answer; what cannot be kept is told beside the text, which stays as it was typed."""
    gevolg = place_opmerking(bladzij.werkplaats, bladzij.bezoeker.houder, prestatie_id, tekst)
    if not isinstance(gevolg, Besluitweigering):
        adres = make_adres(f"/berichten/{bericht_id}/regels/{prestatie_id}")
        return bladzij.go(f"{adres}#gesprek", Melding(_BEWAARD))
    bericht, regel = _find(bladzij, bericht_id, prestatie_id)
    return _show(bladzij, bericht, regel, tekst, gevolg.melding, 400 if gevolg.soort == "ongeldig" else 409)


def _find(bladzij: Bladzij, bericht_id: UUID, prestatie_id: int) -> tuple[Bericht, Prestatiedossier]:
    bericht = raise_unless_found(find_bericht(bladzij.kijker, bericht_id), ONBEKEND)
    regel = raise_unless_found(find_prestatie(bladzij.kijker, prestatie_id), _GEEN_REGEL)
    if regel.bericht_id != bericht_id:
        raise Probleem(404, _GEEN_REGEL)
    return bericht, regel


def _show(
    bladzij: Bladzij, bericht: Bericht, regel: Prestatiedossier, tekst: str = "", fout: str = "", status: int = 200
) -> Response:
    beslissend = [item for item in regel.bevindingen if item.gevolg != "signaal"]
    besluiten = [item for item in regel.besluiten if item.definitief]
    return bladzij.show(
        "aanbieder/regel.html",
        status=status,
        titel=f"Regel {regel.referentienummer}",
        bericht=bericht,
        naam=name_bericht(bericht),
        regel=regel,
        uitkomst=UITKOMSTEN[regel.uitkomst],
        waarom=[(item, compare(item.regel, item.gegevens)) for item in beslissend],
        signalen=[item for item in regel.bevindingen if item.gevolg == "signaal"],
        besluit=besluiten[-1] if besluiten else None,
        wacht=regel.uitkomst == "ter_beoordeling",
        gevraagd=bool(regel.opmerkingen) and regel.opmerkingen[-1].van == "gemeente",
        verloop=list(reversed(tell_prestatie(bladzij.kijker, regel.prestatie_id) or [])),
        tekst=tekst,
        fout=fout,
        meldingen=(Melding(fout if regel.uitkomst != "ter_beoordeling" else _NIET_BEWAARD, "error"),) if fout else (),
    )
