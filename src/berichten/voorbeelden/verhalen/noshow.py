"""The first story: of 600 billed minutes the client did not come for 90."""

from datetime import date

from berichten.standaard.waarden.onderdelen import Omvang
from berichten.voorbeelden.model.model import Aanbieder, Traject
from berichten.voorbeelden.verhalen.bouw import APR, BEGELEIDING, MRT, account, account_weeks, bill, declare, open_zorg, plan_zorg
from berichten.voorbeelden.verhalen.model import Oordeel, Ronde, Verhaal

AANBIEDER = Aanbieder("42429001", "Jeugdhulp Het Anker")
_KEREN = (
    (4, 120, "direct"),
    (11, 120, "direct"),
    (18, 120, "direct"),
    (19, 90, "no_show"),
    (25, 90, "direct"),
    (26, 60, "indirect"),
)
"""Day of March, minutes and kind: 510 minutes for the client and 90 for which nobody came."""
_OORDEEL = Oordeel(
    referentie="ANKER-MRT-1",
    besluit="afwijzen",
    retourcode="9321",
    motivering=(
        "Een no-show mag niet worden gedeclareerd. Er zijn 510 minuten geleverd. Declareer die opnieuw, zonder de 90 minuten van"
        " 19 maart."
    ),
    vraag="In uw verantwoording staat een no-show van 90 minuten op 19 maart. Zitten die minuten in deze regel?",
    antwoord="Ja, dat klopt. Wij hadden de tijd vrijgehouden, maar het gezin kwam niet.",
)


def make_no_show() -> Verhaal:
    """Two clients of one provider; one line is held, rejected, and billed anew for what was delivered."""
    gemist, goed = _plan(480101), _plan(480102)
    return Verhaal(
        titel="Een no-show van 90 minuten tussen 600 gedeclareerde minuten",
        situatie=(
            "Twee kinderen krijgen begeleiding: hooguit 12 uur per maand, € 75,60 per uur. De aanbieder verantwoordt eerst zijn"
            " minuten. Bij het ene kind zijn dat er 510, en 90 minuten waarop het kind niet kwam. Bij het andere kind zijn"
            " het er 300."
        ),
        aanbieder=AANBIEDER,
        toewijzingen=(gemist.nummer, goed.nummer),
        voorbereiding=open_zorg((gemist, goed)),
        verantwoording=(
            *(account(gemist, MRT.replace(day=dag), minuten, "HBO", soort) for dag, minuten, soort in _KEREN),
            *account_weeks(goed, MRT, 300, "HBO"),
        ),
        rondes=_list_rondes(gemist, goed),
    )


def _plan(nummer: int) -> Traject:
    return plan_zorg(AANBIEDER, nummer, BEGELEIDING, MRT, date(2026, 8, 31), omvang=Omvang(12, "04", "4"))


def _list_rondes(gemist: Traject, goed: Traject) -> tuple[Ronde, Ronde]:
    lijnen = bill(gemist, "ANKER-MRT-1", MRT, 600, "HBO"), bill(goed, "ANKER-MRT-2", MRT, 300, "HBO")
    return (
        Ronde(
            "De declaratie over maart: 600 minuten voor het ene kind en 300 voor het andere.",
            declare(AANBIEDER, MRT, *lijnen),
            (_OORDEEL,),
        ),
        Ronde(
            "Een maand later dient de aanbieder de 510 geleverde minuten in, met een nieuw referentienummer.",
            declare(AANBIEDER, APR, bill(gemist, "ANKER-APR-1", MRT, 510, "HBO")),
        ),
    )
