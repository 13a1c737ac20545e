"""A month as a reviewer finds it in the morning: lines that wait, some of them for long already, beside what went well or wrong.

Everything in it is dated round the demo's own today, 30 June 2026.
"""

from dataclasses import dataclass
from datetime import date

from berichten.standaard.waarden.onderdelen import Omvang
from berichten.voorbeelden.berichten.declaratie import Declaratiekop, write_jw323
from berichten.voorbeelden.berichten.schrijver import Kop
from berichten.voorbeelden.model.model import Aanbieder, Lijn, Traject, VoorbeeldBericht
from berichten.voorbeelden.stad.referentie import BEGIN_CONTRACT, KOLOMMEN, pdc_rij, write_csv
from berichten.voorbeelden.verhalen.bouw import BEGELEIDING, BEHANDELING, GEZIN, PRODUCTEN, account, bill, open_zorg, plan_zorg
from berichten.voorbeelden.verhalen.model import Minutenregel

AANBIEDERS = (
    Aanbieder("42429011", "De Wilgen"),
    Aanbieder("42429012", "Praktijk Zuid"),
    Aanbieder("42429013", "Stichting Horizon Jeugd en Onderwijs"),
)
MEI = date(2026, 5, 1)
GEGEVEN = date(2026, 5, 6)
"""When allocations and starts were sent."""
DAGEN = tuple(date(2026, 6, dag) for dag in (12, 16, 17, 18, 19, 22, 24, 26, 29))
"""When declarations came in: the first has to be answered before today, the second today."""
_PER_AANBIEDER = 16
_EERSTE = 480_400


@dataclass(frozen=True, slots=True)
class Dagwerk:
    """A message with the day on which it comes in."""

    dag: date
    bericht: VoorbeeldBericht


@dataclass(frozen=True, slots=True)
class Werkmaand:
    """What is loaded, accounted for and sent."""

    referentie: dict[str, str]
    """CSV by name of the reference file, in the order in which they can be loaded."""
    verantwoording: dict[str, str]
    """CSV of delivery records, by AGB code."""
    berichten: tuple[Dagwerk, ...]


@dataclass(frozen=True, slots=True)
class _Zorg:
    """What one client gets, what is billed for it, and what is wrong with that."""

    traject: Traject
    lijn: Lijn
    minuten: tuple[Minutenregel, ...]
    dag: date
    benodigd: str
    """Education level that the family plan asks for; empty where it says none."""


def make_werk() -> Werkmaand:
    """Three providers with sixteen clients each; the same bytes each time."""
    zorg = {
        aanbieder: [_plan(aanbieder, wie, nummer) for nummer in range(_PER_AANBIEDER)] for wie, aanbieder in enumerate(AANBIEDERS)
    }
    alle = [item for lijst in zorg.values() for item in lijst]
    opening = tuple(Dagwerk(GEGEVEN, bericht) for bericht in open_zorg(item.traject for item in alle))
    declaraties = tuple(
        Dagwerk(dag, _declare(aanbieder, dag, [item.lijn for item in lijst if item.dag == dag]))
        for dag in DAGEN
        for aanbieder, lijst in zorg.items()
        if any(item.dag == dag for item in lijst)
    )
    return Werkmaand(
        _referentie(alle), {aanbieder.agb: _account(aanbieder, lijst) for aanbieder, lijst in zorg.items()}, opening + declaraties
    )


def _plan(aanbieder: Aanbieder, wie: int, nummer: int) -> _Zorg:
    """One in four lines is sound; of the others the minutes, the level or the volume is not what it should be."""
    soort, uren = nummer % 8, 6 + (nummer * 5 + wie * 3) % 9
    code = (BEGELEIDING, BEHANDELING, GEZIN)[(nummer + wie) % 3] if soort not in (2, 6) else BEHANDELING
    traject = plan_zorg(aanbieder, _EERSTE + 100 * wie + nummer, code, MEI, date(2026, 12, 31), omvang=Omvang(16, "04", "4"))
    niveau = "WO" if soort in (2, 6) else "HBO"
    # More than the month allows: rejected by the standard, and no reviewer sees it.
    minuten = 60 * (18 if soort == 7 else uren)
    lijn = bill(traject, f"{aanbieder.naam[:2].upper()}{wie}-MEI-{nummer + 1:02d}", MEI, minuten, niveau)
    verdeling = {
        1: (("direct", minuten - 90), ("no_show", 90)),
        3: (("direct", minuten - 60),),
        4: (("direct", minuten - 45), ("niet_clientgebonden", 45)),
        5: (("direct", minuten - 60), ("no_show", 60)),
    }.get(soort, (("direct", minuten),))
    regels = tuple(
        account(traject, MEI.replace(day=5 + 7 * plek), aantal, niveau, wat) for plek, (wat, aantal) in enumerate(verdeling)
    )
    return _Zorg(traject, lijn, regels, DAGEN[(nummer * 2 + wie) % len(DAGEN)], "HBO" if soort in (2, 6) else "")


def _declare(aanbieder: Aanbieder, dag: date, lijnen: list[Lijn]) -> VoorbeeldBericht:
    kop = Kop(aanbieder.agb, f"VW{aanbieder.agb[-4:]}{dag:%m%d}", dag)
    return VoorbeeldBericht(
        f"JW323_{kop.identificatie}.xml",
        aanbieder.agb,
        "JW323",
        write_jw323(Declaratiekop(kop, kop.identificatie, MEI, dag), lijnen),
        None,
    )


def _account(aanbieder: Aanbieder, lijst: list[_Zorg]) -> str:
    _, *kolommen = KOLOMMEN["verantwoording"].split(";")
    rijen = [
        tuple({"agb": aanbieder.agb, **regel}.get(kolom, "") for kolom in kolommen) for zorg in lijst for regel in zorg.minuten
    ]
    return write_csv(KOLOMMEN["verantwoording"], rijen)


def _referentie(alle: list[_Zorg]) -> dict[str, str]:
    rijen: dict[str, list[tuple[object, ...]]] = {
        "aanbieders": [(item.agb, item.naam) for item in AANBIEDERS],
        "pdc": [pdc_rij(product, BEGIN_CONTRACT) for product in PRODUCTEN],
        "contracten": [(item.agb, product.code, BEGIN_CONTRACT, "") for item in AANBIEDERS for product in PRODUCTEN],
        "tarieven": [
            ("", product.code, niveau, product.eenheid, tarief, BEGIN_CONTRACT, "")
            for product in PRODUCTEN
            for niveau, tarief in product.tarieven
        ],
        "gezinsplanafspraken": [(item.traject.nummer, item.benodigd, "nee", MEI, "") for item in alle if item.benodigd],
    }
    return {naam: write_csv(KOLOMMEN[naam], inhoud) for naam, inhoud in rijen.items()}
