"""Who gets what, and how it runs: allocations with their versions, starts and stops."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from random import Random

from berichten.kern import kalender
from berichten.standaard.waarden.onderdelen import Omvang, Product
from berichten.voorbeelden.model.catalogus import OP_CODE, find_tarief, list_niveaus
from berichten.voorbeelden.model.model import Aanbieder, Nummering, Persoon, Stadstoewijzing, Stop, Traject
from berichten.voorbeelden.model.pakketten import PAKKETTEN, Pakketdeel

MEESTE_MINUTEN = 400
"""The most minutes that are billed on a budget, for each code and month."""
_VASTE_CLIENTEN = len(PAKKETTEN)
"""The first clients get their whole package in the first month, so that a small town holds every variant."""


@dataclass(frozen=True, slots=True)
class Clientplan:
    """What is the same for all allocations of one client."""

    persoon: Persoon
    begin: date
    """First day of the month in which help begins."""
    toewijzingsdatum: date
    aanbieders: tuple[Aanbieder, Aanbieder]
    delen: tuple[Pakketdeel, ...]


def plan_trajecten(
    rng: Random,
    personen: Sequence[Persoon],
    aanbieders: Sequence[Aanbieder],
    maanden: Sequence[date],
    nummering: Nummering,
) -> tuple[Traject, ...]:
    """Plan all allocations of the town, client by client; `maanden` holds the first days of the months to be billed."""
    plannen = (_plan_client(rng, persoon, nummer, aanbieders, maanden) for nummer, persoon in enumerate(personen))
    return tuple(plan_traject(rng, plan, deel, next(nummering.toewijzingen)) for plan in plannen for deel in plan.delen)


def _plan_client(
    rng: Random, persoon: Persoon, nummer: int, aanbieders: Sequence[Aanbieder], maanden: Sequence[date]
) -> Clientplan:
    delen = PAKKETTEN[nummer % len(PAKKETTEN)]
    begin = maanden[0]
    if nummer >= _VASTE_CLIENTEN:
        delen = tuple(rng.sample(delen, rng.randint(1, len(delen))))
        begin = maanden[0] if rng.random() < 0.7 else rng.choice(maanden)
    eerste = aanbieders[nummer % len(aanbieders)]
    tweede = aanbieders[(nummer + 1) % len(aanbieders)]
    return Clientplan(persoon, begin, begin - timedelta(days=rng.randint(8, 24)), (eerste, tweede), delen)


def plan_traject(rng: Random, plan: Clientplan, deel: Pakketdeel, nummer: int) -> Traject:
    """Plan one allocation: its versions, starts and stops."""
    toewijzing = _make_toewijzing(rng, plan, deel, nummer)
    versies = ((plan.begin, toewijzing), *_change(rng, plan, deel, toewijzing))
    if deel.wijziging == "verwijderd":
        return Traject(versies, (), (), plan.begin - timedelta(days=1))
    return _let_run(rng, plan.begin, deel, versies)


def _make_toewijzing(rng: Random, plan: Clientplan, deel: Pakketdeel, nummer: int) -> Stadstoewijzing:
    ingang = plan.begin.replace(day=rng.randint(5, 18)) if deel.midden else plan.begin
    einde = find_einddatum(deel, ingang)
    agb = plan.aanbieders[int(deel.tweede_aanbieder)].agb
    niveau = deel.niveau or rng.choice(list_niveaus(deel.codes))
    specifiek = deel.soort == "specifiek"
    return Stadstoewijzing(
        nummer=nummer,
        persoon=plan.persoon,
        agb=agb,
        product=_make_product(deel),
        omvang=Omvang(deel.volume, deel.eenheid, deel.frequentie) if specifiek else None,
        budget=None if specifiek else calculate_budget(agb, deel.codes, niveau, ingang, einde or ingang),
        toewijzingsdatum=plan.toewijzingsdatum,
        toewijzingstijd=time(rng.randint(8, 16), rng.randint(0, 59), rng.randint(0, 59)),
        ingangsdatum=ingang,
        einddatum=einde,
        reden=None,
        codes=deel.codes,
        niveau=niveau,
        in_minuten=deel.in_minuten,
    )


def _make_product(deel: Pakketdeel) -> Product | None:
    if deel.soort == "generiek":
        return None
    code = deel.codes[0] if deel.soort == "specifiek" else None
    return Product(OP_CODE[deel.codes[0]].categorie, code)


def find_einddatum(deel: Pakketdeel, ingang: date) -> date | None:
    """Return the Einddatum that goes with the part's Looptijd, or None for an open one."""
    if deel.looptijd == "open":
        return None
    if deel.looptijd == "crisis":
        return ingang + timedelta(days=27)
    if deel.looptijd == "kort":
        return kalender.add_maanden(ingang, 2).replace(day=14)
    return kalender.add_maanden(ingang, 6 if deel.looptijd == "half" else 12) - timedelta(days=1)


