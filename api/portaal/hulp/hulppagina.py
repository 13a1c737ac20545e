"""A page of the user docs, and their pictures."""

from fastapi.responses import FileResponse, Response

from api.basis.problemen import Probleem
from api.portaal.hulp.gebruiksbladen import find_beeld, list_gebruiksbladen
from api.portaal.schil.bladzij import Ieder
from api.portaal.schil.navigatie import help_of
from api.portaal.schil.paginarouter import Paginarouter

router = Paginarouter()


@router.get("/hulp")
def get_hulp(bladzij: Ieder) -> Response:
    """To the page of one's own role."""
    return bladzij.go(help_of(bladzij.bezoeker.rol, None))


@router.get("/hulp/{blad}")
def get_hulppagina(bladzij: Ieder, blad: str) -> Response:
    """Anybody who is logged in may read any of them."""
    alle = list_gebruiksbladen()
    if blad not in alle:
        raise Probleem(404, "Deze uitleg is er niet. Kies een blad uit de lijst onder Hulp.")
    return bladzij.show("hulp/hulppagina.html", titel=alle[blad].titel, blad=alle[blad], bladen=list(alle.values()))


@router.get("/hulp/beeld/{naam}")
def get_hulpbeeld(bladzij: Ieder, naam: str) -> Response:
    """Made of a made-up town: nobody is seen on it."""
    pad = find_beeld(naam)
    if pad is None:
        raise Probleem(404, "Dit beeld is er niet.")
    return FileResponse(pad, media_type="image/webp")
