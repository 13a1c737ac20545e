"""Which held lines an address asks for: the work list itself, and the page of one of its lines, ask alike."""

from dataclasses import dataclass
from typing import get_args

from api.portaal.schil.adres import Paginaadres, make_adres
from api.portaal.schil.bladzij import Bladzij
from api.portaal.schil.invoer import Adresinvoer
from berichten.inzage.besluiten.werkvoorraad import Filter, Volgorde, Waarschuwing

TERMIJNEN: dict[str, str] = {"verlopen": "te laat", "bijna_verlopen": "bijna om"}
VOLGORDEN: tuple[Volgorde, ...] = get_args(Volgorde)


@dataclass(frozen=True, slots=True)
class Werklijstvraag:
    """Which lines of the work list, in which order, as the address tells it."""

    zeef: Filter
    waarschuwing: Waarschuwing | None
    volgorde: Volgorde


def read_vraag(invoer: Adresinvoer) -> Werklijstvraag:
    """What an address asks of the work list; what it cannot say stands with `invoer`."""
    nummer = invoer.code("toewijzing", "[0-9]{1,9}", "Een toewijzingsnummer heeft hooguit negen cijfers.")
    zeef = Filter(
        agb=invoer.code("agb", "[0-9]{8}", "Een AGB-code heeft acht cijfers."),
        regel=invoer.code("regel", "[A-Z]{2,20}[0-9]{0,4}", "Kies een reden uit de lijst."),
        min_bedrag=invoer.centen("vanaf"),
        toewijzingnummer=None if nummer is None else int(nummer),
    )
    gekozen = invoer.keuze("termijn", tuple(TERMIJNEN))
    volgorde = invoer.keuze("sorteer", VOLGORDEN)
    return Werklijstvraag(zeef, gekozen, volgorde or "termijn")  # type: ignore[arg-type]


def list_address(bladzij: Bladzij, deel: str = "") -> Paginaadres:
    """The work list from which one came, or a form or file of it: its filters stand in the address of each of its lines."""
    return Paginaadres(str(make_adres(f"/werkvoorraad{deel}")), bladzij.adres.zonder("na").vraag)


def line_address(bladzij: Bladzij, prestatie_id: int, deel: str = "") -> Paginaadres:
    """A line of the same list, or a form of its page."""
    return Paginaadres(str(make_adres(f"/prestaties/{prestatie_id}{deel}")), bladzij.adres.zonder("na").vraag)