def calculate_budget(agb: str, codes: tuple[str, ...], niveau: str, ingang: date, einde: date) -> int:
    """Return a budget in cents that even the busiest months, a year's price rise included, fill for less than 80 %."""
    uurtarieven = sum(find_tarief(agb, code, niveau, ingang) for code in codes)
    meest = kalender.count_maanden(ingang, einde) * uurtarieven * MEESTE_MINUTEN // 60
    return (meest * 135 // 100) // 1000 * 1000


def _change(rng: Random, plan: Clientplan, deel: Pakketdeel, oud: Stadstoewijzing) -> tuple[tuple[date, Stadstoewijzing], ...]:
    """Return the newer version, sent in the second month, if the part has one. Only what OP033x1 allows is changed."""
    if deel.wijziging is None:
        return ()
    maand = kalender.add_maanden(plan.begin, 1)
    nieuw = replace(
        oud,
        toewijzingsdatum=maand + timedelta(days=rng.randint(1, 4)),
        toewijzingstijd=time(rng.randint(8, 16), rng.randint(0, 59)),
    )
    if deel.wijziging == "verlengd":
        einde = kalender.add_maanden(oud.ingangsdatum, 6) - timedelta(days=1)
        return ((maand, replace(nieuw, einddatum=einde, reden="04")),)
    if deel.wijziging == "verwijderd":
        return ((maand, replace(nieuw, einddatum=oud.ingangsdatum, reden="13")),)
    if oud.omvang is None:
        return ((maand, replace(nieuw, budget=(oud.budget or 0) * 5 // 4, reden="12")),)
    return ((maand, replace(nieuw, omvang=replace(oud.omvang, volume=oud.omvang.volume * 3 // 2), reden="12")),)


def _let_run(rng: Random, begin: date, deel: Pakketdeel, versies: tuple[tuple[date, Stadstoewijzing], ...]) -> Traject:
    laatste = versies[-1][1]
    # The start lies in the month of the Ingangsdatum, else that month's line would fall wholly before it (DA13).
    start = min(laatste.ingangsdatum + timedelta(days=rng.randint(0, 4)), kalender.einde_of_maand(begin))
    if deel.verloop == "vroeg":
        volgende = kalender.add_maanden(begin, 1)
        return Traject(versies, (start,), (Stop(start, volgende.replace(day=20), "34"),), volgende)
    if deel.verloop == "pauze_einde":
        pauze = Stop(start, begin.replace(day=25), "20")
        einde = Stop(start, kalender.add_maanden(begin, 1).replace(day=5), "32")
        return Traject(versies, (start,), (pauze, einde), begin)
    starts: tuple[date, ...] = (start,)
    stops: tuple[Stop, ...] = ()
    if deel.verloop == "pauze":
        stops = (Stop(start, kalender.add_maanden(begin, 1).replace(day=10), "20"),)
        starts = (start, kalender.add_maanden(begin, 2).replace(day=5))
    if laatste.einddatum is not None:
        stops = (*stops, Stop(starts[-1], laatste.einddatum, "31"))
    return Traject(versies, starts, stops, None)
