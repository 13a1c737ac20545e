"""The second story: what is billed at another education level than the family plan asks for."""

from dataclasses import replace
from datetime import date

from berichten.standaard.waarden.onderdelen import Omvang
from berichten.voorbeelden.model.model import Aanbieder, Traject
from berichten.voorbeelden.verhalen.bouw import APR, BEHANDELING, MRT, account_weeks, bill, declare, open_zorg, plan_zorg
from berichten.voorbeelden.verhalen.model import Oordeel, Ronde, Verhaal

AANBIEDER = Aanbieder("42429002", "Jeugdhulp De Vuurtoren")
_NUMMERS = (480201, 480202, 480203, 480204)
AFSPRAKEN = (
    (_NUMMERS[0], "HBO", "nee", MRT, ""),
    (_NUMMERS[1], "HBO", "ja", MRT, ""),
    (_NUMMERS[2], "HBO", "nee", MRT, ""),
    (_NUMMERS[3], "WO", "nee", MRT, date(2026, 3, 31)),
    (_NUMMERS[3], "WO", "ja", APR, ""),
)
"""Rows of `gezinsplanafspraken`, without the gemeente."""
_OORDELEN = (
    Oordeel(
        referentie="VUUR-MRT-1",
        besluit="afwijzen",
        motivering="Het gezinsplan vraagt HBO. Declareer de 10 uur opnieuw tegen het HBO-tarief: € 756,00.",
    ),
    Oordeel(
        referentie="VUUR-MRT-2",
        besluit="toekennen",
        motivering=(
            "Het gezinsplan vraagt HBO. Dat een lager niveau mag, maakt een hoger niveau niet goed. Wij betalen nu, zodat de hulp"
            " doorgaat. Crediteer deze regel en declareer de 8 uur tegen het HBO-tarief: € 604,80."
        ),
        terugvragen=True,
    ),
    Oordeel(
        referentie="VUUR-MRT-4",
        besluit="toekennen",
        motivering="Het lokale team bevestigt dat HBO in maart al genoeg was. Vanaf april staat dat in het gezinsplan.",
    ),
)


def make_niveau() -> Verhaal:
    """Four clients of one provider: WO where HBO is needed (twice), HBO done by HBO+, and HBO where WO is needed."""
    trajecten = tuple(map(_plan, _NUMMERS))
    hoger, hoger_bij_akkoord, hbo_plus, lager = trajecten
    return Verhaal(
        titel="Een ander niveau gedeclareerd dan het gezinsplan vraagt",
        situatie=(
            "Vier kinderen krijgen behandeling: € 75,60 per uur op HBO-niveau, € 111,60 op WO-niveau. Bij de eerste drie vraagt het"
            " gezinsplan HBO; bij het tweede kind is ook een lager niveau goed. Bij het vierde kind vraagt het plan WO, en pas"
            " vanaf april is een lager niveau goed."
        ),
        aanbieder=AANBIEDER,
        toewijzingen=_NUMMERS,
        voorbereiding=open_zorg(trajecten),
        verantwoording=(
            *account_weeks(hoger, MRT, 600, "WO"),
            *account_weeks(hoger_bij_akkoord, MRT, 480, "WO"),
            *account_weeks(hbo_plus, MRT, 360, "HBO+"),
            *account_weeks(lager, MRT, 300, "HBO"),
            *account_weeks(lager, APR, 240, "HBO"),
        ),
        rondes=(_bill_maart(*trajecten), _bill_april(hoger, hoger_bij_akkoord, lager)),
    )


def _plan(nummer: int) -> Traject:
    einde = date(2026, 8, 31)
    return plan_zorg(AANBIEDER, nummer, BEHANDELING, MRT, einde, omvang=Omvang(12, "04", "4"), in_minuten=False)


def _bill_maart(hoger: Traject, hoger_bij_akkoord: Traject, hbo_plus: Traject, lager: Traject) -> Ronde:
    lijnen = (
        bill(hoger, "VUUR-MRT-1", MRT, 10, "WO"),
        bill(hoger_bij_akkoord, "VUUR-MRT-2", MRT, 8, "WO"),
        bill(hbo_plus, "VUUR-MRT-3", MRT, 6, "HBO"),
        bill(lager, "VUUR-MRT-4", MRT, 5, "HBO"),
    )
    return Ronde(
        "De declaratie over maart: WO bij de eerste twee kinderen, HBO bij de andere twee. Bij het derde kind gaf iemand met HBO+"
        " de hulp; dat mag, tegen het HBO-tarief.",
        declare(AANBIEDER, MRT, *lijnen),
        _OORDELEN,
    )


def _bill_april(hoger: Traject, hoger_bij_akkoord: Traject, lager: Traject) -> Ronde:
    gevraagd = bill(hoger_bij_akkoord, "VUUR-MRT-2", MRT, 8, "WO")
    lijnen = (
        replace(gevraagd, referentie="VUUR-APR-1", vorig=gevraagd.referentie, credit=True),
        bill(hoger_bij_akkoord, "VUUR-APR-2", MRT, 8, "HBO"),
        bill(hoger, "VUUR-APR-3", MRT, 10, "HBO"),
        bill(lager, "VUUR-APR-4", APR, 4, "HBO"),
    )
    return Ronde(
        "De declaratie over april: de creditregel voor het tweede kind, de uren van maart opnieuw tegen het HBO-tarief voor het"
        " eerste en het tweede kind, en 4 uur HBO voor het vierde kind.",
        declare(AANBIEDER, APR, *lijnen),
    )
