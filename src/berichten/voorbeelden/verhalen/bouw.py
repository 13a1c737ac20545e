"""Builds what the stories are made of: allocations, lines and messages, by the same writers as the sample town's."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from random import Random

from berichten.kern import kalender
from berichten.standaard.waarden.onderdelen import Omvang, Product
from berichten.voorbeelden.berichten.declaratie import Declaratiekop, write_jw323
from berichten.voorbeelden.berichten.regie import write_jw301, write_jw305
from berichten.voorbeelden.berichten.schrijver import Kop
from berichten.voorbeelden.model.catalogus import Stadsproduct
from berichten.voorbeelden.model.leveringen import cut_periode, with_volume
from berichten.voorbeelden.model.model import GEMEENTE, Aanbieder, Lijn, Stadstoewijzing, Traject, VoorbeeldBericht
from berichten.voorbeelden.model.namen import list_bsns, make_persoon
from berichten.voorbeelden.model.volumes import MINUTEN_PER_UUR, round_half_up
from berichten.voorbeelden.verhalen.model import Minutenregel

JAN, FEB, MRT, APR = (date(2026, maand, 1) for maand in range(1, 5))
CATEGORIE = "45"
BEGELEIDING, BEHANDELING, GEZIN = "45V01", "45V02", "45V03"
PRODUCTEN: tuple[Stadsproduct, ...] = (
    Stadsproduct(BEGELEIDING, "Begeleiding individueel", CATEGORIE, "04", "inspanning", "Begeleiding individueel",
                     "4", "SKJ", "6.72a", (("HBO", 7560),)),
    Stadsproduct(BEHANDELING, "Behandeling individueel", CATEGORIE, "04", "inspanning", "Behandeling individueel",
                     "4", "SKJ/BIG", "6.72b", (("HBO", 7560), ("WO", 11160))),
    Stadsproduct(GEZIN, "Gezinsbegeleiding", CATEGORIE, "04", "inspanning", "Begeleiding individueel",
                     "4", "", "6.72a", (("HBO", 8000),)),
)  # fmt: skip
"""Products of the stories only. Eurocents an hour; of the second one the level shows only in the tariff."""
OP_CODE = {product.code: product for product in PRODUCTEN}
_EERSTE_NUMMER = 480_000
"""The stories' allocations come after this one; the sample town does not get so far."""


def plan_zorg(
    aanbieder: Aanbieder,
    nummer: int,
    code: str | None,
    begin: date,
    einde: date,
    *,
    omvang: Omvang | None = None,
    budget: int | None = None,
    in_minuten: bool = True,
) -> Traject:
    """Give a client of its own an allocation, in volume or (eurocents) budget, that starts at once.

    Lines on it are in minutes, or in hours.
    """
    persoon = make_persoon(Random(nummer), list_bsns()[_EERSTE_NUMMER - nummer], begin)
    toewijzing = Stadstoewijzing(
        nummer=nummer,
        persoon=persoon,
        agb=aanbieder.agb,
        product=Product(CATEGORIE, code),
        omvang=omvang,
        budget=budget,
        toewijzingsdatum=begin - timedelta(days=12),
        toewijzingstijd=time(10, 15),
        ingangsdatum=begin,
        einddatum=einde,
        reden=None,
        codes=(code,) if code else tuple(OP_CODE),
        niveau="",
        in_minuten=in_minuten,
    )
    return Traject(((begin, toewijzing),), (begin,), (), None)


def open_zorg(trajecten: Iterable[Traject]) -> tuple[VoorbeeldBericht, ...]:
    """Make the JW301 and the JW305 of each allocation."""
    return tuple(bericht for traject in trajecten for bericht in _open(traject.eerste))


def _open(toewijzing: Stadstoewijzing) -> tuple[VoorbeeldBericht, VoorbeeldBericht]:
    agb, start = toewijzing.agb, toewijzing.ingangsdatum
    toegewezen = Kop(agb, f"VT{toewijzing.nummer}", toewijzing.toewijzingsdatum)
    gestart = Kop(agb, f"VS{toewijzing.nummer}", kalender.add_werkdagen(start, 2))
    return (
        _as_bericht("JW301", GEMEENTE, toegewezen, write_jw301(toegewezen, [toewijzing])),
        _as_bericht("JW305", agb, gestart, write_jw305(gestart, [(toewijzing, start)])),
    )


def bill(traject: Traject, referentie: str, maand: date, volume: int, niveau: str, code: str = "") -> Lijn:
    """Make a debit line at the tariff of a level; `code` only where the allocation leaves the choice."""
    toewijzing = traject.eerste
    product = OP_CODE[code or toewijzing.codes[0]]
    per_uur = dict(product.tarieven)[niveau]
    periode = cut_periode(toewijzing, maand)
    if periode is None:
        raise ValueError("deze maand ligt buiten de toewijzing")
    lijn = Lijn(
        traject=traject,
        referentie=referentie,
        vorig=None,
        bsn=toewijzing.persoon.bsn,
        nummer=toewijzing.nummer,
        categorie=product.categorie,
        code=product.code,
        begin=periode[0],
        eind=periode[1],
        volume=volume,
        eenheid="01" if toewijzing.in_minuten else product.eenheid,
        tarief=round_half_up(per_uur, MINUTEN_PER_UUR) if toewijzing.in_minuten else per_uur,
        bedrag=0,
        uurtarief=per_uur if toewijzing.in_minuten else None,
    )
    return with_volume(lijn, volume)


def declare(aanbieder: Aanbieder, maand: date, *lijnen: Lijn) -> VoorbeeldBericht:
    """Make the JW323 of a month, sent on its last day: what is billed anew a month later is then still in time (DA07)."""
    dag = kalender.einde_of_maand(maand)
    kop = Kop(aanbieder.agb, f"VD{aanbieder.agb[-4:]}{maand:%y%m}", dag)
    return _as_bericht("JW323", aanbieder.agb, kop, write_jw323(Declaratiekop(kop, kop.identificatie, maand, dag), lijnen))


def _as_bericht(soort: str, afzender: str, kop: Kop, inhoud: bytes) -> VoorbeeldBericht:
    return VoorbeeldBericht(f"{soort}_{kop.identificatie}.xml", afzender, soort, inhoud, None)


def account(traject: Traject, dag: date, minuten: int, niveau: str, soort: str = "direct") -> Minutenregel:
    """Record minutes of a day for the allocation and month, by somebody of this level who has an SKJ registration."""
    return {
        "toewijzingnummer": traject.nummer,
        "maand": f"{dag:%Y-%m}",
        "datum": dag.isoformat(),
        "minuten": minuten,
        "soort": soort,
        "niveau": niveau,
        "registratie": "SKJ",
    }


def account_weeks(traject: Traject, maand: date, minuten: int, niveau: str) -> tuple[Minutenregel, ...]:
    """Record minutes of a month, in four equal parts on four days."""
    return tuple(account(traject, maand.replace(day=dag), minuten // 4, niveau) for dag in (3, 10, 17, 24))
