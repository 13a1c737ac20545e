"""What every retourcode and rule means, with an example: the code list that nobody has to know by heart."""

from dataclasses import dataclass

from fastapi.responses import Response

from api.basis.problemen import Probleem
from api.portaal.schil.bladzij import Ieder
from api.portaal.schil.paginarouter import Paginarouter
from berichten.kern.regel import Regel
from berichten.regels.catalogus import GEVOLGEN
from berichten.regels.register import ALLE
from berichten.regels.voorbeeldzinnen import example_of
from berichten.standaard.schema.retourcodes import tell_code

router = Paginarouter()
_ONBEKEND = "Deze code kennen we niet. Zoek hem op in de lijst met codes."


@dataclass(frozen=True, slots=True)
class Coderij:
    """A retourcode, or a rule that has none."""

    code: str
    betekenis: str


@dataclass(frozen=True, slots=True)
class Regeluitleg:
    """A rule as somebody reads it who was told that it was broken."""

    regel: str
    titel: str
    gevolg: str
    berichten: str
    voorbeeld: str
    retourcode: str | None
    bron: str


@router.get("/codes")
def get_codes(bladzij: Ieder) -> Response:
    """Every retourcode with what it means, and the gemeente's own rules."""
    return bladzij.show("algemeen/codes.html", titel="Codes en regels uitgelegd", codes=_list_codes(), eigen=_list_eigen())


@router.get("/codes/{code}")
def get_code(bladzij: Ieder, code: str) -> Response:
    """A retourcode with the rules that give it, or one rule."""
    regels = [regel for regel in ALLE if code in (regel.retourcode, regel.id)]
    if not regels and tell_code(code) is None:
        raise Probleem(404, _ONBEKEND)
    is_retourcode = tell_code(code) is not None
    return bladzij.show(
        "algemeen/code.html",
        titel=tell_code(code) or regels[0].titel.rstrip("."),
        code=code,
        is_retourcode=is_retourcode,
        regels=[_explain(regel) for regel in regels],
        eigen=bladzij.bezoeker.rol == "aanbieder",
    )


def _list_codes() -> list[Coderij]:
    codes = {regel.retourcode for regel in ALLE if regel.retourcode}
    return [Coderij(code, tell_code(code) or "") for code in sorted(codes)]


def _list_eigen() -> list[Coderij]:
    """Rules of which nothing is told with a code of their own."""
    zonder = {regel.id: regel for regel in reversed(ALLE) if regel.retourcode is None}
    return [Coderij(naam, regel.titel) for naam, regel in sorted(zonder.items())]


def _explain(regel: Regel) -> Regeluitleg:
    return Regeluitleg(
        regel.id,
        regel.titel,
        GEVOLGEN[regel.gevolg],
        ", ".join(regel.berichten),
        example_of(regel) or "",
        regel.retourcode,
        regel.bron,
    )
