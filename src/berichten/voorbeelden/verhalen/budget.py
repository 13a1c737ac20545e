"""The third story: a category budget of € 5.000 that three products use up in the fourth month."""

from datetime import date

from berichten.voorbeelden.model.model import Aanbieder, Traject
from berichten.voorbeelden.verhalen.bouw import (
    APR,
    BEGELEIDING,
    BEHANDELING,
    FEB,
    GEZIN,
    JAN,
    MRT,
    bill,
    declare,
    open_zorg,
    plan_zorg,
)
from berichten.voorbeelden.verhalen.model import Ronde, Verhaal

AANBIEDER = Aanbieder("42429003", "Jeugdhulp De Oversteek")
_BUDGET = 500_000
_DRIE = ((BEGELEIDING, "HBO"), (BEHANDELING, "WO"), (GEZIN, "HBO"))


def make_budget() -> Verhaal:
    """One client with a budget for a category, of which the provider chooses the products."""
    zorg = plan_zorg(AANBIEDER, 480301, None, JAN, date(2026, 6, 30), budget=_BUDGET)
    return Verhaal(
        titel="Een budget van € 5.000 voor categorie 45, op in de vierde maand",
        situatie=(
            "Een kind krijgt van januari tot en met juni een budget van € 5.000 voor individuele begeleiding en behandeling. De"
            " aanbieder kiest zelf welke producten uit die categorie hij inzet: drie verschillende. Er is geen gezinsplanafspraak"
            " en de aanbieder verantwoordt geen minuten; daarop wordt dus niet gelet."
        ),
        aanbieder=AANBIEDER,
        toewijzingen=(zorg.nummer,),
        voorbereiding=open_zorg((zorg,)),
        verantwoording=(),
        rondes=(
            _bill_maand("De declaratie over januari.", zorg, JAN, "JAN", (600, 270, 150)),
            _bill_maand("De declaratie over februari.", zorg, FEB, "FEB", (600, 270, 150)),
            _bill_maand("De declaratie over maart. Daarmee is ruim 90 procent gebruikt.", zorg, MRT, "MRT", (600, 360, 210)),
            _bill_april(zorg),
        ),
    )


def _bill_maand(uitleg: str, zorg: Traject, maand: date, naam: str, minuten: tuple[int, int, int]) -> Ronde:
    lijnen = (
        bill(zorg, f"OVER-{naam}-{plaats}", maand, aantal, niveau, code)
        for plaats, (aantal, (code, niveau)) in enumerate(zip(minuten, _DRIE, strict=True), 1)
    )
    return Ronde(uitleg, declare(AANBIEDER, maand, *lijnen))


def _bill_april(zorg: Traject) -> Ronde:
    """What is left of the budget is 300 minutes of the first product, to the cent."""
    lijnen = (
        bill(zorg, "OVER-APR-1", APR, 270, "WO", BEHANDELING),
        bill(zorg, "OVER-APR-2", APR, 300, "HBO", BEGELEIDING),
    )
    return Ronde(
        "De declaratie over april: eerst een regel die niet meer past, dan een kleinere die precies past.",
        declare(AANBIEDER, APR, *lijnen),
    )
