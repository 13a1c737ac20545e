"""What still fits in each allocation of an aanbieder for a month: before it bills, and not by a rejection."""

from dataclasses import dataclass
from datetime import date, timedelta

from fastapi.responses import Response

from api.portaal.schil.bladzij import Aanbieder
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.opmaak import LEEG, euro, hold_together, maand
from api.portaal.schil.paginarouter import Paginarouter
from berichten.dossier.volumes import tell_counted
from berichten.inzage.berichten.ruimte import Maandruimte, Toewijzingfilter, list_ruimtes
from berichten.inzage.naslag.namen import Codenamen, find_namen

router = Paginarouter()
PER_KEER = 25
_MAANDEN = 13
"""From which one chooses: a year back, and this one."""


@dataclass(frozen=True, slots=True)
class Ruimteregel:
    """An allocation in words."""

    ruimte: Maandruimte
    product: str
    gebruikt: str
    per_regel: str
    over: str
    past: str
    vol: bool
    """Whether nothing fits any more."""


@router.get("/wat-past")
def get_watpast(bladzij: Aanbieder) -> Response:
    """Of the month before this one unless another is chosen: that is what is billed now."""
    invoer = Adresinvoer(bladzij.adres)
    keuzes = _list_maanden(bladzij.vandaag)
    gekozen = date.fromisoformat(invoer.keuze("maand", tuple(code for code, _ in keuzes)) or keuzes[1][0])
    nummer = invoer.code("toewijzing", "[0-9]{1,9}", "Een toewijzing heeft een nummer van ten hoogste 9 cijfers.")
    zeef = Toewijzingfilter(maand=gekozen, toewijzingnummer=int(nummer) if nummer else None)
    lijst = list_ruimtes(bladzij.kijker, zeef, gekozen, PER_KEER, invoer.code("na", "[0-9]{1,9}", ""))
    namen = find_namen(bladzij.kijker)
    return bladzij.show(
        "aanbieder/watpast.html",
        titel=f"Wat past nog in {maand(gekozen)}",
        lijst=[_tell(item, namen) for item in lijst.regels],
        volgende=lijst.volgende,
        maanden=keuzes,
        gekozen=gekozen,
        invoer=invoer,
        nummer=nummer,
        meldingen=invoer.meldingen(),
    )


def _list_maanden(vandaag: date) -> list[tuple[str, str]]:
    """First days of months, newest first, with their names."""
    dagen = [vandaag.replace(day=1)]
    while len(dagen) < _MAANDEN:
        dagen.append((dagen[-1] - timedelta(days=1)).replace(day=1))
    return [(dag.isoformat(), maand(dag)) for dag in dagen]


def _tell(ruimte: Maandruimte, namen: Codenamen) -> Ruimteregel:
    def tel(volume: int | None) -> str:
        return LEEG if volume is None else hold_together(tell_counted(ruimte.eenheid, volume))

    product = namen.producten.get(ruimte.productcode or "", ruimte.productcode)
    grenzen = [tel(ruimte.past)] * (ruimte.past is not None) + [euro(ruimte.budget_over)] * (ruimte.budget_over is not None)
    return Ruimteregel(
        ruimte,
        product=product or namen.categorieen.get(ruimte.categorie or "", ruimte.categorie or LEEG),
        gebruikt=euro(ruimte.gebruikt) if ruimte.budget_over is not None else tel(ruimte.gebruikt),
        per_regel=tel(ruimte.per_regel),
        over=euro(ruimte.budget_over) if ruimte.budget_over is not None else tel(ruimte.over),
        past=" en ".join(grenzen) or "geen grens",
        vol=0 in (ruimte.past, ruimte.budget_over),
    )
