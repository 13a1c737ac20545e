"""Views of a list that somebody keeps under a name: filter and order, as they stand in its address."""

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Form
from fastapi.responses import Response

from api.basis.problemen import Probleem
from api.portaal.schil.adres import Paginaadres, make_adres
from api.portaal.schil.bladzij import Bladzij, Ieder, Melding
from api.portaal.schil.navigatie import menu_of
from api.portaal.schil.paginarouter import Paginarouter
from berichten.processen.besluiten.werkblad import drop_weergave, save_weergave

router = Paginarouter()


@router.post("/weergaven")
def post_weergave(
    bladzij: Ieder,
    pagina: Annotated[str, Form()] = "",
    vraag: Annotated[str, Form()] = "",
    naam: Annotated[str, Form()] = "",
) -> Response:
    """Kept for this person alone; back to the list as it was."""
    naar = _find_list(bladzij, pagina, vraag)
    fout = save_weergave(bladzij.werkplaats, bladzij.bezoeker.houder, pagina, naam, vraag)
    return bladzij.go(naar, Melding(fout, "warning") if fout else Melding(f"De weergave '{naam.strip()}' is bewaard."))


@router.post("/weergaven/weg")
def post_weergave_weg(
    bladzij: Ieder,
    pagina: Annotated[str, Form()] = "",
    vraag: Annotated[str, Form()] = "",
    naam: Annotated[str, Form()] = "",
) -> Response:
    """Forgotten; the list stays as it was."""
    naar = _find_list(bladzij, pagina, vraag)
    weg = drop_weergave(bladzij.werkplaats, bladzij.bezoeker.houder, pagina, naam)
    return bladzij.go(
        naar, Melding(f"De weergave '{naam}' is verwijderd." if weg else "Deze weergave was er al niet meer.", "info")
    )


def _find_list(bladzij: Bladzij, pagina: str, vraag: str) -> Paginaadres:
    """The list with this question. Raises Probleem for a page that this role has not in its menu."""
    if pagina not in {punt.pad.removeprefix("/") for punt in menu_of(bladzij.bezoeker.rol)}:
        raise Probleem(400, "Van deze lijst kunt u geen weergave bewaren. Open de lijst uit het menu.")
    return Paginaadres(str(make_adres(f"/{pagina}")), tuple(parse_qsl(vraag)))
